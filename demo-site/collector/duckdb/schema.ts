/**
 * The tables of the store, and the version that a file says it is of. The version is only ever raised, with a
 * step that carries the rows over; a file of a later version is refused rather than guessed at.
 */
import { BIGINT, DOUBLE, VARCHAR, type DuckDBConnection } from '@duckdb/node-api'
import { columns } from '../columns'

export const schemaVersion = 2

export const types = { text: VARCHAR, whole: BIGINT, real: DOUBLE }

const quoted = (name: string): string => `"${name}"`

/** `position` comes last: the order in which events were stored, which their rows do not keep. */
const listed = [
  ...columns.map(
    ({ name, kind }) => `${quoted(name)} ${types[kind].toString()}${name === 'id' ? ' PRIMARY KEY' : ''}`,
  ),
  'position BIGINT',
].join(', ')

/** Beside the events: how far each target was served. */
const forwarded = 'CREATE TABLE forwarded (target VARCHAR PRIMARY KEY, position BIGINT NOT NULL)'

/** From the version to the next one. */
const steps: Readonly<Record<number, readonly string[]>> = {
  1: ['ALTER TABLE events ADD COLUMN position BIGINT', 'UPDATE events SET position = rowid', forwarded],
}

const raise = async (connection: DuckDBConnection, found: unknown): Promise<void> => {
  let version = found
  while (version !== schemaVersion) {
    const step = typeof version === 'number' ? steps[version] : undefined
    if (!step || typeof version !== 'number') {
      throw new Error(
        `its schema is version ${JSON.stringify(found)}, this collector writes version ${schemaVersion}`,
      )
    }
    for (const sql of step) await connection.run(sql)
    version += 1
  }
  await connection.run(`UPDATE store SET version = ${schemaVersion}`)
}

export const createSchema = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('BEGIN')
  await connection.run('CREATE TABLE IF NOT EXISTS store (version INTEGER NOT NULL)')
  const found = (await connection.runAndReadAll('SELECT version FROM store')).getRowsJS()[0]?.[0]
  if (found === undefined) {
    await connection.run(`CREATE TABLE events (${listed})`)
    await connection.run(forwarded)
    await connection.run(`INSERT INTO store VALUES (${schemaVersion})`)
  } else if (found !== schemaVersion) await raise(connection, found)
  await connection.run('COMMIT')
}
