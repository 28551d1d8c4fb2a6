import { isSelector } from '../capture/decisions'
import { compile, compilePages, decide } from '../decide'
import { attributes } from '../decide/attributes'
import { watchFlags, type Flags } from '../decide/flags'
import { helped } from '../decide/helped'
import { createOwn } from '../decide/own'
import { createPermits, type Permits } from '../decide/permits'
import { createRulesetCache } from '../decide/ruleset-cache'
import { unheeded } from '../decide/unheeded'
import { send } from '../platform/send'
import { allMoments, watched, type Kit } from './kit'

/** Loaded where there is a ruleset. */
export function install(kit: Kit) {
  /** What rules answer and no detector finds, the page raises itself: options for it may be the page's affair. */
  const answered = new Set<string>(allMoments)
  let observed: readonly string[] = []
  const told = {}
  let permits: Permits | undefined
  kit.give('decide', {
    attributes(situation) {
      const all = attributes(situation)
      const { flags } = all
      return typeof flags === 'function'
        ? { ...all, flags: watchFlags(flags as Flags, told, kit.complain) }
        : all
    },
    compile,
    compilePages,
    decide: (ruleset, { visitor, ...input }) =>
      decide(ruleset, { ...input, visitor: { ...visitor, permits: permits?.current() } }),
    open({ acting, ...options }) {
      const own = createOwn(options)
      void own.load()
      permits = createPermits(options)
      Object.assign(acting, { own, permits, helped })
    },
    unheeded: (running, settings) =>
      unheeded(running, settings, { moments: [...answered], observed, isSelector }),
    watched(ruleset) {
      for (const name of ruleset.plans.keys()) answered.add(name)
      const { observe } = ruleset.source
      observed = Array.isArray(observe) ? observe : []
      return watched(ruleset)
    },
    createRulesetCache: (options) => createRulesetCache({ ...options, send }),
  })
}
