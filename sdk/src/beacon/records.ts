import { promisifyRequest, type UseStore } from 'idb-keyval'

/**
 * Goes over all records whose key begins with `prefix`, in one transaction, in key order: `visit` answers what
 * becomes of each (a value to put, `null` to delete, `undefined` to leave it).
 */
export const sweep = <T>(
  use: UseStore,
  prefix: string,
  visit: (value: T) => T | null | undefined,
): Promise<void> =>
  use('readwrite', (records) => {
    const request = records.openCursor(IDBKeyRange.bound(prefix, `${prefix}\uffff`))
    request.onsuccess = () => {
      const cursor = request.result
      if (!cursor) return
      const next = visit(cursor.value as T)
      if (next === null) cursor.delete()
      else if (next !== undefined) cursor.update(next)
      cursor.continue()
    }
    return promisifyRequest(records.transaction)
  })

/** Puts and deletes many records in one transaction. */
export const write = (
  use: UseStore,
  put: readonly (readonly [key: string, value: unknown])[],
  remove: readonly string[] = [],
): Promise<void> =>
  use('readwrite', (records) => {
    for (const [key, value] of put) records.put(value, key)
    for (const key of remove) records.delete(key)
    return promisifyRequest(records.transaction)
  })
