/** Events in the order of their commit, and how far each target was served. */
import type { DuckDBInstance } from '@duckdb/node-api'
import type { Committed, Outbox } from '../store'
import { queryOn, type Query } from './questions'

const after = `
  SELECT CAST(position AS DOUBLE) AS position, id, CAST("receivedAt" AS DOUBLE) AS "receivedAt", line FROM events
  WHERE events.position > $position ORDER BY events.position LIMIT $most`

export const duckdbOutbox = (instance: DuckDBInstance): Outbox => {
  const using = async <Answer>(work: (query: Query) => Promise<Answer>): Promise<Answer> => {
    const connection = await instance.connect()
    try {
      return await work(queryOn(connection))
    } finally {
      connection.closeSync()
    }
  }

  return {
    after: (position, most) =>
      using((query) => query<Committed>(after, { position: BigInt(position), most: BigInt(most) })),
    reached: (target) =>
      using(async (query) => {
        const [found] = await query<{ position: number }>(
          'SELECT CAST(position AS DOUBLE) AS position FROM forwarded WHERE target = $target',
          { target },
        )
        return found?.position ?? -1
      }),
    reach: (target, position) =>
      using(async (query) => {
        await query('INSERT OR REPLACE INTO forwarded VALUES ($target, $position)', {
          target,
          position: BigInt(position),
        })
      }),
  }
}
