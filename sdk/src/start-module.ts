import type { Handle } from './handle'
import type { Options } from './options'
import type { Part } from './platform/platform'
import { start as compose } from './start'

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  vitals: () => import('./parts/vitals'),
}

/**
 * Arms the page and returns the handle. The same script twice is one too many: call `stop()` before starting anew.
 * A wrong option is named on the console and left out; nothing here throws.
 */
export function start(options: Options): Handle {
  return compose(options, { load: (part) => parts[part]?.() ?? Promise.reject(Error(`no part ${part}`)) })
}
