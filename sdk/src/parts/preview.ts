import { createPreview } from '../preview'
import type { Kit } from './kit'

/** Loaded where somebody wants to see a nudge beforehand. */
export const install = (kit: Kit) => kit.give('preview', createPreview)
