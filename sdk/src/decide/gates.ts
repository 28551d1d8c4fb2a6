/**
 * Gates: what can keep a rule back besides its condition. Each is one comparison of an observed figure
 * with a wanted one, so that deciding and explaining run the very same lines.
 */
import type { HoldReason } from '../../schema/event'
import type { Rule, Ruleset } from '../../schema/ruleset'
import { hash } from './bucket'
import type { DecideInput, Shown } from './decision'

/** What is known when a decision is made, taken down so that nothing can change it afterwards. */
export interface Facts {
  /** Attributes by slot. */
  readonly values: readonly unknown[]
  readonly shown: readonly Shown[]
  readonly id: string | undefined
  readonly session: string | undefined
  readonly consent: string
  readonly now: number
  readonly busy: boolean
}

type Figure = number | string | boolean
type Compare = (observed: Figure, wanted: Figure) => boolean
type Counts = (shown: Shown, facts: Facts) => boolean

export interface Gate {
  readonly reason: HoldReason
  readonly clause: string
  readonly wanted: Figure
  /** `undefined`: there is nothing to compare, which passes. */
  readonly observe: (facts: Facts) => Figure | undefined
  readonly compare: Compare
}

const below: Compare = (observed, wanted) => observed < wanted
const reaches: Compare = (observed, wanted) => observed >= wanted
const equals: Compare = (observed, wanted) => observed === wanted

const DAY = 24 * 60 * 60 * 1000
const SESSION_IDLE = 30 * 60 * 1000

/** Whoever does not tell the session gets that of the newest thing shown, unless it is over by now. */
export function sessionOf({ visitor, now }: DecideInput): string | undefined {
  const times = visitor?.shown?.map(({ at }) => at) ?? []
  const newest = Math.max(...times)
  return (
    visitor?.session ??
    (now - newest < SESSION_IDLE ? visitor?.shown?.[times.indexOf(newest)]?.session : undefined)
  )
}

export function passes({ compare, observe, wanted }: Gate, facts: Facts): boolean {
  const observed = observe(facts)
  return observed === undefined || compare(observed, wanted)
}

/** What the caps count among the things shown. */
const spans: Readonly<Record<'perSession' | 'perDay' | 'perVisitor', Counts>> = {
  perSession: (shown, { session }) => shown.session === session,
  perDay: ({ at }, { now }) => at > now - DAY,
  perVisitor: () => true,
}

const time = (date: string | undefined) => date && Date.parse(date)
const clock = ({ now }: Facts) => now

/** Asked before the condition. */
export const gatesBefore = (rule: Rule, ruleset: Ruleset): Gate[] =>
  wherever([
    ['expired', 'ruleset.expiresAt', time(ruleset.expiresAt), clock, below],
    ['expired', 'startsAt', time(rule.startsAt), clock, reaches],
    ['expired', 'expiresAt', time(rule.expiresAt), clock, below],
    ['consent', 'consent', rule.consent, ({ consent }) => consent, equals],
  ])

/**
 * Asked after it. The holdout is last: a held-out visitor must have passed all that a shown one has, or
 * the two could not be compared.
 */
export function gatesAfter({ id, limits, holdout }: Rule, ruleset: Ruleset): Gate[] {
  const group = limits?.group ?? ''
  const shared = ruleset.limits
  const groups = shared?.groups ?? {}
  const ofRule: Counts = (shown) => shown.rule === id
  const scopes = [
    ['limits', limits, ofRule],
    [
      `ruleset.limits.groups.${group}`,
      Object.hasOwn(groups, group) ? groups[group] : {},
      (shown) => shown.group === group,
    ],
    ['ruleset.limits', shared, () => true],
  ] as const satisfies [string, unknown, Counts][]

  const sinceLast =
    (counts: Counts): Gate['observe'] =>
    (facts) => {
      const times = facts.shown.filter((shown) => counts(shown, facts)).map(({ at }) => at)
      return times.length ? facts.now - Math.max(...times) : undefined
    }
  const share =
    (seed: string): Gate['observe'] =>
    ({ id: visitor }) =>
      visitor === undefined ? undefined : hash(seed, visitor, 2)!

  return wherever([
    ...scopes.flatMap(([place, caps, counts]) =>
      Object.entries(spans).map(([name, isIn]): Row => [
        'limit',
        `${place}.${name}`,
        caps?.[name as keyof typeof spans],
        (facts) => facts.shown.filter((shown) => counts(shown, facts) && isIn(shown, facts)).length,
        below,
      ]),
    ),
    ['cooldown', 'limits.cooldownMs', limits?.cooldownMs, sinceLast(ofRule), reaches],
    ['cooldown', 'ruleset.limits.gapMs', shared?.gapMs, sinceLast(() => true), reaches],
    ['busy', 'busy', false, ({ busy }) => busy, equals],
    [
      'holdout',
      'ruleset.holdout',
      percent(ruleset.holdout?.percent),
      share(ruleset.holdout?.seed ?? ''),
      reaches,
    ],
    ['holdout', 'holdout', percent(holdout), share(`${id}:holdout`), reaches],
  ])
}

const percent = (figure: number | undefined) => figure && figure / 100

type Row = [Gate['reason'], clause: string, wanted: Figure | undefined, Gate['observe'], Compare]

/** A gate wherever the ruleset gives a figure to compare with. */
const wherever = (rows: Row[]): Gate[] =>
  rows.flatMap(([reason, clause, wanted, observe, compare]) =>
    wanted === undefined ? [] : [{ reason, clause, wanted, observe, compare }],
  )
