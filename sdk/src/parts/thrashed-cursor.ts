import { thrashedCursor } from '../detect/thrashed-cursor'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.moment('thrashed-cursor', thrashedCursor)
