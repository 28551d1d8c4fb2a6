/** What happened lately: nudges over time, and the last chains from moment to nudge. For the dashboard. */
import type { BeaconEvent } from '../../sdk/schema/event'
import type { Query, Store } from './open-store'

type Nudge = Extract<BeaconEvent, { type: 'nudge' }>
export type ChainNudge = Extract<Nudge, { phase: 'shown' | 'missed' | 'ghost' }>

export interface Bucket {
  /** Start of the span of time, epoch ms. */
  readonly at: number
  /** Nudges seen in it. */
  readonly n: number
  /** Median of their split `total`, ms. */
  readonly p50: number | null
}

export interface Chain {
  /** Name of the moment; null when its event has not arrived. */
  readonly moment: string | null
  readonly nudge: ChainNudge
  /** How it left the screen, when it has. */
  readonly end: 'clicked' | 'dismissed' | 'expired' | null
}

export interface Activity {
  /** Whether there is anything to report at all, however long ago. */
  readonly anything: boolean
  /** How long one bucket is, ms. */
  readonly step: number
  readonly series: readonly Bucket[]
  /** Newest first. */
  readonly chains: readonly Chain[]
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** Spans that a person reads off an axis without counting. */
const steps = [
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  day,
]
const mostBuckets = 60
const chainsKept = 12

const shownSince = `FROM events WHERE type = 'nudge' AND phase = 'shown' AND "at" >= $since`

const anythingSql = `
  SELECT EXISTS (FROM events WHERE "momentPhase" = 'confirmed' OR type = 'decision' OR phase = 'shown') AS anything`

const boundsSql = `SELECT min("at") AS first, max("at") AS last ${shownSince}`

const seriesSql = `
  SELECT CAST("at" // $step * $step AS DOUBLE) AS bucket, CAST(count(*) AS DOUBLE) AS n,
         round(median(total), 3) AS p50
  ${shownSince} GROUP BY bucket ORDER BY bucket`

const chainsSql = `
  WITH last AS (
    SELECT line, "at", seq, "momentId", "decisionId" FROM events
    WHERE type = 'nudge' AND phase IN ('shown', 'missed', 'ghost') AND "at" >= $since
    ORDER BY "at" DESC, seq DESC LIMIT ${chainsKept})
  SELECT line,
    (SELECT any_value(moment) FROM events WHERE type = 'moment' AND "momentId" = last."momentId") AS moment,
    (SELECT any_value(phase) FROM events
     WHERE type = 'nudge' AND phase IN ('clicked', 'dismissed', 'expired')
       AND "decisionId" = last."decisionId") AS "end"
  FROM last ORDER BY "at" DESC, seq DESC`

const readSeries = async (
  query: Query,
  since: bigint,
  now: number,
): Promise<Pick<Activity, 'step' | 'series'>> => {
  const [bounds] = await query<{ first: bigint | null; last: bigint | null }>(boundsSql, { since })
  if (bounds?.first == null || bounds.last === null) return { step: second, series: [] }
  const first = Number(bounds.first)
  const last = Math.max(Number(bounds.last), now)
  const wanted = (last - first) / mostBuckets
  const step = steps.find((one) => one >= wanted) ?? Math.ceil(wanted / day) * day
  const rows = await query<{ bucket: number; n: number; p50: number | null }>(seriesSql, {
    since,
    step: BigInt(step),
  })
  const filled = new Map(rows.map(({ bucket, n, p50 }) => [bucket, { at: bucket, n, p50 }]))
  const start = Math.floor(first / step) * step
  const series = Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, index) => {
    const at = start + index * step
    return filled.get(at) ?? { at, n: 0, p50: null }
  })
  return { step, series }
}

const readChains = async (query: Query, since: bigint): Promise<Chain[]> =>
  (await query<Omit<Chain, 'nudge'> & { line: string }>(chainsSql, { since })).map(({ line, ...rest }) => ({
    ...rest,
    // Checked against the schema when it came in.
    nudge: JSON.parse(line) as ChainNudge,
  }))

export const activity = (store: Store, since = 0, now = Date.now()): Promise<Activity> =>
  store.read(async (query) => ({
    anything: (await query<{ anything: boolean }>(anythingSql))[0]?.anything ?? false,
    ...(await readSeries(query, BigInt(since), now)),
    chains: await readChains(query, BigInt(since)),
  }))
