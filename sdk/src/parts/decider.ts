import { createDecider } from '../decider'
import { send } from '../platform/send'
import type { Kit } from './kit'

/** Loaded where the shop has a decider of its own beside the ruleset. */
export const install = (kit: Kit) => kit.give('decider', (options) => createDecider({ ...options, send }))
