import { compile, compilePages, decide } from '../decide'
import { attributes } from '../decide/attributes'
import { createOwn } from '../decide/own'
import { createRulesetCache } from '../decide/ruleset-cache'
import { unheeded } from '../decide/unheeded'
import { send } from '../platform/send'
import { watched, type Kit } from './kit'

/** Loaded where there is a ruleset. */
export const install = (kit: Kit) =>
  kit.give('decide', {
    attributes,
    compile,
    compilePages,
    createOwn,
    decide,
    unheeded,
    watched,
    createRulesetCache: (options) => createRulesetCache({ ...options, send }),
  })
