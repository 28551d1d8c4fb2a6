import { reorder } from '../nudge/reorder'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.surface('reorder', reorder)
