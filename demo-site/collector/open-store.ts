/** The store: events go in through one writer, answers come out of SQL. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import type { Received } from './columns'
import { commitEvents, prepareStaging } from './commit-events'
import { createWriter } from './create-writer'
import { openDatabase } from './open-database'

export type Params = Record<string, DuckDBValue>

/** Runs one query; what a row looks like is what its SQL selects, so the caller states it. */
export type Query = <Row>(sql: string, params?: Params) => Promise<Row[]>

export interface Store {
  /** Resolves when the events are on disk and would survive this process being killed. */
  add(events: readonly Received[]): Promise<void>
  /** All queries of one reading see the same state of the store. */
  read<Answer>(reading: (query: Query) => Promise<Answer>): Promise<Answer>
  close(): Promise<void>
}

const queryOn =
  (connection: DuckDBConnection): Query =>
  async <Row>(sql: string, params: Params = {}) =>
    (await connection.runAndReadAll(sql, params)).getRowObjectsJS() as Row[]

export const openStore = async (file: string): Promise<Store> => {
  const database = await openDatabase(file)
  const writing = await database.instance.connect()
  await prepareStaging(writing)
  const writer = createWriter((events) => commitEvents(writing, events))
  const readings = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined

  const read = async <Answer>(reading: (query: Query) => Promise<Answer>): Promise<Answer> => {
    const connection = await database.instance.connect()
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY')
      return await reading(queryOn(connection))
    } finally {
      connection.closeSync()
    }
  }

  const close = async (): Promise<void> => {
    await writer.idle()
    await Promise.allSettled(readings)
    try {
      // Brings the log into the file, so that one file is all there is to copy or to move.
      await writing.run('CHECKPOINT')
    } finally {
      writing.closeSync()
      database.close()
    }
  }

  const refuseWhenClosed = (): void => {
    if (closed) throw new Error('the collector is closed')
  }

  return {
    add: async (events) => {
      refuseWhenClosed()
      if (events.length > 0) await writer.write(events)
    },
    read: async (reading) => {
      refuseWhenClosed()
      const running = read(reading)
      readings.add(running)
      try {
        return await running
      } finally {
        readings.delete(running)
      }
    },
    close: () => (closed ??= close()),
  }
}
