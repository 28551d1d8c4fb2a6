/** All that is asked of DuckDB, in its SQL. What each answer means is said in `store.ts`. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { splitNames, type SplitName } from '../columns'
import type {
  ChainRow,
  ChannelCounts,
  FitCounts,
  Named,
  Questions,
  SeriesBucket,
  Spread,
  StoredLine,
} from '../store'

type Params = Record<string, DuckDBValue>

/** Runs one query; what a row looks like is what its SQL selects, so the caller states it. */
export type Query = <Row>(sql: string, params?: Params) => Promise<Row[]>

export const queryOn =
  (connection: DuckDBConnection): Query =>
  async <Row>(sql: string, params: Params = {}) =>
    (await connection.runAndReadAll(sql, params)).getRowObjectsJS() as Row[]

const percentile = (share: number, of: string): string => `quantile_cont(${of}, ${share})`
const number = (expression: string): string => `CAST(${expression} AS DOUBLE)`
const counted = (condition: string): string => number(`count(*) FILTER (${condition})`)

const since = `"at" >= $since`
const shown = `type = 'nudge' AND phase = 'shown'`
const fitCounted = `type = 'nudge' AND phase IN ('shown', 'missed')`

// One list of three percentiles: each aggregate of its own would hold all the values again.
const splits = `
  SELECT name, spread[1] AS p50, spread[2] AS p95, spread[3] AS p99, n FROM (
  SELECT name, quantile_cont(ms, [0.5, 0.95, 0.99]) AS spread, ${number('count(*)')} AS n
  FROM (UNPIVOT (SELECT ${splitNames.map((name) => `"${name}"`).join(', ')} FROM events WHERE ${shown} AND ${since})
        ON COLUMNS(*) INTO NAME name VALUE ms)
  GROUP BY name)`

const fit = `
  SELECT ${counted(`fit = 'in-moment'`)} AS "inMoment", ${counted(`fit = 'late'`)} AS late,
         ${counted(`fit = 'missed'`)} AS missed
  FROM events WHERE ${fitCounted} AND ${since}`

const moments = `
  SELECT moment AS name, ${number('count(*)')} AS n
  FROM events WHERE type = 'moment' AND "momentPhase" = 'confirmed' AND ${since}
  GROUP BY name ORDER BY n DESC, name`

// A decision to show that never came to a paint says so in its nudge; that is its last word, and counting
// both would count it twice.
const reasons = `
  WITH missed AS (
    SELECT "decisionId", min(reason) AS reason FROM events
    WHERE type = 'nudge' AND phase = 'missed' GROUP BY "decisionId")
  SELECT coalesce(missed.reason, decision.reason) AS name, ${number('count(*)')} AS n
  FROM events AS decision LEFT JOIN missed USING ("decisionId")
  WHERE decision.type = 'decision' AND decision."at" >= $since
  GROUP BY name ORDER BY n DESC, name`

const channels = `
  SELECT surface, device, "pageType", ${counted(`phase = 'shown'`)} AS n,
         ${percentile(0.5, 'total')} AS p50, ${percentile(0.95, 'total')} AS p95,
         ${counted(`fit = 'in-moment'`)} AS "inMoment", ${number('count(*)')} AS counted
  FROM events WHERE ${fitCounted} AND ${since}
  GROUP BY surface, device, "pageType" ORDER BY n DESC, surface, device, "pageType"`

const anything = `
  SELECT EXISTS (FROM events WHERE "momentPhase" = 'confirmed' OR type = 'decision' OR phase = 'shown') AS anything`

const bounds = `
  SELECT ${number('min("at")')} AS first, ${number('max("at")')} AS last FROM events WHERE ${shown} AND ${since}`

const series = `
  SELECT ${number('"at" // $step * $step')} AS bucket, ${number('count(*)')} AS n, median(total) AS p50
  FROM events WHERE ${shown} AND ${since} GROUP BY bucket ORDER BY bucket`

const chains = `
  WITH last AS (
    SELECT line, "at", seq, id, "momentId", "decisionId" FROM events
    WHERE type = 'nudge' AND phase IN ('shown', 'missed', 'ghost') AND ${since}
    ORDER BY "at" DESC, seq DESC, id DESC LIMIT $most)
  SELECT line,
    (SELECT min(moment) FROM events WHERE type = 'moment' AND "momentId" = last."momentId") AS moment,
    (SELECT min(phase) FROM events
     WHERE type = 'nudge' AND phase IN ('clicked', 'dismissed', 'expired')
       AND "decisionId" = last."decisionId") AS "end"
  FROM last ORDER BY "at" DESC, seq DESC, id DESC`

const lines: (query: Query) => Questions['lines'] = (query) => (filter, after, most) => {
  const wanted = [
    filter.type && 'type = $type',
    filter.session && 'session = $session',
    filter.since !== undefined && since,
    after && '("at", seq, id) > ($at, $seq, $id)',
  ].filter(Boolean)
  return query<StoredLine>(
    `SELECT ${number('"at"')} AS "at", ${number('seq')} AS seq, id, ${number('"receivedAt"')} AS "receivedAt", line
     FROM events ${wanted.length > 0 ? `WHERE ${wanted.join(' AND ')}` : ''}
     ORDER BY events."at", events.seq, id LIMIT ${most}`,
    {
      ...(filter.type && { type: filter.type }),
      ...(filter.session && { session: filter.session }),
      ...(filter.since !== undefined && { since: BigInt(filter.since) }),
      ...(after && { at: BigInt(after.at), seq: BigInt(after.seq), id: after.id }),
    },
  )
}

export const duckdbQuestions = (query: Query): Questions => {
  const ask = <Row>(sql: string, from: number, more: Params = {}): Promise<Row[]> =>
    query<Row>(sql, { since: BigInt(from), ...more })
  return {
    lines: lines(query),
    splits: (from) => ask<Spread & { name: SplitName }>(splits, from),
    fit: async (from) => (await ask<FitCounts>(fit, from))[0] ?? { inMoment: 0, late: 0, missed: 0 },
    moments: (from) => ask<Named>(moments, from),
    reasons: (from) => ask<Named>(reasons, from),
    channels: (from) => ask<ChannelCounts>(channels, from),
    anything: async () => (await query<{ anything: boolean }>(anything))[0]?.anything ?? false,
    bounds: async (from) => {
      const [found] = await ask<{ first: number | null; last: number | null }>(bounds, from)
      return found?.first == null || found.last === null
        ? undefined
        : { first: found.first, last: found.last }
    },
    series: async (from, step) =>
      (await ask<Omit<SeriesBucket, 'at'> & { bucket: number }>(series, from, { step: BigInt(step) })).map(
        ({ bucket, ...rest }) => ({ at: bucket, ...rest }),
      ),
    chains: (from, most) => ask<ChainRow>(chains, from, { most: BigInt(most) }),
  }
}
