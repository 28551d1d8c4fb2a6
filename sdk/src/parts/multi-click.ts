import { multiClick } from '../detect/multi-click'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('multi-click', multiClick)
