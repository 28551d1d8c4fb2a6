import { readCheckout } from '../checkout'
import { remembered } from './remembered'

export const checkoutStore = remembered({
  key: 'kettle-and-kiln.checkout',
  across: 'tab',
  read: readCheckout,
})
