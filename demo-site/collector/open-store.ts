/** The store that is asked for: a server where an address names one, else a file in the data directory; forwarded or not. */
import { join } from 'node:path'
import { openClickhouse } from './clickhouse/open-clickhouse'
import { openDuckdb } from './duckdb/open-duckdb'
import { forwardTo } from './forward/forward-to'
import { readTarget } from './forward/read-target'
import type { Store } from './store'

export interface StoreOptions {
  readonly dataDir: string
  /** `clickhouse://host:port/database`. @default a DuckDB file in the data directory */
  readonly store?: string | undefined
  /** `nats://host:port/subject`: what is stored is published there. @default nowhere */
  readonly forward?: string | undefined
}

export const openStore = async ({ dataDir, store: address, forward }: StoreOptions): Promise<Store> => {
  // Read before anything is opened: what is mistyped leaves nothing behind.
  const target = forward === undefined ? undefined : readTarget(forward)
  const store =
    address === undefined ? await openDuckdb(join(dataDir, 'events.duckdb')) : await openClickhouse(address)
  return target ? forwardTo(store, target) : store
}
