import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { columns } from '../columns'
import { pageEvent, testTime } from '../test-events'
import { openDuckdb } from './open-duckdb'
import { types } from './schema'

let file: string

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'splitsecond-schema-')), 'events.duckdb')
})

afterEach(() => rm(join(file, '..'), { recursive: true }))

const sql = async (...statements: readonly string[]): Promise<void> => {
  const instance = await DuckDBInstance.create(file)
  const connection = await instance.connect()
  for (const one of statements) await connection.run(one)
  connection.closeSync()
  instance.closeSync()
}

const received = (seq: number) => {
  const event = pageEvent({ seq })
  return { event, line: JSON.stringify(event), receivedAt: testTime }
}

it('carries over what the first version stored, in its order, and goes on behind it', async () => {
  const old = Array.from({ length: 3000 }, (_, seq) => received(seq))
  const listed = columns.map(({ name, kind }) => `"${name}" ${types[kind].toString()}`).join(', ')
  const values = old.map((one) =>
    columns
      .map(({ of }) => of(one))
      .map((value) => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)))
      .join(', '),
  )
  await sql(
    'CREATE TABLE store (version INTEGER NOT NULL)',
    'INSERT INTO store VALUES (1)',
    `CREATE TABLE events (${listed.replace('VARCHAR', 'VARCHAR PRIMARY KEY')})`,
    `INSERT INTO events VALUES ${values.map((row) => `(${row})`).join(', ')}`,
  )
  const store = await openDuckdb(file)
  const newer = [received(3000), received(3001)]
  await store.add(newer)
  const all = await store.outbox.after(await store.outbox.reached('anyone'), 10_000)
  expect(all.map(({ id }) => id)).toEqual([...old, ...newer].map(({ event }) => event.id))
  await store.close()
})

it('refuses what a later version wrote, and leaves it as it is', async () => {
  await (await openDuckdb(file)).close()
  await sql('UPDATE store SET version = 99')
  await expect(openDuckdb(file)).rejects.toThrow(
    /cannot be opened\. It was written by another release.*version 99, this collector writes version 2/,
  )
})
