import { cartHesitation } from '../detect/cart-hesitation'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('cart-hesitation', cartHesitation)
