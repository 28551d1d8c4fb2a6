import { record } from '../recorder'
import { allMoments, type Kit } from './kit'

/** Loaded when the page asks for a trace. */
export const install = (kit: Kit) => kit.give('record', { record, moments: allMoments })
