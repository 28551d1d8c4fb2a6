/**
 * A trace: what the detectors of one page heard, as JSON lines. The first line is the header; each further line is
 * one signal with the time at which our code ran for it (`heardAt`), or one of the few other lines that a replay
 * needs. This file is its only definition; `Signal` itself is in `sdk/src/terms.ts`, and a type test holds the two
 * together.
 *
 * There is no text in a trace, no value of a field, no name of a key, no query, no id of the shopper: only what a
 * signal holds, and of the situation only what is listed under `context`.
 *
 * Times (`at`, `heardAt`) are page time: ms since the page’s time origin. All numbers are kept as the detectors heard
 * them, not rounded, so that the evidence of a replay is the very same.
 */
import { z } from 'zod'
import { evidence } from './event'

const time = z.number().meta({ description: 'page time, ms' })
const number = z.number()
const count = z.int().nonnegative()
const text = z.string().max(2000)
const flag = z.boolean()

const pageRef = z.object({ type: text, path: text })
const targetRef = z.object({ id: count, role: text, ignore: z.array(text).exactOptional() })
const fieldRef = z.object({ ...targetRef.shape, form: count, sensitive: flag, minor: flag })

/** Every line but the header has these. */
const heard = {
  at: time,
  /** When our first line of code ran for it. */
  heardAt: time,
}
const line = <Kind extends string, Shape extends z.core.$ZodLooseShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), ...heard, ...shape })

// ── what the shopper did, and what the page did ─────────────────────────────────────────────────────

const signals = [
  line('press', {
    pointer: z.enum(['mouse', 'touch', 'pen', 'key']),
    x: number,
    y: number,
    target: targetRef,
    decision: targetRef.nullable(),
    expects: z.enum(['change', 'elsewhere', 'nothing']),
  }),
  line('response', { what: z.enum(['change', 'resource', 'focus', 'selection']), near: flag }),
  line('fault', { name: text }),
  line('pointer', { samples: z.array(z.object({ at: time, x: number, y: number })) }),
  line('hover', { x: number, y: number, target: targetRef.nullable() }),
  line('leave', { y: number, pressed: flag, inField: flag }),
  line('enter', {}),
  line('view', { target: targetRef, visible: flag }),
  line('field', {
    action: z.enum(['focus', 'input', 'blur']),
    field: fieldRef,
    length: count,
    inserted: number,
    erased: number,
    change: z.enum(['insert', 'delete', 'other']),
    byShopper: flag,
  }),
  line('commit', { field: fieldRef, words: count, overlap: number }),
  line('form', {
    form: count,
    ignore: z.array(text).optional(),
    action: z.enum(['submit', 'invalid', 'gone']),
    hadErrors: flag,
  }),
  line('scroll', { y: number, depth: number, root: flag, byShopper: flag }),
  line('wheel', {}),
  line('navigate', {
    from: pageRef.nullable(),
    to: pageRef,
    how: z.enum(['load', 'push', 'replace', 'traverse', 'restore']),
    back: flag,
    ordered: flag,
    paying: flag,
    stays: z.array(z.object({ type: text, at: time, visibleMs: number, failed: flag })),
  }),
  line('visibility', { visible: flag, hiddenMs: number }),
  line('resize', {}),
  line('cart', { added: number, removed: number }),
  /** A moment that the page raised itself; those that detectors find are not in a trace. */
  line('moment', { name: text, evidence }),
  /** A detector was woken: `at` is the time it had asked for, `heardAt` when the browser's timer ran. */
  line('wake', {}),
] as const

export const signal = z.discriminatedUnion('kind', signals)

// ── what a replay needs besides ─────────────────────────────────────────────────────────────────────

/** A nudge that was shown before: limits, gaps and cooldowns look back at it. */
const shown = z.object({
  rule: text,
  group: text.exactOptional(),
  cost: number.exactOptional(),
  step: text.exactOptional(),
  helped: z.array(text).exactOptional(),
  /** How long before this line, ms. */
  agoMs: z.number().nonnegative(),
  /** In the session that is going on. */
  inSession: flag,
  /** The shopper said later: how long from this line its rule is silent, ms. */
  snoozedMs: z.number().nonnegative().exactOptional(),
})

/** The situation in which a moment was decided. Written at the start, and when it is another at a decision. */
const context = line('context', {
  page: pageRef,
  device: z.object({ class: z.enum(['desktop', 'tablet', 'mobile']), touch: flag }),
  locale: text,
  consent: z.enum(['granted', 'denied', 'pending']),
  /** How often each moment was confirmed in this session. */
  session: z.record(z.string(), count),
  /** Absent before the page has told what is in it. */
  cart: z
    .object({
      /** Pieces in it. */
      count: z.number(),
      total: z.number(),
      currency: text.exactOptional(),
    })
    .exactOptional(),
  visitor: z.object({ visits: count, daysSinceLastVisit: count }),
  shown: z.array(shown),
  /** The page has a modal dialog of its own open. */
  busy: flag,
})

/** What became of a nudge in the recorded page, and when; until it is closed, another one has to wait. */
const nudge = line('nudge', {
  rule: text,
  phase: z.enum(['shown', 'clicked', 'dismissed', 'expired', 'missed', 'ghost']),
  /** Which action was used, counted from 0 in the order of the ruleset. */
  action: count.exactOptional(),
})

/** The shopper's own measures, by which some thresholds rise: the last samples of each, at the start and as they change. */
const own = line('own', { samples: z.record(z.string(), z.array(number)) })

/** The detectors began anew from here: another ruleset. Identities of elements begin anew as well. */
const armed = line('armed', { visible: flag, ruleset: z.int().nullable() })

/** The trace was asked for: until here nothing more happened. */
const end = line('end', {})

export const traceLine = z.discriminatedUnion('kind', [...signals, context, nudge, own, armed, end])

export const traceHeader = z.object({
  /** Version of this format. */
  trace: z.literal(1),
  /** Version of the script, or what else wrote the trace. */
  sdk: text,
  /** Wall time of `at`, epoch ms by the shopper's clock. */
  startedAt: z.number().nonnegative(),
  /** Page time at which the trace begins. */
  at: time,
  visible: flag,
  page: pageRef,
  device: z.object({ class: z.enum(['desktop', 'tablet', 'mobile']), touch: flag }),
  locale: text,
  /** Version of the ruleset in use; null: none. */
  ruleset: z.int().nullable(),
  /** Lines before `at` that were dropped: a trace keeps the newest 20,000. */
  dropped: count,
})

export type TraceSignal = z.output<typeof signal>
export type TraceContext = z.output<typeof context>
export type TraceLine = z.output<typeof traceLine>
export type TraceHeader = z.output<typeof traceHeader>
