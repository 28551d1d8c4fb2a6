export type { Detector, MakeDetector, Near, Options, Own, Step } from './detector'
export { createRunner, type Found, type Missed, type Runner } from './run'
