import { promisifyRequest } from 'idb-keyval'
import type { Clock } from '../time'
import type { Store } from './platform'

const database = 'splitsecond'
const objects = 'kept'
/**
 * Some engines leave an `open` unanswered, and one behind a blocked purge waits long: nothing of ours does. But a machine
 * with four times as much to do as it can do takes over two seconds (Chromium 156), and a shopper given up then would be
 * another one.
 */
const openMs = 10_000

/**
 * IndexedDB through idb-keyval, with a store of our own for two reasons: the database must not exist before
 * the first write is allowed, and a relaxed commit is enough (it survives a killed browser; only a power
 * cut is worse off) and does not make the shopper's disk wait.
 *
 * @param fault hears once that storage is blocked, full or silent
 */
export function createStore({ after }: Pick<Clock, 'after'>, fault: (error: unknown) => void): Store {
  let opened: Promise<IDBDatabase> | undefined
  const forget = () => (opened = undefined)

  const connect = () =>
    (opened ??= new Promise((resolve, reject) => {
      // `indexedDB` itself may throw when read (a sandboxed frame): that rejects, too.
      const request = indexedDB.open(database)
      const stop = after(openMs, () => reject('no answer'))
      request.onupgradeneeded = () => request.result.createObjectStore(objects)
      request.onerror = () => reject(request.error)
      request.onsuccess = () => {
        const db = request.result
        // Another tab purges, or the browser closes us: let go, and connect anew at the next use.
        db.onversionchange = db.onclose = () => {
          db.close()
          forget()
        }
        stop()
        resolve(db)
      }
    }))

  const use: Store['use'] = async (mode, act) => {
    try {
      const db = await connect()
      const transaction = db.transaction(objects, mode, { durability: 'relaxed' })
      const result = await act(transaction.objectStore(objects))
      // Left to close by itself it needs a page that runs: one that is frozen on its way into the back/forward cache
      // would hold the database, and be thrown out of the cache for it.
      transaction.commit()
      await promisifyRequest(transaction)
      return result
    } catch (error) {
      forget()
      fault(error)
      fault = () => {}
      throw error
    }
  }
  return {
    use,
    async purge() {
      // Where the engine can tell that there is none, none is made to be removed.
      const all = await indexedDB.databases?.()
      if (all && !all.some(({ name }) => name === database)) return
      // First what is in it: a frozen tab that has it open can hold up the database's end as long as it likes.
      await use('readwrite', (kept) => kept.clear())
      const db = await connect()
      db.close()
      forget()
      indexedDB.deleteDatabase(database)
    },
  }
}
