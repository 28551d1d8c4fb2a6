import { formGone } from '../capture/form-gone'
import { formAbandonment } from '../detect/form-abandonment'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('form-abandonment', formAbandonment, { formGone })
