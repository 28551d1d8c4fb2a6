import { backOnCheckout } from './back-on-checkout'
import { deadClick } from './dead-click'
import { cartHesitation } from './cart-hesitation'
import { checkoutStepBack } from './checkout-step-back'
import type { MakeDetector } from './detector'
import { errorClick } from './error-click'
import { exitIntent } from './exit-intent'
import { formAbandonment } from './form-abandonment'
import { hesitation } from './hesitation'
import { multiClick } from './multi-click'
import { quickBack } from './quick-back'
import { rageClick } from './rage-click'
import { rageTyping } from './rage-typing'
import { tabReturn } from './tab-return'
import { thrashedCursor } from './thrashed-cursor'

/**
 * All moments by name, in list order: one that is made of others stands behind them. For what looks at the whole -
 * replay, scenarios, documentation; a page loads each moment as a part of its own.
 */
export const catalogue: Readonly<Record<string, MakeDetector>> = {
  'back-on-checkout': backOnCheckout,
  hesitation,
  'rage-typing': rageTyping,
  'exit-intent': exitIntent,
  'rage-click': rageClick,
  'multi-click': multiClick,
  'dead-click': deadClick,
  'error-click': errorClick,
  'thrashed-cursor': thrashedCursor,
  'checkout-step-back': checkoutStepBack,
  'quick-back': quickBack,
  'tab-return': tabReturn,
  'form-abandonment': formAbandonment,
  'cart-hesitation': cartHesitation,
}
