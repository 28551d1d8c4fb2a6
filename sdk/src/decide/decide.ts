/**
 * The decision: a function of the moment, the ruleset, the visitor and the time. It has no effects, never
 * waits, reads no clock, and always says why, also when the answer is to hold.
 *
 * The rules that answer the moment are asked in turn; the first that nothing keeps back is shown. A
 * visitor in its holdout ends the search too, or the lower rules would be seen more often by those who
 * are held out, and the comparison would measure that.
 */
import type { HoldReason } from '../../schema/event'
import type { Unrest } from '../terms'
import type { CompiledRule, CompiledRuleset, Plan } from './compile'
import { clauseTruth, everyTruth } from './clause'
import type { DecideInput, Decision, Deferred, TraceEntry } from './decision'
import { explain } from './explain'
import { readFlag, type Flags } from './flags'
import { passes, type Facts, type Gate } from './gates'
import { goesLower, variantOf, waitsFor } from './instant'
import { readPath } from './read-path'

/** The answer to typing does not wait until the shopper has stopped: that is what it is about. */
const aboutOf = ({ moment }: DecideInput): readonly Unrest[] =>
  moment.name === 'rage-typing' ? ['typing'] : []

/** Shared: a moment that no rule names must cost nothing. */
const NO_RULE: Decision = Object.freeze({ verdict: 'hold', reason: 'no-rule', trace: Object.freeze([]) })

export function decide(ruleset: CompiledRuleset, input: DecideInput): Decision {
  const plan = ruleset.plans.get(input.moment.name)
  if (!plan) return NO_RULE
  const facts = takeDown(plan, input)
  let highest: { rule: CompiledRule; reason: HoldReason } | undefined
  let defer: Deferred | undefined

  const { rules, clauses, ends, texts, textSlots } = plan
  let at = 0
  for (let index = 0; index < rules.length; index++) {
    // Most rules fail by their condition. The clauses of all rules lie side by side in memory, the rules
    // do not: among thousands, asking only these is several times as fast. (The highest rule is asked
    // all: its reason counts.)
    const end = ends[index]!
    const text = highest && texts[index]
    if (text !== undefined) {
      const value = facts.values[textSlots[index]!]
      if (typeof value === 'string' && value !== text) {
        at = end
        continue
      }
    }
    while (at < end && clauseTruth(clauses[at]!, facts.values) === 1) at++
    const fails = at < end
    at = end
    if (highest && fails) continue
    const rule = rules[index]!
    const held = holdingBack(rule, facts)
    if (!held || held.reason === 'holdout') {
      const { owner, group, cost, step, slot, priority, validForMs, cancelOn } = rule
      const { id, nudge } = variantOf(rule, facts.id)
      const surface = goesLower(rule.whenBusy, rule, facts)
      return explained(
        {
          verdict: held ? 'ghost' : 'show',
          reason: held ? 'holdout' : 'shown',
          rule: rule.id,
          variant: id,
          nudge: surface ? { ...nudge, surface } : nudge,
          owner,
          group,
          cost,
          step,
          slot,
          priority,
          validForMs,
          cancelOn,
        },
        () => explain(rules.slice(0, index + 1), facts),
      )
    }
    // Of a ladder it is the step whose turn it is that has held.
    if (!highest || (highest.rule.id === rule.id && rule.turn.every((gate) => passes(gate, facts))))
      highest = { rule, reason: held.reason }
    if (!defer && rule.whenBusy !== 'drop' && waitsFor(held.clause, facts)) {
      const { id, owner, slot, priority, alone, inside, validForMs, cancelOn } = rule
      const despite = [...(inside ? (['dialog'] as const) : []), ...aboutOf(input)]
      defer = { rule: id, owner, slot, priority, alone, despite, validForMs, cancelOn }
    }
  }
  // A plan has at least one rule, so by now one has held.
  const { rule, reason } = highest!
  return explained(
    { verdict: 'hold', reason, rule: rule.id, owner: rule.owner, ...(defer && { defer }) },
    () => explain(rules, facts),
  )
}

/**
 * What the decision rests on, copied, so that the page may go on changing its attributes. Only what the
 * rules ask for: a few values, most of them not even objects.
 */
function takeDown({ slots }: Plan, input: DecideInput): Facts {
  const { visitor, moment, now, confirmedAt, busy } = input
  const about = aboutOf(input)
  const { unrest = [], standing = [] } = busy instanceof Object ? busy : {}
  const ofMoment = { moment: moment.evidence }
  const flags = readPath(input.attributes, ['flags'])
  const read = (path: readonly string[]) =>
    path[0] === 'flags' && typeof flags === 'function'
      ? readFlag(flags as Flags, path.slice(1))
      : readPath(path[0] === 'moment' ? ofMoment : input.attributes, path)
  return {
    values: slots.map(({ path, fallback }) => copy(read(path) ?? fallback)),
    shown: visitor?.shown?.slice() ?? [],
    id: visitor?.id,
    session: sessionOf(input),
    consent: visitor?.consent ?? 'granted',
    now,
    confirmedAt,
    busy: busy === true,
    unrest: unrest.filter((it) => !about.includes(it)),
    standing: standing.slice(),
    permits: visitor?.permits,
  }
}

const SESSION_IDLE = 30 * 60 * 1000

/** Whoever does not tell the session gets that of the newest thing shown, unless it is over by now. */
function sessionOf({ visitor, now }: DecideInput): string | undefined {
  const times = visitor?.shown?.map(({ at }) => at) ?? []
  const newest = Math.max(...times)
  return (
    visitor?.session ??
    (now - newest < SESSION_IDLE ? visitor?.shown?.[times.indexOf(newest)]?.session : undefined)
  )
}

/** What cannot be copied (an element, a function) is no attribute: missing. */
function copy(value: unknown): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value
  try {
    return frozen(structuredClone(value))
  } catch {
    return null
  }
}

/** The page reads it in traces, and must not change what was decided by. */
function frozen<Value>(value: Value): Value {
  if (!Object.isFrozen(value)) Object.values(Object.freeze(value) as object).forEach(frozen)
  return value
}

/** What keeps the rule back: its condition, or the first gate that is shut. */
type Held = Pick<Gate, 'reason'> & { readonly clause?: string }
const byCondition: Held = { reason: 'condition' }
const byMissing: Held = { reason: 'missing-attribute' }

function holdingBack(rule: CompiledRule, facts: Facts): Held | undefined {
  for (const gate of rule.before) if (!passes(gate, facts)) return gate
  const truth = everyTruth(rule.clauses, facts.values)
  if (truth < 1) return truth ? byMissing : byCondition
  for (const gate of rule.after) if (!passes(gate, facts)) return gate
  return undefined
}

/**
 * Most decisions are never explained, so `trace` is a getter. One for all: a getter of its own would give
 * each decision a hidden class of its own, which costs an engine ten times what deciding does.
 */
const because = Symbol()
const lazyTrace = {
  enumerable: true,
  get(this: { [because]: () => readonly TraceEntry[] }) {
    return this[because]()
  },
}

function explained<Answer extends object>(answer: Answer, value: () => readonly TraceEntry[]) {
  // Not enumerable: two equal decisions are equal also to a test that compares them.
  Object.defineProperty(answer, because, { value })
  return Object.defineProperty(answer, 'trace', lazyTrace) as Answer & Pick<Decision, 'trace'>
}
