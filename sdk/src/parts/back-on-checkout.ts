import { backOnCheckout } from '../detect/back-on-checkout'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('back-on-checkout', backOnCheckout)
