import { expects } from '../capture/expects'
import type { Kit } from './kit'

/** Loaded with the moments that judge presses. */
export const install = (kit: Kit) => kit.source('expects', expects)
