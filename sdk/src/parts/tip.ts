import { tip } from '../nudge/tip'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.surface('tip', tip)
