/** The store on a ClickHouse server: for where one machine is not enough. */
import { columns, type Received } from '../columns'
import { createWriter } from '../create-writer'
import type { Committed, Outbox, Store } from '../store'
import { createClient, type Client } from './create-client'
import { clickhouseQuestions, quoted } from './questions'
import { readAddress } from './read-address'
import { createTables } from './schema'

const rowOf = (received: Received, position: number): string =>
  JSON.stringify({
    ...Object.fromEntries(columns.map(({ name, of }) => [name, of(received)])),
    position,
  })

/** A predecessor that was killed may have a commit under way still: it must not share positions with ours. */
const gap = 1_000_000

const firstPosition = async ({ query }: Client): Promise<number> =>
  ((await query<{ last: number }>('SELECT max(position) AS last FROM events'))[0]?.last ?? 0) + gap

const outboxOn = ({ query, insert }: Client): Outbox => ({
  after: (position, most) =>
    query<Committed>(
      `SELECT position, id, line, receivedAt FROM events
       WHERE position > ${position} ORDER BY position LIMIT ${most}`,
    ),
  reached: async (target) => {
    const [found] = await query<{ position: number }>(
      `SELECT position FROM forwarded FINAL WHERE target = ${quoted(target)}`,
    )
    return found?.position ?? 0
  },
  reach: (target, position) => insert('forwarded', JSON.stringify({ target, position })),
})

export const openClickhouse = async (text: string): Promise<Store> => {
  const address = readAddress(text)
  const client = createClient(address)
  try {
    await createTables(client)
  } catch (error) {
    throw explained(error, address.database)
  }
  const { insert } = client
  let next = await firstPosition(client)
  let closed: Promise<void> | undefined

  const writer = createWriter(async (events) => {
    const first = next
    // Taken even by a commit that fails: it may have arrived nevertheless.
    next += events.length
    await insert('events', events.map((one, index) => rowOf(one, first + index)).join('\n'))
  })

  return {
    add: async (events) => {
      if (closed) throw new Error('the collector is closed')
      if (events.length > 0) await writer.write(events)
    },
    read: (reading) => reading(clickhouseQuestions(client)),
    outbox: outboxOn(client),
    close: () => (closed ??= writer.idle().then(() => undefined)),
  }
}

const explained = (error: unknown, database: string): Error => {
  const found = error instanceof Error ? error.message : String(error)
  if (/Database \S+ doesn't exist/.test(found)) {
    return new Error(
      `--store: wanted a database that is there, found none of the name "${database}": make it by CREATE DATABASE ${database} (${found})`,
      { cause: error },
    )
  }
  if (/does not answer/.test(found)) {
    return new Error(`--store: wanted a ClickHouse server that answers over HTTP, found none: ${found}`, {
      cause: error,
    })
  }
  return new Error(`--store: wanted a database for the collector's tables, found trouble: ${found}`, {
    cause: error,
  })
}
