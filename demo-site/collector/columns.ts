/**
 * The columns of the store: what reports and filters ask for, typed, and beside them the event as it came.
 * One list says each column's name, its type and where its value comes from; table, rows and reports all
 * follow it, each store in its own types. A change here is a new schema version (see `duckdb/schema.ts`).
 */
import type { BeaconEvent, Splits } from '../../sdk/schema/event'

/** An event that passed, with its line as it came in. */
export interface Received {
  readonly event: BeaconEvent
  readonly line: string
  /** Epoch ms by the collector's clock. */
  readonly receivedAt: number
}

export interface Column {
  readonly name: string
  readonly kind: 'text' | 'whole' | 'real'
  /** Whether every event has a value there. */
  readonly always?: true
  readonly of: (received: Received) => string | number | null
}

/** Every split that is a span of time, in the order in which they happen; sums last. */
export const splitNames = [
  'wait',
  'capture',
  'detect',
  'profile',
  'decide',
  'mount',
  'paint',
  'signalToDecision',
  'decisionToAction',
  'actionToCustomer',
  'total',
] as const satisfies readonly (keyof Splits)[]

export type SplitName = (typeof splitNames)[number]

type Nudge = Extract<BeaconEvent, { type: 'nudge' }>

/** A half of a surrogate pair is no character that a store could keep; the event's own line has it escaped. */
const text = (name: string, of: (event: BeaconEvent) => string | null | undefined): Column => ({
  name,
  kind: 'text',
  of: ({ event }) => of(event)?.replace(/\p{Surrogate}/gu, '\uFFFD') ?? null,
})

const always = (column: Column): Column => ({ ...column, always: true })

const whole = (name: string, of: (received: Received) => number): Column =>
  always({ name, kind: 'whole', of })

const ofNudge = (name: string, of: (nudge: Nudge) => string | null): Column =>
  text(name, (event) => (event.type === 'nudge' ? of(event) : null))

const split = (name: SplitName): Column => ({
  name,
  kind: 'real',
  of: ({ event }) =>
    event.type === 'nudge' && (event.phase === 'shown' || event.phase === 'ghost')
      ? event.splits[name]
      : null,
})

const chainOf = (event: BeaconEvent): { momentId?: string; decisionId?: string } =>
  event.type === 'moment' || event.type === 'decision' || event.type === 'nudge' ? event : {}

export const columns: readonly Column[] = [
  // In one spelling, so that the key deduplicates whichever case a script writes its hex digits in.
  always(text('id', (event) => event.id.toLowerCase())),
  always(text('type', (event) => event.type)),
  whole('at', ({ event }) => event.at),
  whole('seq', ({ event }) => event.seq),
  whole('receivedAt', ({ receivedAt }) => receivedAt),
  always(text('session', (event) => event.session)),
  text('momentId', (event) => chainOf(event).momentId),
  text('decisionId', (event) => chainOf(event).decisionId),
  text('moment', (event) => (event.type === 'moment' ? event.moment.name : null)),
  text('momentPhase', (event) => (event.type === 'moment' ? event.moment.phase : null)),
  text('verdict', (event) => (event.type === 'decision' ? event.decision.verdict : null)),
  text('reason', (event) => {
    if (event.type === 'decision') return event.decision.reason
    return event.type === 'nudge' && event.phase === 'missed' ? event.reason : null
  }),
  ofNudge('rule', (nudge) => nudge.rule),
  ofNudge('phase', (nudge) => nudge.phase),
  ofNudge('fit', (nudge) => (nudge.phase === 'shown' || nudge.phase === 'missed' ? nudge.fit : null)),
  ofNudge('surface', (nudge) => nudge.channel.surface),
  ofNudge('device', (nudge) => nudge.channel.device),
  ofNudge('pageType', (nudge) => nudge.channel.pageType),
  ...splitNames.map(split),
  { name: 'line', kind: 'text', always: true, of: ({ line }) => line },
]
