import { checkoutStepBack } from '../detect/checkout-step-back'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('checkout-step-back', checkoutStepBack)
