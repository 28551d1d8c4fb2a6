/**
 * The stored events as NDJSON, oldest first, each as it came in plus `receivedAt`. Read page by page from
 * where the last one ended, so that neither the whole store nor an open cursor waits for a slow reader.
 */
import type { Filter } from './read-filter'
import type { Place, Store, StoredLine } from './store'

const rowsPerPage = 10_000

/** The line itself is only touched at its end: what we never parse again, we cannot change. */
const withReceivedAt = ({ line, receivedAt }: StoredLine): string =>
  line.includes('"receivedAt"')
    ? JSON.stringify({ ...(JSON.parse(line) as object), receivedAt })
    : `${line.slice(0, -1)},"receivedAt":${receivedAt}}`

export const streamEvents = (store: Store, filter: Filter): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder()
  let last: Place | undefined
  return new ReadableStream({
    pull: async (controller) => {
      const rows = await store.read((questions) => questions.lines(filter, last, rowsPerPage))
      last = rows.at(-1)
      if (rows.length > 0) {
        controller.enqueue(encoder.encode(rows.map((row) => `${withReceivedAt(row)}\n`).join('')))
      }
      if (rows.length < rowsPerPage) controller.close()
    },
  })
}
