/**
 * The tables of the store, and the version that a file says it is of. The version is only ever raised, with a
 * step that carries the rows over; a file of a later version is refused rather than guessed at.
 */
import { BIGINT, DOUBLE, VARCHAR, type DuckDBConnection } from '@duckdb/node-api'
import { columns } from '../columns'

export const schemaVersion = 1

export const types = { text: VARCHAR, whole: BIGINT, real: DOUBLE }

const quoted = (name: string): string => `"${name}"`

const listed = columns
  .map(({ name, kind }) => `${quoted(name)} ${types[kind].toString()}${name === 'id' ? ' PRIMARY KEY' : ''}`)
  .join(', ')

export const createSchema = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('BEGIN')
  await connection.run('CREATE TABLE IF NOT EXISTS store (version INTEGER NOT NULL)')
  const found = (await connection.runAndReadAll('SELECT version FROM store')).getRowsJS()[0]?.[0]
  if (found === undefined) {
    await connection.run(`CREATE TABLE events (${listed})`)
    await connection.run(`INSERT INTO store VALUES (${schemaVersion})`)
  } else if (found !== schemaVersion) {
    throw new Error(
      `its schema is version ${JSON.stringify(found)}, this collector writes version ${schemaVersion}`,
    )
  }
  // Beside the events, not of them: a release that forwards nothing passes over it.
  await connection.run(
    'CREATE TABLE IF NOT EXISTS forwarded (target VARCHAR PRIMARY KEY, position BIGINT NOT NULL)',
  )
  await connection.run('COMMIT')
}
