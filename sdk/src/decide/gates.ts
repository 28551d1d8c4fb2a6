/**
 * Gates: what can keep a rule back besides its condition. Each is one comparison of an observed figure
 * with a wanted one, so that deciding and explaining run the very same lines.
 */
import type { HoldReason } from '../../schema/event'
import type { Caps, Rule, Ruleset } from '../../schema/ruleset'
import type { Unrest } from '../terms'
import { hash } from './bucket'
import type { Shown, Standing } from './decision'
import { gatesOfTheInstant, type Mannered } from './instant'
import { isOpen, type WallClock } from './schedule'
import { snooze, snoozedFor } from './snooze'

/** What is known when a decision is made, taken down so that nothing can change it afterwards. */
export interface Facts {
  /** Attributes by slot. */
  readonly values: readonly unknown[]
  readonly shown: readonly Shown[]
  readonly id: string | undefined
  readonly session: string | undefined
  readonly consent: string
  readonly now: number
  readonly confirmedAt: number | undefined
  readonly busy: boolean
  readonly unrest: readonly Unrest[]
  readonly standing: readonly Standing[]
  /** Keys of the scopes that this tab may show one more in; undefined: none is needed. */
  readonly permits: ReadonlySet<string> | undefined
}

type Figure = number | string | boolean
type Compare = (observed: Figure, wanted: Figure, facts: Facts) => boolean
type Counts = (shown: Shown, facts: Facts) => boolean
type Ladder = NonNullable<Rule['ladder']>

export interface Gate {
  readonly reason: HoldReason
  readonly clause: string
  readonly wanted: Figure
  /** `undefined`: there is nothing to compare, which passes. */
  readonly observe: (facts: Facts) => Figure | undefined
  readonly compare: Compare
  /** It asks for the permit of a scope; `guarded` are the gates that count in that. */
  readonly permit?: { readonly key: string; readonly guarded: readonly Gate[] }
}

const below: Compare = (observed, wanted) => observed < wanted
const reaches: Compare = (observed, wanted) => observed >= wanted
const atMost: Compare = (observed, wanted) => observed <= wanted
const equals: Compare = (observed, wanted) => observed === wanted

const DAY = 24 * 60 * 60 * 1000
export function passes({ compare, observe, wanted }: Gate, facts: Facts): boolean {
  const observed = observe(facts)
  return observed === undefined || compare(observed, wanted, facts)
}

const inSession: Counts = (shown, { session }) => shown.session === session
const ever: Counts = () => true
const within =
  (ms: number): Counts =>
  ({ at }, { now }) =>
    at > now - ms

/** What the caps count among the things shown, and the figure of each. */
const capsOf = (caps: Caps): [string, number | undefined, Counts][] => [
  ['perSession', caps.perSession, inSession],
  ['perDay', caps.perDay, within(DAY)],
  ['perVisitor', caps.perVisitor, ever],
  ['lifetime', caps.lifetime, ever],
  ...(caps.windows ?? []).map(({ most, ms }, index): [string, number, Counts] => [
    `windows[${index}]`,
    most,
    within(ms),
  ]),
]

const countShown =
  (...counts: Counts[]): Gate['observe'] =>
  (facts) =>
    facts.shown
      .filter((shown) => counts.every((count) => count(shown, facts)))
      .reduce((sum, { times = 1 }) => sum + times, 0)

const sinceLast =
  (counts: Counts): Gate['observe'] =>
  (facts) => {
    const times = facts.shown.filter((shown) => counts(shown, facts)).map(({ at }) => at)
    return times.length ? facts.now - Math.max(...times) : undefined
  }
/** Where in 0 to 1 a visitor stands by the seed. */
const share =
  (seed: string): Gate['observe'] =>
  ({ id: visitor }) =>
    visitor === undefined ? undefined : hash(seed, visitor, 2)!

const time = (date: string | undefined) => date && Date.parse(date)
const clock = ({ now }: Facts) => now
const age = ({ now, confirmedAt = now }: Facts) => now - confirmedAt

