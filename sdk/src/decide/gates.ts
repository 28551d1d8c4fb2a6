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

export interface Gate {
  readonly reason: HoldReason
  readonly clause: string
  readonly wanted: number | string | boolean
  /** `undefined`: there is nothing to compare, which passes. */
  readonly observe: (facts: Facts) => number | string | boolean | undefined
  /** How `observed` must stand to `wanted`. */
  readonly must: 'be below' | 'reach' | 'equal'
}

const DAY = 24 * 60 * 60 * 1000
const SESSION_IDLE = 30 * 60 * 1000

/** Whoever does not tell the session gets that of the newest thing shown, unless it is over by now. */
export function sessionOf({ visitor, now }: DecideInput): string | undefined {
  if (visitor?.session !== undefined) return visitor.session
  const newest = visitor?.shown?.reduce((a, b) => (b.at > a.at ? b : a), visitor.shown[0]!)
  return newest && now - newest.at < SESSION_IDLE ? newest.session : undefined
}

export function passes({ must, observe, wanted }: Gate, facts: Facts): boolean {
  const observed = observe(facts)
  if (observed === undefined) return true
  return must === 'equal' ? observed === wanted : must === 'be below' ? observed < wanted : observed >= wanted
}

/** A gate for each figure that the ruleset gives; none for those it leaves out. */
const gate = (
  reason: HoldReason,
  clause: string,
  must: Gate['must'],
  wanted: number | undefined,
  observe: Gate['observe'],
): Gate[] => (wanted === undefined ? [] : [{ reason, clause, wanted, observe, must }])

type Caps = Pick<NonNullable<Ruleset['limits']>, 'perSession' | 'perDay' | 'perVisitor'>
type Counts = (shown: Shown) => boolean

function capGates(caps: Caps | undefined, place: string, counts: Counts): Gate[] {
  const cap = (name: keyof Caps, isIn: (shown: Shown, facts: Facts) => boolean): Gate[] =>
    gate(
      'limit',
      `${place}.${name}`,
      'be below',
      caps?.[name],
      (facts) => facts.shown.filter((shown) => counts(shown) && isIn(shown, facts)).length,
    )
  return [
    ...cap('perSession', (shown, { session }) => shown.session === session),
    ...cap('perDay', (shown, { now }) => shown.at > now - DAY),
    ...cap('perVisitor', () => true),
  ]
}

const waitGate = (place: string, wanted: number | undefined, counts: Counts): Gate[] =>
  gate('cooldown', place, 'reach', wanted, ({ shown, now }) => {
    const times = shown.filter(counts).map(({ at }) => at)
    return times.length ? now - Math.max(...times) : undefined
  })

const holdoutGate = (place: string, percent: number | undefined, seed: string): Gate[] =>
  gate('holdout', place, 'reach', percent && percent / 100, ({ id }) =>
    id === undefined ? undefined : hash(seed, id, 2)!,
  )

const at = (date: string | undefined): number | undefined => (date === undefined ? date : Date.parse(date))

/** Asked before the condition. */
export const gatesBefore = (rule: Rule, ruleset: Ruleset): Gate[] => [
  ...gate('expired', 'ruleset.expiresAt', 'be below', at(ruleset.expiresAt), ({ now }) => now),
  ...gate('expired', 'startsAt', 'reach', at(rule.startsAt), ({ now }) => now),
  ...gate('expired', 'expiresAt', 'be below', at(rule.expiresAt), ({ now }) => now),
  ...(rule.consent
    ? [
        {
          reason: 'consent',
          clause: 'consent',
          wanted: 'granted',
          must: 'equal',
          observe: ({ consent }) => consent,
        } satisfies Gate,
      ]
    : []),
]

/**
 * Asked after it. The holdout is last: a held-out visitor must have passed all that a shown one has, or
 * the two could not be compared.
 */
export function gatesAfter(rule: Rule, ruleset: Ruleset): Gate[] {
  const { limits, id } = rule
  const group = limits?.group
  const shared = ruleset.limits
  const ofRule: Counts = (shown) => shown.rule === id
  const ofAll: Counts = () => true
  const groupCaps =
    group !== undefined && shared?.groups && Object.hasOwn(shared.groups, group)
      ? shared.groups[group]
      : undefined
  return [
    ...capGates(limits, 'limits', ofRule),
    ...capGates(groupCaps, `ruleset.limits.groups.${group}`, (shown) => shown.group === group),
    ...capGates(shared, 'ruleset.limits', ofAll),
    ...waitGate('limits.cooldownMs', limits?.cooldownMs, ofRule),
    ...waitGate('ruleset.limits.gapMs', shared?.gapMs, ofAll),
    { reason: 'busy', clause: 'busy', wanted: false, must: 'equal', observe: ({ busy }) => busy },
    ...holdoutGate('ruleset.holdout', ruleset.holdout?.percent, ruleset.holdout?.seed ?? ''),
    ...holdoutGate('holdout', rule.holdout, `${id}:holdout`),
  ]
}
