/**
 * Puts events into the table in one transaction: through DuckDB's appender into a temporary table (fast,
 * and not in the log), from there into `events`, where an id that is known already is passed over.
 */
import { BIGINT, DuckDBDataChunk, type DuckDBConnection } from '@duckdb/node-api'
import { columns, type Column, type Received } from '../columns'
import { types } from './schema'

/** DuckDB's own vector size: a chunk cannot be longer. */
const rowsPerChunk = 2048

const valueOf =
  ({ kind, of }: Column) =>
  (received: Received) => {
    const value = of(received)
    return kind === 'whole' && typeof value === 'number' ? BigInt(value) : value
  }

export const prepareStaging = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('CREATE TEMP TABLE incoming AS SELECT * FROM events LIMIT 0')
}

const commitEvents = async (
  connection: DuckDBConnection,
  events: readonly Received[],
  first: bigint,
): Promise<void> => {
  await connection.run('BEGIN')
  try {
    const appender = await connection.createAppender('incoming')
    for (let from = 0; from < events.length; from += rowsPerChunk) {
      const rows = events.slice(from, from + rowsPerChunk)
      const chunk = DuckDBDataChunk.create([...columns.map(({ kind }) => types[kind]), BIGINT])
      chunk.setColumns([
        ...columns.map((column) => rows.map(valueOf(column))),
        rows.map((_, index) => first + BigInt(from + index)),
      ])
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
    // Planned anew each time: a prepared statement keeps what it knew of the staging table when that was empty,
    // and DuckDB 1.5 then fails on its text columns.
    await connection.run('INSERT INTO events SELECT * FROM incoming ON CONFLICT DO NOTHING')
    await connection.run('DELETE FROM incoming')
    await connection.run('COMMIT')
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {})
    throw error
  }
}

/** @returns what stores events, each behind all that were stored before it */
export const committer = async (
  connection: DuckDBConnection,
): Promise<(events: readonly Received[]) => Promise<void>> => {
  const [found] = (await connection.runAndReadAll('SELECT max(position) FROM events')).getRowsJS()
  let next = typeof found?.[0] === 'bigint' ? found[0] + 1n : 0n
  return async (events) => {
    const first = next
    next += BigInt(events.length)
    await commitEvents(connection, events, first)
  }
}
