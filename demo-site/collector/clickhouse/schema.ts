/**
 * The tables on ClickHouse. An event that comes twice is folded into one by its id, in the background and whenever
 * it is read with FINAL. The one that was stored last stays, since that is the one that was acknowledged for certain.
 */
import { columns, type Column } from '../columns'
import type { Client } from './create-client'

const types = { text: 'String', whole: 'Int64', real: 'Float64' }

const typed = ({ name, kind, always }: Column): string =>
  `${name} ${always ? types[kind] : `Nullable(${types[kind]})`}`

const events = `
  CREATE TABLE IF NOT EXISTS events (${columns.map(typed).join(', ')}, position UInt64)
  ENGINE = ReplacingMergeTree(position) ORDER BY id`

/** How far each target was served: the row that reached furthest stays. */
const forwarded = `
  CREATE TABLE IF NOT EXISTS forwarded (target String, position UInt64)
  ENGINE = ReplacingMergeTree(position) ORDER BY target`

export const createTables = async (client: Client): Promise<void> => {
  await client.run(events)
  await client.run(forwarded)
  // A table of that name may be another's, or an older release's: better told now than at the first event.
  await client.query(`SELECT ${columns.map(({ name }) => name).join(', ')}, position FROM events LIMIT 0`)
}
