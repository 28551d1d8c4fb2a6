import { clickhouse } from '../beacon/encode/clickhouse'
import type { Kit } from './kit'

export const install = (kit: Kit) => kit.format(clickhouse)
