import { rageClick } from '../detect/rage-click'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('rage-click', rageClick)
