import { promisifyRequest, type UseStore } from 'idb-keyval'
import type { Kept } from './entry'

interface Changes {
  readonly put: readonly (readonly [key: string, value: unknown])[]
  readonly remove: readonly string[]
}

const make = (records: IDBObjectStore, { put, remove }: Changes) => {
  for (const [key, value] of put) records.put(value, key)
  for (const key of remove) records.delete(key)
}

/** Puts and deletes many records in one transaction. */
export const write = (use: UseStore, changes: Changes): Promise<void> =>
  use('readwrite', (records) => {
    make(records, changes)
    return promisifyRequest(records.transaction)
  })

/**
 * Reads all records whose key begins with `prefix`, in key order, and in the same transaction puts and deletes what
 * `look` answers: no other tab comes between.
 */
export const review = (
  use: UseStore,
  prefix: string,
  look: (found: readonly Kept[]) => Changes,
): Promise<void> =>
  use('readwrite', (records) => {
    const request = records.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`))
    request.onsuccess = () => make(records, look(request.result as Kept[]))
    return promisifyRequest(records.transaction)
  })

/** Reads these records one by one, and in the same transaction puts what `look` answers; `undefined` leaves one. */
export const renew = (
  use: UseStore,
  keys: readonly string[],
  look: (found: Kept | undefined, index: number) => Kept | undefined,
): Promise<void> =>
  use('readwrite', (records) => {
    keys.forEach((key, index) => {
      const request = records.get(key)
      request.onsuccess = () => {
        const next = look(request.result as Kept | undefined, index)
        if (next) records.put(next, key)
      }
    })
    return promisifyRequest(records.transaction)
  })
