import { backOnCheckout } from './back-on-checkout'
import type { Detector } from './detector'
import { exitIntent } from './exit-intent'
import { hesitation } from './hesitation'
import { rageTyping } from './rage-typing'

export type { Detector, Step } from './detector'
export { createRunner, type Found, type Runner } from './run'

/**
 * The moments in the main file, each made from its options in the ruleset. The list is the registry: a new one
 * is its file, its test, and a line here.
 */
export const detectors: Readonly<Record<string, (options?: never) => Detector<unknown>>> = {
  hesitation,
  'back-on-checkout': backOnCheckout,
  'rage-typing': rageTyping,
  'exit-intent': exitIntent,
}
