import { tabReturn } from '../detect/tab-return'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('tab-return', tabReturn)
