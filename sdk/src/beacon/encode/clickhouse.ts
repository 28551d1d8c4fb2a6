import type { BeaconEvent } from '../../../schema/event'
import type { Encoder } from '../encoder'

/**
 * Straight into a table of ClickHouse through its HTTP interface, one row a line, as `text/plain`: no preflight. What
 * reports group by has a column of its own; the whole event is in the column `event`, so that nothing is lost by that.
 *
 * The server refuses a whole insert for one bad row, older ones with a 500, newer ones with a 400: either way the
 * batch is cut until the bad row stands alone.
 */
export const clickhouse: Encoder = {
  name: 'clickhouse',
  contentType: 'text/plain',
  splitsOn: [400],

  encode(events, { url, key }) {
    const address = new URL(url)
    const { searchParams: query } = address
    if (!query.has('query')) query.set('query', 'INSERT INTO splitsecond_events FORMAT JSONEachRow')
    // Without it the browser may not read the answer, and would send again what has arrived.
    query.set('add_http_cors_header', '1')
    if (key) query.set('user', key)
    return { url: address.href, body: events.map((event) => JSON.stringify(row(event))).join('\n') }
  },
}

/** A figure or text of any kind of event. */
const of = (event: BeaconEvent, name: string) => (event as Readonly<Record<string, unknown>>)[name]

const row = (event: BeaconEvent) => {
  const inner = event.type === 'moment' ? event.moment : event.type === 'decision' ? event.decision : event
  const told = inner as Readonly<Record<string, unknown>>
  const splits = of(event, 'splits') as { readonly total?: number | null } | undefined
  const channel = of(event, 'channel') as { readonly surface?: string } | undefined
  return {
    id: event.id,
    type: event.type,
    at: event.at,
    age_ms: event.ageMs,
    seq: event.seq,
    session: event.session,
    view: event.view,
    visitor: event.visitor,
    page_type: event.page.type,
    page_path: event.page.path,
    device: event.device.class,
    ruleset: event.ruleset?.version,
    moment_id: of(event, 'momentId'),
    decision_id: of(event, 'decisionId'),
    name: told['name'] ?? told['part'],
    phase: told['phase'] ?? told['verdict'],
    rule: told['rule'],
    variant: told['variant'],
    reason: told['reason'],
    surface: channel?.surface,
    fit: of(event, 'fit'),
    total_ms: splits?.total ?? undefined,
    value: of(event, 'value'),
    event: JSON.stringify(event),
  }
}
