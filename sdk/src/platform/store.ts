import { get, promisifyRequest, set, update, type UseStore } from 'idb-keyval'
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

  const use: UseStore = (mode, act) =>
    connect().then((db) => act(db.transaction(objects, mode, { durability: 'relaxed' }).objectStore(objects)))

  // `indexedDB` itself may throw when read (a sandboxed frame): keep that inside the promise.
  return {
    get: async (key) => get(key, use),
    set: async (key, value) => set(key, value, use),
    update: async (key, change) => update(key, change, use),
    sweep: async (prefix, visit) =>
      use('readwrite', (records) => {
        const request = records.openCursor(IDBKeyRange.bound(prefix, `${prefix}\uffff`))
        request.onsuccess = () => {
          const cursor = request.result
          if (!cursor) return
          const next: unknown = visit(cursor.value as never, cursor.key as string)
          if (next === null) cursor.delete()
          else if (next !== undefined) cursor.update(next)
          cursor.continue()
        }
        return promisifyRequest(records.transaction)
      }),
    write: async (put, remove = []) =>
      use('readwrite', (records) => {
        for (const [key, value] of put) records.put(value, key)
        for (const key of remove) records.delete(key)
        return promisifyRequest(records.transaction)
      }),
    async purge() {
      const db = await state.open?.catch(() => undefined)
      db?.close()
      state.open = undefined
      await promisifyRequest(indexedDB.deleteDatabase(database))
    },
  }
}