/** Asked before the condition. */
export function gatesBefore(rule: Rule, ruleset: Ruleset, wallClock: () => WallClock): Gate[] {
  const { gates, wherever } = createGates()
  const { schedule } = rule
  wherever('expired', 'ruleset.expiresAt', time(ruleset.expiresAt), clock, below)
  wherever('expired', 'ruleset.maxAgeMs', ruleset.maxAgeMs, age, below)
  wherever('expired', 'maxAgeMs', rule.maxAgeMs, age, below)
  wherever('expired', 'startsAt', time(rule.startsAt), clock, reaches)
  wherever('expired', 'expiresAt', time(rule.expiresAt), clock, below)
  if (schedule) {
    const open = [schedule.days, schedule.hours].flat().filter(Boolean).join(' ')
    const wall = wallClock()
    const said: Gate['observe'] = ({ now }) => wall(now)
    wherever('expired', 'schedule', open, said, (now) => isOpen(schedule, now as string))
  }
  wherever('consent', 'consent', rule.consent, ({ consent }) => consent, equals)
  const snoozed = snooze(rule)
  if (snoozed !== undefined) wherever('cooldown', 'snoozed', snoozed, snoozedFor(rule.id), atMost)
  return gates
}

/**
 * Asked after it. The holdout is last: a held-out visitor must have passed all that a shown one has, or
 * the two could not be compared.
 */
export function gatesAfter(rule: Rule, ruleset: Ruleset, dealt: Mannered): Gate[] {
  const { id, limits, holdout, namespace } = rule
  const { group = '' } = limits ?? {}
  const shared = ruleset.limits
  const everybody = ruleset.holdout
  const groups = shared?.groups ?? {}
  const ofRule: Counts = (shown) => shown.rule === id
  const scopes: [string, Caps, Counts][] = []
  if (limits) scopes.push(['limits', limits, ofRule])
  if (Object.hasOwn(groups, group))
    scopes.push([`ruleset.limits.groups.${group}`, groups[group]!, (shown) => shown.group === group])
  if (shared?.costs)
    for (const [from, caps] of Object.entries(shared.costs))
      if ((dealt.cost ?? 0) >= +from)
        scopes.push([`ruleset.limits.costs.${from}`, caps, (shown) => (shown.cost ?? 0) >= +from])
  if (shared) scopes.push(['ruleset.limits', shared, ever])

  const { gates, wherever } = createGates()
  if (namespace) {
    const [name, from, to] = namespace
    // Nobody without an id is in a namespace: all of them would be in all.
    wherever('condition', 'namespace from', from, shareOf(name), reaches)
    wherever('condition', 'namespace to', to, shareOf(name), below)
  }
  for (const [place, caps, counts] of scopes)
    for (const [name, most, isIn] of capsOf(caps))
      wherever('limit', `${place}.${name}`, most, countShown(counts, isIn), below)
  if (limits) wherever('cooldown', 'limits.cooldownMs', limits.cooldownMs, sinceLast(ofRule), reaches)
  if (shared) wherever('cooldown', 'ruleset.limits.gapMs', shared.gapMs, sinceLast(ever), reaches)
  gatesOfTheInstant(rule, dealt, wherever)
  if (everybody)
    wherever('holdout', 'ruleset.holdout', everybody.percent / 100, share(everybody.seed), reaches)
  if (holdout !== undefined) wherever('holdout', 'holdout', holdout / 100, share(`${id}:holdout`), reaches)
  return gates
}

/** Whether it is a step's turn: those before it were shown and did not help, and it was not shown yet. */
export function gatesOfStep(id: string, { steps, goal, per }: Ladder, index: number): Gate[] {
  const span = per === 'visitor' ? ever : inSession
  const ofStep = (step: string) => countShown(span, (shown) => shown.rule === id && shown.step === step)
  const helped: Counts = (shown) =>
    shown.rule === id && !!shown.helped?.some((by) => by === 'clicked' || by === (goal ?? 'order_complete'))
  const { gates, wherever } = createGates()
  wherever('limit', 'ladder helped', 1, countShown(span, helped), below)
  for (const { id: before } of steps.slice(0, index))
    wherever('limit', `ladder.steps.${before}`, 1, ofStep(before), reaches)
  wherever('limit', `ladder.steps.${steps[index]!.id}`, 1, ofStep(steps[index]!.id), below)
  return gates
}

const shareOf =
  (namespace: string | undefined): Gate['observe'] =>
  ({ id }) =>
    id === undefined ? -1 : hash(`__${namespace}`, id, 1)!

/** A gate wherever the ruleset gives a figure to compare with. */
export type Wherever = (
  reason: Gate['reason'],
  clause: string,
  wanted: Figure | undefined,
  observe: Gate['observe'],
  compare: Compare,
) => void

/** What a ruleset does not ask for is not even made: of thousands of rules most ask for hardly anything. */
function createGates(): { readonly gates: Gate[]; readonly wherever: Wherever } {
  const gates: Gate[] = []
  return {
    gates,
    wherever(reason, clause, wanted, observe, compare) {
      if (wanted !== undefined) gates.push({ reason, clause, wanted, observe, compare })
    },
  }
}
