import { deadClick } from '../detect/dead-click'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('dead-click', deadClick)
