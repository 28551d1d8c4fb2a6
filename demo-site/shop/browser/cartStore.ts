import { readCart } from '../cart'
import { remembered } from './remembered'

export const cartStore = remembered({ key: 'kettle-and-kiln.cart', across: 'browser', read: readCart })
