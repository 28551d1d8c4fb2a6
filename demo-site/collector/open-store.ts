/** The store that is asked for: a server where an address names one, else a file in the data directory. */
import { join } from 'node:path'
import { openClickhouse } from './clickhouse/open-clickhouse'
import { openDuckdb } from './duckdb/open-duckdb'
import type { Store } from './store'

export interface StoreOptions {
  readonly dataDir: string
  /** `clickhouse://host:port/database`. @default a DuckDB file in the data directory */
  readonly store?: string | undefined
}

export const openStore = ({ dataDir, store }: StoreOptions): Promise<Store> =>
  store === undefined ? openDuckdb(join(dataDir, 'events.duckdb')) : openClickhouse(store)
