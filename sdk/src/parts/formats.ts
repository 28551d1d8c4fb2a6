import { createFormats } from '../beacon/formats'
import type { Kit } from './kit'

/** Loaded where `data-format` names another format than the default, or several. */
export const install = (kit: Kit) => kit.give('formats', createFormats)
