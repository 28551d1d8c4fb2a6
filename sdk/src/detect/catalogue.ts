import { backOnCheckout } from './back-on-checkout'
import type { MakeDetector } from './detector'
import { exitIntent } from './exit-intent'
import { hesitation } from './hesitation'
import { rageTyping } from './rage-typing'

/**
 * All moments by name, in list order: one that is made of others stands behind them. For what looks at the whole -
 * replay, scenarios, documentation; a page loads each moment as a part of its own.
 */
export const catalogue: Readonly<Record<string, MakeDetector>> = {
  'back-on-checkout': backOnCheckout,
  hesitation,
  'rage-typing': rageTyping,
  'exit-intent': exitIntent,
}
