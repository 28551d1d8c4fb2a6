import { isSelector } from '../capture/decisions'
import { compile, compilePages, decide, type Compiled } from '../decide'
import { watchFlags, type Flags } from '../decide/flags'
import { drawn } from '../decide/drawn'
import { helped } from '../decide/helped'
import { bare } from '../bare'
import { createOwn } from '../decide/own'
import { createPermits } from '../decide/permits'
import { createRulesetLife } from '../decide/ruleset-life'
import { toldMost, unheeded } from '../decide/unheeded'
import { send } from '../platform/send'
import { attributesOf, questionOf } from '../question'
import { allMoments, watched } from '../moments'
import type { Kit } from './kit'

/** Loaded where there is a ruleset. */
export function install(kit: Kit) {
  /** What rules answer and no detector finds, the page raises itself: options for it may be the page's affair. */
  const answered = new Set<string>(allMoments)
  let observed: readonly string[] = []
  const told = {}
  const attributes: typeof attributesOf = (ground) => {
    const all = attributesOf(ground)
    const { flags } = all
    return typeof flags === 'function'
      ? { ...all, flags: watchFlags(flags as Flags, told, kit.complain) }
      : all
  }
  kit.give('decide', {
    attributes,
    answer(ground, moment) {
      const question = questionOf(ground, moment, attributes)
      const { decider } = ground.acting
      return decider ? decider.decide(question, moment.at) : decide(...question()!)
    },
    compile: compileTelling,
    compilePages,
    decide,
    open({ acting, ...options }) {
      const own = createOwn(options)
      void own.load()
      Object.assign(acting, { own, permits: createPermits(options), helped })
    },
    unheeded: (running, settings) =>
      unheeded(running, settings, { moments: [...answered], observed, isSelector }),
    watched(ruleset) {
      for (const name of ruleset.plans.keys()) answered.add(name)
      const { observe } = ruleset.source
      observed = Array.isArray(observe) ? observe : []
      return watched(ruleset)
    },
    drawn,
    createRulesetLife: (options) => createRulesetLife(bare({ ...options, compile: compileTelling, send })),
  })
}

/** A ruleset of thousands of bad rules does not fill the console. */
function compileTelling(source: unknown): Compiled {
  const { ruleset, rejected } = compile(source)
  const first = rejected.slice(0, toldMost)
  const more = rejected.length - first.length
  const others = {
    rule: `and ${more} others`,
    path: 'rules',
    reason: `only the first ${toldMost} are named`,
  }
  return { ruleset, rejected: more ? [...first, others] : first }
}
