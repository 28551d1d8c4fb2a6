import { cpus, loadavg } from 'node:os'
import type { Machine } from './report'

/** Where the figures come from: without it they are not to be compared with any others. */
export const readMachine = (browser?: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
  cores: cpus().length,
  load: loadavg()[0] ?? 0,
  node: process.versions.node,
  browser,
})
