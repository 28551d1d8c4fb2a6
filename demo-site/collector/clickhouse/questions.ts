/**
 * All that is asked of ClickHouse, in its SQL (that of 18.16 on: no window functions, no query parameters). What each
 * answer means is said in `store.ts`. FINAL everywhere: an event that came twice counts once.
 */
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
import type { Client } from './create-client'

export const quoted = (text: string): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`

/** Exact, and interpolated: ClickHouse's own quantiles are the one or the other. NULLs are left out. */
const percentile = (share: number, of: string): string => {
  const sorted = `arraySort(groupArray(${of}))`
  const place = `((length(${sorted}) - 1) * ${share})`
  const at = (rounding: string) => `${sorted}[toUInt64(${rounding}(${place})) + 1]`
  return `if(count(${of}) = 0, NULL,
    ${at('floor')} + (${at('ceil')} - ${at('floor')}) * (${place} - floor(${place})))`
}

/** Of no rows at all, a condition on what may be NULL counts to NULL here. */
const counted = (condition: string): string => `countIf(ifNull(${condition}, 0))`

const shown = `type = 'nudge' AND phase = 'shown'`
const fitCounted = `type = 'nudge' AND phase IN ('shown', 'missed')`
const events = 'FROM events FINAL WHERE'

const splits = (since: number) => `
  SELECT name, ${percentile(0.5, 'ms')} AS p50, ${percentile(0.95, 'ms')} AS p95, ${percentile(0.99, 'ms')} AS p99,
         count(ms) AS n
  FROM (SELECT [${splitNames.map((name) => `'${name}'`).join(', ')}] AS names, [${splitNames.join(', ')}] AS spans
        ${events} ${shown} AND at >= ${since})
  ARRAY JOIN names AS name, spans AS ms
  GROUP BY name`

const fit = (since: number) => `
  SELECT ${counted(`fit = 'in-moment'`)} AS inMoment, ${counted(`fit = 'late'`)} AS late, ${counted(`fit = 'missed'`)} AS missed
  ${events} ${fitCounted} AND at >= ${since}`

const moments = (since: number) => `
  SELECT moment AS name, count() AS n
  ${events} type = 'moment' AND momentPhase = 'confirmed' AND at >= ${since}
  GROUP BY name ORDER BY n DESC, name`

// A decision to show that never came to a paint says so in its nudge; that is its last word, and counting
// both would count it twice.
const reasons = (since: number) => `
  SELECT coalesce(missedReason, decidedReason) AS name, count() AS n
  FROM (SELECT decisionId, reason AS decidedReason ${events} type = 'decision' AND at >= ${since})
  ANY LEFT JOIN (SELECT decisionId, min(reason) AS missedReason
                 ${events} type = 'nudge' AND phase = 'missed' GROUP BY decisionId)
  USING decisionId
  GROUP BY name ORDER BY n DESC, name`

const channels = (since: number) => `
  SELECT surface, device, pageType, ${counted(`phase = 'shown'`)} AS n,
         ${percentile(0.5, 'total')} AS p50, ${percentile(0.95, 'total')} AS p95,
         ${counted(`fit = 'in-moment'`)} AS inMoment, count() AS counted
  ${events} ${fitCounted} AND at >= ${since}
  GROUP BY surface, device, pageType ORDER BY n DESC, surface, device, pageType`

const anything = `
  SELECT 1 AS found FROM events WHERE momentPhase = 'confirmed' OR type = 'decision' OR phase = 'shown' LIMIT 1`

const bounds = (since: number) => `
  SELECT min(at) AS first, max(at) AS last, count() AS n FROM events WHERE ${shown} AND at >= ${since}`

const series = (since: number, step: number) => `
  SELECT intDiv(at, ${step}) * ${step} AS bucket, count() AS n, ${percentile(0.5, 'total')} AS p50
  ${events} ${shown} AND at >= ${since} GROUP BY bucket ORDER BY bucket`

const chains = (since: number, most: number) => `
  SELECT line, momentId, decisionId
  ${events} type = 'nudge' AND phase IN ('shown', 'missed', 'ghost') AND at >= ${since}
  ORDER BY at DESC, seq DESC, id DESC LIMIT ${most}`

const lines = (filter: Parameters<Questions['lines']>[0], after: Parameters<Questions['lines']>[1]) => {
  const wanted = [
    '1',
    filter.type && `type = ${quoted(filter.type)}`,
    filter.session && `session = ${quoted(filter.session)}`,
    filter.since !== undefined && `at >= ${filter.since}`,
    after && `(at, seq, id) > (${after.at}, ${after.seq}, ${quoted(after.id)})`,
  ].filter(Boolean)
  return `SELECT at, seq, id, receivedAt, line ${events} ${wanted.join(' AND ')} ORDER BY at, seq, id`
}

export const clickhouseQuestions = ({ query }: Client): Questions => {
  /** One value for each of the ids. */
  const lookUp = async (sql: string, ids: readonly string[]): Promise<Map<string, string>> => {
    if (ids.length === 0) return new Map()
    const rows = await query<{ id: string; value: string }>(
      `${sql} IN (${ids.map(quoted).join(', ')}) GROUP BY id`,
    )
    return new Map(rows.map(({ id, value }) => [id, value]))
  }

  const readChains = async (since: number, most: number): Promise<ChainRow[]> => {
    const rows = await query<{ line: string; momentId: string; decisionId: string }>(chains(since, most))
    const momentsOf = `SELECT momentId AS id, min(moment) AS value FROM events WHERE type = 'moment' AND momentId`
    const endsOf = `SELECT decisionId AS id, min(phase) AS value FROM events
      WHERE type = 'nudge' AND phase IN ('clicked', 'dismissed', 'expired') AND decisionId`
    const named = await lookUp(
      momentsOf,
      rows.map(({ momentId }) => momentId),
    )
    const ended = await lookUp(
      endsOf,
      rows.map(({ decisionId }) => decisionId),
    )
    return rows.map(({ line, momentId, decisionId }) => ({
      line,
      moment: named.get(momentId) ?? null,
      end: (ended.get(decisionId) ?? null) as ChainRow['end'],
    }))
  }

  return {
    lines: (filter, after, most) => query<StoredLine>(`${lines(filter, after)} LIMIT ${most}`),
    splits: (since) => query<Spread & { name: SplitName }>(splits(since)),
    fit: async (since) => (await query<FitCounts>(fit(since)))[0] ?? { inMoment: 0, late: 0, missed: 0 },
    moments: (since) => query<Named>(moments(since)),
    reasons: (since) => query<Named>(reasons(since)),
    channels: (since) => query<ChannelCounts>(channels(since)),
    anything: async () => (await query(anything)).length > 0,
    bounds: async (since) => {
      const [found] = await query<{ first: number; last: number; n: number }>(bounds(since))
      return found && found.n > 0 ? { first: found.first, last: found.last } : undefined
    },
    series: async (since, step) =>
      (await query<Omit<SeriesBucket, 'at'> & { bucket: number }>(series(since, step))).map(
        ({ bucket, ...rest }) => ({ at: bucket, ...rest }),
      ),
    chains: readChains,
  }
}
