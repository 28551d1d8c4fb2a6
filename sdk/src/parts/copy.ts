import { copyCode } from '../nudge/copy-code'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.action('copy', copyCode)
