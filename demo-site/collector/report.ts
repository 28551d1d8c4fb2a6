/**
 * The report of the contract, computed where the events are: in SQL. All of its definitions stand here.
 */
import { splitNames, type SplitName } from './columns'
import type { Query, Store } from './open-store'

export interface Percentiles {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** Nudges that the figures rest on. */
  readonly n: number
}

export interface Fit {
  readonly inMoment: number
  readonly late: number
  readonly missed: number
  /** In-moment share of all three, 0–1; null when nothing has been counted yet. */
  readonly rate: number | null
}

export interface ChannelReport {
  readonly surface: string
  readonly device: string
  readonly pageType: string
  /** Nudges seen. */
  readonly n: number
  /** Of the split `total`. */
  readonly p50: number | null
  readonly p95: number | null
  readonly fitRate: number | null
}

export interface Report {
  readonly splits: Readonly<Record<SplitName, Percentiles>>
  readonly fit: Fit
  /** Confirmed moments by name. */
  readonly moments: Readonly<Record<string, number>>
  /** Decisions by their last word. */
  readonly reasons: Readonly<Record<string, number>>
  readonly channels: readonly ChannelReport[]
}

// Splits are known to 0.1 ms; interpolating between two of them may add two digits worth keeping, and noise.
const percentile = (share: number, of: string): string => `round(quantile_cont(${of}, ${share}), 3)`
const counted = (condition: string): string => `CAST(count(*) FILTER (${condition}) AS DOUBLE)`

const shown = `type = 'nudge' AND phase = 'shown'`
const fitCounted = `type = 'nudge' AND phase IN ('shown', 'missed')`

const splitsSql = `
  SELECT name, ${percentile(0.5, 'ms')} AS p50, ${percentile(0.95, 'ms')} AS p95, ${percentile(0.99, 'ms')} AS p99,
         CAST(count(*) AS DOUBLE) AS n
  FROM (UNPIVOT (SELECT ${splitNames.map((name) => `"${name}"`).join(', ')} FROM events
                 WHERE ${shown} AND "at" >= $since)
        ON COLUMNS(*) INTO NAME name VALUE ms)
  GROUP BY name`

const fitSql = `
  SELECT ${counted(`fit = 'in-moment'`)} AS "inMoment", ${counted(`fit = 'late'`)} AS late,
         ${counted(`fit = 'missed'`)} AS missed, "inMoment" / nullif("inMoment" + late + missed, 0) AS rate
  FROM events WHERE ${fitCounted} AND "at" >= $since`

const momentsSql = `
  SELECT moment AS name, CAST(count(*) AS DOUBLE) AS n
  FROM events WHERE type = 'moment' AND "momentPhase" = 'confirmed' AND "at" >= $since
  GROUP BY name ORDER BY n DESC, name`

// A decision to show that never came to a paint says so in its nudge; that is its last word, and counting
// both would count it twice.
const reasonsSql = `
  WITH missed AS (
    SELECT "decisionId", any_value(reason) AS reason FROM events
    WHERE type = 'nudge' AND phase = 'missed' GROUP BY "decisionId")
  SELECT coalesce(missed.reason, decision.reason) AS name, CAST(count(*) AS DOUBLE) AS n
  FROM events AS decision LEFT JOIN missed USING ("decisionId")
  WHERE decision.type = 'decision' AND decision."at" >= $since
  GROUP BY name ORDER BY n DESC, name`

const channelsSql = `
  SELECT surface, device, "pageType", ${counted(`phase = 'shown'`)} AS n,
         ${percentile(0.5, 'total')} AS p50, ${percentile(0.95, 'total')} AS p95,
         ${counted(`fit = 'in-moment'`)} / count(*) AS "fitRate"
  FROM events WHERE ${fitCounted} AND "at" >= $since
  GROUP BY surface, device, "pageType" ORDER BY n DESC, surface, device, "pageType"`

interface Named {
  readonly name: string
  readonly n: number
}

const byName = (rows: readonly Named[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, n }) => [name, n]))

const none: Percentiles = { p50: null, p95: null, p99: null, n: 0 }

const readReport = async (query: Query, since: number): Promise<Report> => {
  const params = { since: BigInt(since) }
  const splits = new Map(
    (await query<Percentiles & { name: string }>(splitsSql, params)).map(({ name, ...rest }) => [name, rest]),
  )
  const [fit] = await query<Fit>(fitSql, params)
  return {
    splits: Object.fromEntries(
      splitNames.map((name) => [name, splits.get(name) ?? none]),
    ) as Report['splits'],
    fit: fit ?? { inMoment: 0, late: 0, missed: 0, rate: null },
    moments: byName(await query<Named>(momentsSql, params)),
    reasons: byName(await query<Named>(reasonsSql, params)),
    channels: await query<ChannelReport>(channelsSql, params),
  }
}

export const report = (store: Store, since = 0): Promise<Report> =>
  store.read((query) => readReport(query, since))
