/** Whether this very instant is one for a nudge: is there room in the page, and may the shopper be disturbed? */
import type { NudgeSpec, Rule, Variant, WhenBusy } from '../../schema/ruleset'
import type { Unrest } from '../terms'
import { hash, pickRange, type BucketRange } from './bucket'
import type { Standing } from './decision'
import type { Facts, Wherever } from './gates'

/** Variants, what showing one costs, and how they are dealt. */
export interface Dealt {
  readonly cost: number | undefined
  /** What they are dealt by. */
  readonly seed: string
  readonly variants: readonly Variant[]
  /** Where each variant's buckets lie, in the order of `variants`. */
  readonly ranges: readonly BucketRange[]
}

/** The variant that a visitor gets, always the same. */
export const variantOf = ({ seed, variants, ranges }: Dealt, visitor = ''): Variant =>
  variants[pickRange(hash(seed, visitor, 2)!, ranges)]!

const BUSY = 'busy'
const CALM = 'calm'

/** What held it back may be over in an instant: another nudge goes, the shopper has typed his word. */
export const waitsFor = (clause: string | undefined, { busy }: Pick<Facts, 'busy'>): boolean =>
  clause === CALM || (clause === BUSY && !busy)

/** It stands alone where one of its variants does: variants that gave way to different nudges could not be compared. */
const standsAlone = ({ variants }: Pick<Dealt, 'variants'>): boolean =>
  variants.some(({ nudge }) => nudge.surface === 'modal')

/** Whichever variant the visitor gets may stand inside a dialog of the page's: or the variants could not be compared. */
const standsInside = ({ variants }: Pick<Dealt, 'variants'>): boolean =>
  variants.every(({ nudge }) => nudge.insideDialog)

/** Are these two in each other's way? */
export const collide = (
  { slot, alone }: { readonly slot: string; readonly alone: boolean },
  other: Pick<Standing, 'slot' | 'modal' | 'bare'>,
): boolean => other.modal || other.slot === slot || (alone && !other.bare)

/**
 * While he composes a toast disturbs as well, outside the page's own dialog nothing could be touched, and over a banner
 * it would hide what he is asked.
 */
const takesNone = new Set<Unrest>(['composing', 'dialog', 'banner'])

/** The next lower way to show it: a modal as a toast, what lies over the page in its place within, where it has one. */
const lower = ({ surface, place }: NudgeSpec): NudgeSpec['surface'] | undefined =>
  surface === 'modal' ? 'toast' : surface !== 'inline' && place ? 'inline' : undefined

/**
 * As what the visitor's variant is to come now, where the rule lets it go lower and the shopper is busy. What may stand
 * inside a dialog of the page's does so, but for an inline one: its place is outside, and inert.
 */
export const goesLower = (
  whenBusy: WhenBusy | undefined,
  dealt: Dealt & { readonly inside: boolean },
  { unrest, id }: Pick<Facts, 'unrest' | 'id'>,
): NudgeSpec['surface'] | undefined => {
  const busyWith = unrest.filter((it) => it !== 'dialog' || !dealt.inside)
  if (whenBusy !== 'downgrade' || busyWith.length === 0 || busyWith.some((it) => takesNone.has(it)))
    return undefined
  const surface = lower(variantOf(dealt, id).nudge)
  return surface === 'inline' && unrest.includes('dialog') ? undefined : surface
}

/** Where none is named: a list in another order is in nobody's way. */
const slotOf = ({ slot }: Rule, variants: readonly Variant[]): string =>
  slot ?? (variants.every(({ nudge }) => nudge.surface === 'reorder') ? 'reorder' : 'default')

/** How a rule behaves beside other nudges, and inside a dialog. */
export const mannersOf = (rule: Rule, dealt: Pick<Dealt, 'variants'>) => ({
  slot: slotOf(rule, dealt.variants),
  alone: standsAlone(dealt),
  inside: standsInside(dealt),
})

/** A rule's variants with how it behaves. */
export type Mannered = Dealt & ReturnType<typeof mannersOf>

export function gatesOfTheInstant(rule: Rule, own: Mannered, wherever: Wherever): void {
  const { priority = 0, whenBusy } = rule
  const inTheWay = ({ standing }: Facts) =>
    standing.filter((it) => collide(own, it)).sort((a, b) => b.priority - a.priority)[0]
  const ofDialog = (it: Unrest) => it !== 'dialog' || !own.inside
  wherever(
    'outranked',
    'slot',
    priority,
    (facts) => inTheWay(facts)?.priority,
    (observed, wanted) => observed <= wanted,
  )
  wherever(
    'busy',
    BUSY,
    false,
    (facts) => facts.busy || (inTheWay(facts)?.rule ?? false),
    (observed) => observed === false,
  )
  wherever(
    'busy',
    CALM,
    CALM,
    ({ unrest }) => unrest.filter(ofDialog).join(' ') || CALM,
    (observed, wanted, facts) => observed === wanted || !!goesLower(whenBusy, own, facts),
  )
}
