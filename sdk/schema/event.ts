/**
 * The event a collector receives: one JSON object a line. This file is its only definition; the SDK takes
 * its types from here, the demo collector validates with it, JSON Schema is generated from it.
 *
 * Unknown extra keys are kept, never refused: a collector must not break when a newer script speaks to it. Values
 * are closed (a phase, a verdict, a reason that is not listed here is a mistake), and so is nothing else.
 */
import { z } from 'zod'

const id = z.string().min(1).max(64)
const name = z.string().min(1).max(200)
const ms = z.number().finite()
const span = ms.nonnegative()
const count = z.int().nonnegative()

const common = {
  /** UUIDv7, fixed when the event is made: the key to deduplicate by. */
  id: z.uuid(),
  /** Counts up by one, from 1, per event within `view`; a gap tells a collector that something was lost. */
  seq: count,
  /** Wall time of what happened, epoch ms by the shopper's clock. */
  at: z.int().positive(),
  /** How old the event was when it was sent: `receivedAt - ageMs` is right whatever the shopper's clock says. */
  ageMs: ms.nonnegative(),
  /** `skewed` when wall clock and monotonic clock have parted by more than a second. */
  clock: z.literal('skewed').optional(),
  session: id,
  /** One load of a page in one tab, from the back/forward cache too: what `seq` counts in. */
  view: id,
  /** The device's id; absent without consent for it. */
  visitor: id.optional(),
  page: z.looseObject({ type: name, path: z.string().max(2000) }),
  device: z.looseObject({ class: z.enum(['desktop', 'tablet', 'mobile']), touch: z.boolean() }),
  /** Version of the script. */
  sdk: z.string().max(50),
  ruleset: z.looseObject({ version: z.int() }).optional(),
  /** The event was over 8 KB and lost its free-form part: `evidence` or `data` is empty. */
  truncated: z.literal(true).optional(),
}

const chain = { momentId: id, decisionId: id }

export const evidence = z.record(z.string(), z.union([z.number(), z.boolean(), z.string().max(200)]))

const toDecision = {
  wait: span,
  /** How long the decision waited for a calm instant; absent where it did not. Stands beside the sums, in none. */
  deferred: span.optional(),
  capture: span,
  detect: span,
  profile: span,
  decide: span,
  signalToDecision: span,
  /** Resolution of the engine's timer: no split is known better than this. */
  clockMs: span,
}
const afterDecision = <T extends z.ZodType>(known: T) => ({
  mount: known,
  paint: known,
  decisionToAction: known,
  actionToCustomer: known,
  total: known,
})

/** Milliseconds, rounded to 0.1. */
export const splits = z.looseObject({ ...toDecision, ...afterDecision(span) })
/** Of a held-out visitor's decision: nothing was mounted, so nothing after the decision has a time. */
export const ghostSplits = z.looseObject({ ...toDecision, ...afterDecision(z.null()) })

export const channel = z.looseObject({
  surface: name,
  device: z.enum(['desktop', 'tablet', 'mobile']),
  pageType: name,
  connection: z.string().max(20).optional(),
})

/** Whose decision it was; only where a remote decider is configured. */
const decider = z.enum(['local', 'remote']).optional()

const nudge = {
  type: z.literal('nudge'),
  ...chain,
  rule: name,
  variant: name,
  step: name.optional(),
  channel,
  decider,
}

export const reasons = [
  'shown',
  'no-ruleset',
  'no-rule',
  'condition',
  'missing-attribute',
  'missing-value',
  'limit',
  'cooldown',
  'holdout',
  'consent',
  'expired',
  'moment-over',
  'cancelled',
  'outranked',
  'busy',
  'no-place',
  'quarantined',
] as const

const page = z.looseObject({ ...common, type: z.literal('page') })

const moment = z.looseObject({
  ...common,
  type: z.literal('moment'),
  momentId: id,
  moment: z.looseObject({ name, phase: z.enum(['suspect', 'confirmed', 'ended']), evidence }),
})

const decision = z.looseObject({
  ...common,
  type: z.literal('decision'),
  ...chain,
  decision: z.looseObject({
    verdict: z.enum(['show', 'hold', 'ghost']),
    rule: name.optional(),
    variant: name.optional(),
    /** The step of the rule's ladder. */
    step: name.optional(),
    reason: z.enum(reasons),
    owner: z.string().max(200).optional(),
    decider,
    /** What came of asking the remote one; absent where it was not asked. */
    remote: z.enum(['won', 'late', 'failed', 'paused']).optional(),
    /** How long the decision waited for it, ms; a part of the split `decide`. */
    waitedMs: span.optional(),
    /** How long it waited for a calm instant, ms; absent where it did not. */
    deferredMs: span.optional(),
  }),
})

const nudgeShown = z.looseObject({
  ...common,
  ...nudge,
  phase: z.literal('shown'),
  splits,
  fit: z.enum(['in-moment', 'late']),
  /** Milliseconds of main thread that the chain cost, all rooms together. */
  cost: ms,
})

const nudgeGhost = z.looseObject({ ...common, ...nudge, phase: z.literal('ghost'), splits: ghostSplits })

const nudgeMissed = z.looseObject({
  ...common,
  ...nudge,
  phase: z.literal('missed'),
  fit: z.literal('missed'),
  reason: z.enum(['moment-over', 'cancelled', 'busy', 'no-place', 'missing-value', 'quarantined']),
})

const nudgeEnd = z.looseObject({
  ...common,
  ...nudge,
  phase: z.enum(['clicked', 'dismissed', 'expired']),
  /** Which action was used, counted from 0 in the order of the ruleset. */
  action: count.optional(),
  /** The id of the product that was chosen of those it recommends. */
  product: name.optional(),
  /** How long it had been painted. */
  shownMs: ms.nonnegative(),
})

const outcome = z.looseObject({
  ...common,
  type: z.literal('outcome'),
  name,
  data: z.record(z.string(), z.unknown()),
  /** The decisions of this session that were shown before it, newest last. */
  afterDecisions: z.array(id),
})

const vitals = z.looseObject({
  ...common,
  type: z.literal('vitals'),
  name: z.enum(['LCP', 'INP', 'CLS']),
  value: ms,
})

const loss = z.looseObject({
  ...common,
  type: z.literal('loss'),
  /** By cause: overflow, too-big, rejected, expired, consent. */
  counts: z.record(z.string(), count),
})

const error = z.looseObject({
  ...common,
  type: z.literal('error'),
  part: name,
  /** The class of what was thrown (`TypeError`), never its message; of a ruleset, what is wrong with its signature. */
  reason: z.string().max(500),
  /** Where in our own files: `splitsecond-nudge.js:1:2034`. */
  place: z.string().max(100).optional(),
})

export const event = z.discriminatedUnion('type', [
  page,
  moment,
  decision,
  z.discriminatedUnion('phase', [nudgeShown, nudgeGhost, nudgeMissed, nudgeEnd]),
  outcome,
  vitals,
  loss,
  error,
])

export type BeaconEvent = z.infer<typeof event>
export type Splits = z.infer<typeof splits>
export type GhostSplits = z.infer<typeof ghostSplits>
export type Channel = z.infer<typeof channel>
export type HoldReason = Exclude<(typeof reasons)[number], 'shown'>
export type Reason = (typeof reasons)[number]
