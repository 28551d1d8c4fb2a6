/**
 * The stored events as NDJSON, oldest first, each as it came in plus `receivedAt`. Read page by page from
 * where the last one ended, so that neither the whole store nor an open cursor waits for a slow reader.
 */
import type { Query, Store } from './open-store'
import type { Filter } from './read-filter'

interface Row {
  readonly at: bigint
  readonly seq: bigint
  readonly id: string
  readonly receivedAt: bigint
  readonly line: string
}

type Place = Pick<Row, 'at' | 'seq' | 'id'>

const rowsPerPage = 10_000

/** The line itself is only touched at its end: what we never parse again, we cannot change. */
const withReceivedAt = ({ line, receivedAt }: Row): string =>
  line.includes('"receivedAt"')
    ? JSON.stringify({ ...(JSON.parse(line) as object), receivedAt: Number(receivedAt) })
    : `${line.slice(0, -1)},"receivedAt":${receivedAt}}`

const nextPage = (query: Query, filter: Filter, after: Place | undefined): Promise<Row[]> => {
  const wanted = [
    filter.type && 'type = $type',
    filter.session && 'session = $session',
    filter.since !== undefined && '"at" >= $since',
    after && '("at", seq, id) > ($at, $seq, $id)',
  ].filter(Boolean)
  return query<Row>(
    `SELECT "at", seq, id, "receivedAt", line FROM events
     ${wanted.length > 0 ? `WHERE ${wanted.join(' AND ')}` : ''}
     ORDER BY "at", seq, id LIMIT ${rowsPerPage}`,
    {
      ...(filter.type && { type: filter.type }),
      ...(filter.session && { session: filter.session }),
      ...(filter.since !== undefined && { since: BigInt(filter.since) }),
      ...(after && { at: after.at, seq: after.seq, id: after.id }),
    },
  )
}

export const streamEvents = (store: Store, filter: Filter): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  let last: Place | undefined
  return new ReadableStream({
    pull: async (controller) => {
      const rows = await store.read((query) => nextPage(query, filter, last))
      last = rows.at(-1)
      if (rows.length > 0) {
        controller.enqueue(encoder.encode(rows.map((row) => `${withReceivedAt(row)}\n`).join('')))
      }
      if (rows.length < rowsPerPage) controller.close()
    },
  })
}
