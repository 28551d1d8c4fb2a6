import { slideIn } from '../nudge/slide-in'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.surface('slide-in', slideIn)
