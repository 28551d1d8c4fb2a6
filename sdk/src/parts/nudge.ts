import { compose, createStage } from '../nudge'
import type { Kit } from './kit'

/** Loaded where there is a ruleset. */
export const install = (kit: Kit) => kit.give('nudge', { compose, createStage })
