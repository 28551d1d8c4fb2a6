export { backOnCheckout } from './back-on-checkout'
export type { Detector, MakeDetector, Step } from './detector'
export { createRunner, type Found, type Runner } from './run'
