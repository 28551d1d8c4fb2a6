import { promisifyRequest } from 'idb-keyval'
import type { Store } from './platform'

const database = 'splitsecond'
const objects = 'kept'

/**
 * IndexedDB through idb-keyval, with a store of our own for two reasons: the database must not exist before
 * the first write is allowed, and a relaxed commit is enough (it survives a killed browser; only a power
 * cut is worse off) and does not make the shopper's disk wait.
 */
export function createStore(): Store {
  const state: { open?: Promise<IDBDatabase> | undefined } = {}

  const connect = () =>
    (state.open ??= (() => {
      const request = indexedDB.open(database)
      request.onupgradeneeded = () => request.result.createObjectStore(objects)
      const opened = promisifyRequest(request)
      opened.then(
        (db) => {
          // Another tab purges, or the browser closes us: let go, and connect anew at the next use.
          db.onversionchange = db.onclose = () => {
            db.close()
            state.open = undefined
          }
        },
        () => (state.open = undefined),
      )
      return opened
    })())

  return {
    // `indexedDB` itself may throw when read (a sandboxed frame): `async` keeps that inside the promise.
    use: async (mode, act) =>
      act((await connect()).transaction(objects, mode, { durability: 'relaxed' }).objectStore(objects)),
    async purge() {
      const db = await state.open?.catch(() => undefined)
      db?.close()
      state.open = undefined
      await promisifyRequest(indexedDB.deleteDatabase(database))
    },
  }
}
