import { compile, decide } from '../decide'
import { attributes } from '../decide/attributes'
import { createRulesetCache } from '../decide/ruleset-cache'
import { send } from '../platform/send'
import type { Kit } from './kit'

/** Loaded where there is a ruleset. */
export const install = (kit: Kit) =>
  kit.give('decide', {
    attributes,
    compile,
    decide,
    createRulesetCache: (options) => createRulesetCache({ ...options, send }),
  })
