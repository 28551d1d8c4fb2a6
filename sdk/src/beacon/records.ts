import { promisifyRequest } from 'idb-keyval'
import type { Store } from '../platform/platform'
import type { Kept } from './entry'

type Use = Store['use']

interface Changes {
  readonly put: readonly (readonly [key: string, value: unknown])[]
  readonly remove: readonly string[]
}

const make = (records: IDBObjectStore, { put, remove }: Changes) => {
  for (const [key, value] of put) records.put(value, key)
  for (const key of remove) records.delete(key)
}

/** Puts and deletes many records in one transaction. */
export const write = (use: Use, changes: Changes): Promise<void> =>
  use('readwrite', (records) => make(records, changes))

/**
 * Reads all records whose key begins with `prefix`, in key order, and in the same transaction puts and deletes what
 * `look` answers: no other tab comes between.
 */
export const review = (use: Use, prefix: string, look: (found: readonly Kept[]) => Changes): Promise<void> =>
  use('readwrite', async (records) => {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
    make(records, look(await promisifyRequest<Kept[]>(records.getAll(range))))
  })

/** Reads these records one by one, and in the same transaction puts what `look` answers; `undefined` leaves one. */
export const renew = (
  use: Use,
  keys: readonly string[],
  look: (found: Kept | undefined, index: number) => Kept | undefined,
): Promise<unknown> =>
  use('readwrite', (records) =>
    Promise.all(
      keys.map(async (key, index) => {
        const next = look(await promisifyRequest<Kept | undefined>(records.get(key)), index)
        if (next) records.put(next, key)
      }),
    ),
  )
