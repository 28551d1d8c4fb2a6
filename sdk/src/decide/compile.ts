/**
 * From a ruleset as published to one that can be asked in microseconds: all that can be worked out once
 * (conditions, weights, times, order) is, and whatever cannot be trusted stays outside.
 */
import type { Cancel, Rule, Ruleset, WhenBusy } from '../../schema/ruleset'
import { checkRuleset, checkRuleToCompile } from './check'
import type { Clause } from './clause'
import { compileCondition, scopeOf, type Scope } from './condition'
import { deal } from './deal'
import { demand, type Fault, type Path } from './demand'
import { gatesAfter, gatesBefore, gatesOfStep, type Gate } from './gates'
import { mannersOf, type Dealt } from './instant'
import { layOut } from './lay-out'
import { ownOf } from './own-of'
import { createWallClock, type WallClock } from './schedule'
import { withPermits } from './scopes'

export interface CompiledRule extends Dealt {
  readonly id: string
  readonly priority: number
  readonly owner: string | undefined
  readonly group: string | undefined
  /** The step of a ladder that it is: each of them is a rule of its own here. */
  readonly step: string | undefined
  readonly validForMs: number
  readonly cancelOn: readonly Cancel[]
  readonly whenBusy: WhenBusy
  readonly slot: string
  /** A modal among its variants: no other nudge stands beside it. */
  readonly alone: boolean
  /** It may stand inside a dialog of the page's. */
  readonly inside: boolean
  /** Asked before and after the condition. */
  readonly before: readonly Gate[]
  readonly clauses: readonly Clause[]
  readonly after: readonly Gate[]
  /** Of a step: whether it is its turn. They stand in `after` too. */
  readonly turn: readonly Gate[]
}

/** An attribute that rules of a moment ask for. */
export interface Slot {
  readonly path: readonly string[]
  /** What it is where the page has said nothing; `null`: then it is missing. */
  readonly fallback: unknown
}

/** All there is to ask when a moment comes. */
export interface Plan {
  /** By priority, then as in the file. */
  readonly rules: readonly CompiledRule[]
  /** The clauses of all of them side by side (see `layOut`), and where those of each rule end. */
  readonly clauses: readonly Clause[]
  readonly ends: readonly number[]
  /** The text that the first clause of each rule asks for, where it asks for one, and where its value stands. */
  readonly texts: readonly (string | undefined)[]
  readonly textSlots: readonly number[]
  readonly slots: readonly Slot[]
}

export interface CompiledRuleset {
  /** The ruleset as published; its `rules` include those rejected. */
  readonly source: Ruleset
  readonly version: number
  /** By the moment's name; the keys are the moments that some rule answers. */
  readonly plans: ReadonlyMap<string, Plan>
}

interface Draft {
  readonly rules: CompiledRule[]
  readonly slots: Map<string, number>
}

export interface Rejected {
  /** The rule's id, or its place where it has none. */
  readonly rule: string
  /** `rules[3].limits.perVisitor` */
  readonly path: string
  /** The place, what was wanted there and what was found. */
  readonly reason: string
}

export interface Compiled {
  readonly ruleset: CompiledRuleset
  readonly rejected: readonly Rejected[]
}

/** A page that has counted none has counted 0: that is known. All other attributes can be missing. */
function fallbackOf(path: string): unknown {
  if (path === 'page.type') return 'other'
  return /^(session\.|visitor\.(visits$|affinity\.))/.test(path) ? 0 : null
}

/** What ends a moment for a rule that does not say. */
const cancelOn: readonly Cancel[] = ['navigate', 'submit']

/** What all rules of a ruleset share. */
interface Shared {
  readonly ruleset: Ruleset
  /** Made for the first rule that has a schedule: the first use of `Intl` in a page takes a browser tens of ms. */
  readonly wallClock: () => WallClock
  readonly scope: Scope
  /** Of its condition, for faults. */
  readonly path: Path
}

/**
 * One for a plain rule, one for each step of a ladder. Written key by key: an object that is put together of others
 * takes V8 many times as long to make and to read, and more room.
 */
function compileRule(rule: Rule, { ruleset, wallClock, scope, path }: Shared): CompiledRule[] {
  const { id, owner, limits, ladder, priority = 0, validForMs = 3000, whenBusy = 'defer' } = rule
  const before = gatesBefore(rule, ruleset, wallClock)
  const clauses = compileCondition(rule.when ?? {}, scope, path)
  const compiled = (step: string | undefined, dealt: Dealt, turn: readonly Gate[]): CompiledRule => {
    const { cost, seed, variants, ranges } = dealt
    const { slot, alone, inside } = mannersOf(rule, dealt)
    const own = { cost, seed, variants, ranges, slot, alone, inside }
    return {
      id,
      priority,
      owner,
      group: limits?.group,
      step,
      cost,
      seed,
      variants,
      ranges,
      validForMs,
      cancelOn: rule.cancelOn ?? cancelOn,
      whenBusy,
      slot,
      alone,
      inside,
      before,
      clauses,
      after: withPermits(id, turn.concat(gatesAfter(rule, ruleset, own))),
      turn,
    }
  }
  if (!ladder) return [compiled(undefined, deal(id, rule.variants ?? [], rule.cost, ruleset.theme), [])]
  return ladder.steps.map(({ id: step, variants, cost = rule.cost }, index) =>
    compiled(step, deal(`${id}:${step}`, variants, cost, ruleset.theme), gatesOfStep(id, ladder, index)),
  )
}

/**
 * Throws one error, with the `path` of what is wrong, when the ruleset as a whole cannot be used. A rule
 * that cannot is left out and named in `rejected`; the others go on.
 */
export function compile(given: unknown): Compiled {
  const source = ownOf(given)
  checkRuleset(source, [])
  const ruleset = source as Ruleset
  const rejected: Rejected[] = []
  const drafts = new Map<string, Draft>()
  const ids = new Set<string>()
  let made: WallClock | undefined
  const wallClock = () => (made ??= createWallClock(ruleset.timeZone))
  const scope = scopeOf(ruleset.groups, true)

  ruleset.rules.forEach((candidate, index) => {
    const rule = candidate as Rule
    const place = `rules[${index}]`
    try {
      checkRuleToCompile(rule, ['rules', index])
      demand(!ids.has(rule.id), 'an id of its own', rule.id, ['rules', index, 'id'])
      ids.add(rule.id)
      if (rule.enabled === false || ruleset.enabled === false) return
      const draft: Draft = drafts.get(rule.on) ?? { rules: [], slots: new Map() }
      const path = ['rules', index, 'when']
      const { members, patterns, inRule } = scope
      const shared = { ruleset, wallClock, scope: { members, patterns, inRule, slots: draft.slots }, path }
      for (const step of compileRule(rule, shared)) draft.rules.push(step)
      drafts.set(rule.on, draft)
    } catch (error) {
      const { path = place, message } = error as Fault
      const id = (rule as Partial<Rule> | null)?.id
      rejected.push({ rule: typeof id === 'string' ? id : place, path, reason: message })
    }
  })

  const plans = new Map<string, Plan>()
  for (const [moment, { rules, slots }] of drafts) {
    rules.sort((a, b) => b.priority - a.priority)
    plans.set(moment, {
      rules,
      ...layOut(rules),
      slots: [...slots.keys()].map((path) => ({ path: path.split('.'), fallback: fallbackOf(path) })),
    })
  }
  return { ruleset: { source: ruleset, version: ruleset.version, plans }, rejected }
}
