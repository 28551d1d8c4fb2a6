/**
 * The decision: a function of the moment, the ruleset, the visitor and the time. It has no effects, never
 * waits, reads no clock, and always says why, also when the answer is to hold.
 *
 * The rules that answer the moment are asked in turn; the first that nothing keeps back is shown. A
 * visitor in its holdout ends the search too, or the lower rules would be seen more often by those who
 * are held out, and the comparison would measure that.
 */
import type { HoldReason } from '../../schema/event'
import { hash, pickRange } from './bucket'
import type { CompiledRule, CompiledRuleset, Plan } from './compile'
import { clauseTruth, everyTruth } from './clause'
import type { DecideInput, Decision, TraceEntry } from './decision'
import { explain } from './explain'
import { readFlag, type Flags } from './flags'
import { passes, type Facts } from './gates'
import { readPath } from './read-path'

/** Shared: a moment that no rule names must cost nothing. */
const NO_RULE: Decision = Object.freeze({ verdict: 'hold', reason: 'no-rule', trace: Object.freeze([]) })

export function decide(ruleset: CompiledRuleset, input: DecideInput): Decision {
  const plan = ruleset.plans.get(input.moment.name)
  if (!plan) return NO_RULE
  const facts = takeDown(plan, input)
  let highest: { rule: CompiledRule; reason: HoldReason } | undefined

  const { rules, clauses, ends } = plan
  let at = 0
  for (let index = 0; index < rules.length; index++) {
    // Most rules fail by their condition. The clauses of all rules lie side by side in memory, the rules
    // do not: among thousands, asking only these is several times as fast. (The highest rule is asked
    // all: its reason counts.)
    const end = ends[index]!
    while (at < end && clauseTruth(clauses[at]!, facts.values) === 1) at++
    const fails = at < end
    at = end
    if (highest && fails) continue
    const rule = rules[index]!
    const reason = whyHold(rule, facts)
    if (!reason || reason === 'holdout') {
      const { owner, group, cost, step, validForMs, cancelOn } = rule
      const variant = rule.variants[pickRange(hash(rule.seed, facts.id ?? '', 2)!, rule.ranges)]!
      return explained(
        {
          verdict: reason ? 'ghost' : 'show',
          reason: reason ?? 'shown',
          rule: rule.id,
          variant: variant.id,
          nudge: variant.nudge,
          owner,
          group,
          cost,
          step,
          validForMs,
          cancelOn,
        },
        () => explain(rules.slice(0, index + 1), facts),
      )
    }
    // Of a ladder it is the step whose turn it is that has held.
    if (!highest || (highest.rule.id === rule.id && rule.turn.every((gate) => passes(gate, facts))))
      highest = { rule, reason }
  }
  // A plan has at least one rule, so by now one has held.
  const { rule, reason } = highest!
  return explained({ verdict: 'hold', reason, rule: rule.id, owner: rule.owner }, () => explain(rules, facts))
}

/**
 * What the decision rests on, copied, so that the page may go on changing its attributes. Only what the
 * rules ask for: a few values, most of them not even objects.
 */
function takeDown({ slots }: Plan, input: DecideInput): Facts {
  const { visitor, moment, now, busy = false } = input
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
    busy,
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

function whyHold(rule: CompiledRule, facts: Facts): HoldReason | undefined {
  for (const gate of rule.before) if (!passes(gate, facts)) return gate.reason
  const truth = everyTruth(rule.clauses, facts.values)
  if (truth < 1) return truth ? 'missing-attribute' : 'condition'
  for (const gate of rule.after) if (!passes(gate, facts)) return gate.reason
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
