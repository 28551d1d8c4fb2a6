import { record } from '../recorder'
import { allHeard } from '../moments'
import type { Kit } from './kit'

/** Loaded when the page asks for a trace. */
export const install = (kit: Kit) => kit.give('record', { record, heard: allHeard })
