export type { Detector, MakeDetector, Near, Options, Own, Sample, Step } from './detector'
export { createRunner, type Found, type Missed, type Runner, type RunnerOptions } from './run'
