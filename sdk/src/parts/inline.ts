import { inline } from '../nudge/inline'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.surface('inline', inline)
