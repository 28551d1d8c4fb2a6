/**
 * Puts events into the table in one transaction: through DuckDB's appender into a temporary table (fast,
 * and not in the log), from there into `events`, where an id that is known already is passed over.
 */
import { DuckDBDataChunk, type DuckDBConnection } from '@duckdb/node-api'
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

export const commitEvents = async (
  connection: DuckDBConnection,
  events: readonly Received[],
): Promise<void> => {
  await connection.run('BEGIN')
  try {
    const appender = await connection.createAppender('incoming')
    for (let from = 0; from < events.length; from += rowsPerChunk) {
      const rows = events.slice(from, from + rowsPerChunk)
      const chunk = DuckDBDataChunk.create(columns.map(({ kind }) => types[kind]))
      chunk.setColumns(columns.map((column) => rows.map(valueOf(column))))
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
