import { readOrder } from '../order'
import { remembered } from './remembered'

export const orderStore = remembered({ key: 'kettle-and-kiln.order', across: 'tab', read: readOrder })
