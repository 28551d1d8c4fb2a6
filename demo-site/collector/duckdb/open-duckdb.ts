/** The store in one DuckDB file: events go in through one writer, answers come out of SQL. */
import type { Received } from '../columns'
import { createWriter } from '../create-writer'
import type { Questions, Store } from '../store'
import { committer, prepareStaging } from './commit-events'
import { openDatabase } from './open-database'
import { duckdbOutbox } from './outbox'
import { duckdbQuestions, queryOn } from './questions'

export const openDuckdb = async (file: string): Promise<Store> => {
  const database = await openDatabase(file)
  const writing = await database.instance.connect()
  await prepareStaging(writing)
  const writer = createWriter(await committer(writing))
  const outbox = duckdbOutbox(database.instance)
  const readings = new Set<Promise<unknown>>()
  let closed: Promise<void> | undefined

  /** All questions of one reading see the same state of the store. */
  const read = async <Answer>(reading: (questions: Questions) => Promise<Answer>): Promise<Answer> => {
    const connection = await database.instance.connect()
    try {
      await connection.run('BEGIN TRANSACTION READ ONLY')
      return await reading(duckdbQuestions(queryOn(connection)))
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

  const whileOpen = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (closed) throw new Error('the collector is closed')
    const running = work()
    readings.add(running)
    try {
      return await running
    } finally {
      readings.delete(running)
    }
  }

  return {
    add: async (events: readonly Received[]) => {
      if (closed) throw new Error('the collector is closed')
      if (events.length > 0) await writer.write(events)
    },
    read: (reading) => whileOpen(() => read(reading)),
    outbox: {
      after: (position, most) => whileOpen(() => outbox.after(position, most)),
      reached: (target) => whileOpen(() => outbox.reached(target)),
      reach: (target, position) => whileOpen(() => outbox.reach(target, position)),
    },
    close: () => (closed ??= close()),
  }
}
