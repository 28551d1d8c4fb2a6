import { createDataLayer } from '../capture/data-layer'
import type { Kit } from './kit'

/** Loaded where the page has a `dataLayer`. */
export const install = (kit: Kit) => kit.give('dataLayer', createDataLayer)
