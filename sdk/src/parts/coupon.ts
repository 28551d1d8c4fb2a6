import { coupon } from '../nudge/coupon'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.action('coupon', coupon)
