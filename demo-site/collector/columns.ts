/**
 * The columns of the store: what reports and filters ask for, typed, and beside them the event as it came.
 * One list says each column's name, its type and where its value comes from; table, rows and reports all
 * follow it. A change here is a new schema version (see `schema.ts`).
 */
import { BIGINT, DOUBLE, VARCHAR, type DuckDBType } from '@duckdb/node-api'
import type { BeaconEvent, Splits } from '../../sdk/schema/event'

/** An event that passed, with its line as it came in. */
export interface Received {
  readonly event: BeaconEvent
  readonly line: string
  /** Epoch ms by the collector's clock. */
  readonly receivedAt: number
}

interface Column {
  readonly name: string
  readonly type: DuckDBType
  readonly of: (received: Received) => string | number | bigint | null
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

const text = (name: string, of: (event: BeaconEvent) => string | null | undefined): Column => ({
  name,
  type: VARCHAR,
  of: ({ event }) => of(event) ?? null,
})

const ofNudge = (name: string, of: (nudge: Nudge) => string | null): Column =>
  text(name, (event) => (event.type === 'nudge' ? of(event) : null))

const split = (name: SplitName): Column => ({
  name,
  type: DOUBLE,
  of: ({ event }) =>
    event.type === 'nudge' && (event.phase === 'shown' || event.phase === 'ghost')
      ? event.splits[name]
      : null,
})

const chainOf = (event: BeaconEvent): { momentId?: string; decisionId?: string } =>
  event.type === 'moment' || event.type === 'decision' || event.type === 'nudge' ? event : {}

export const columns: readonly Column[] = [
  // In one spelling, so that the key deduplicates whichever case a script writes its hex digits in.
  text('id', (event) => event.id.toLowerCase()),
  text('type', (event) => event.type),
  { name: 'at', type: BIGINT, of: ({ event }) => BigInt(event.at) },
  { name: 'seq', type: BIGINT, of: ({ event }) => BigInt(event.seq) },
  { name: 'receivedAt', type: BIGINT, of: ({ receivedAt }) => BigInt(receivedAt) },
  text('session', (event) => event.session),
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
  { name: 'line', type: VARCHAR, of: ({ line }) => line },
]
