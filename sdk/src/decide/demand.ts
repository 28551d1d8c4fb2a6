/** Keys and indexes from the root to a place. */
export type Path = readonly (string | number)[]

/** What is wrong with a ruleset. The message names the place, what was wanted there and what was found. */
export interface Fault extends Error {
  /** `rules[3].limits.perVisitor` */
  readonly path: string
  readonly keys: Path
}

/** Throws a `Fault` unless the value is as wanted. */
export type Check = (value: unknown, path: Path) => void

export function demand(fits: unknown, wanted: string, found: unknown, keys: Path): void {
  if (fits) return
  const path = keys.reduce<string>(
    (text, key) =>
      text + (typeof key === 'number' ? `[${key}]` : text && '.') + (typeof key === 'number' ? '' : key),
    '',
  )
  // An object or a list is named, not shown: a log line must not carry a whole ruleset.
  const shown = found instanceof Object ? 'an object or a list' : JSON.stringify(found)?.slice(0, 60)
  throw Object.assign(new Error(`${path || 'ruleset'}: wanted ${wanted}, found ${shown}`), {
    path,
    keys: [...keys],
  })
}

export const is =
  (wanted: string, test: (value: never) => unknown): Check =>
  (value, path) =>
    demand(test(value as never), wanted, value, path)

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const anObject = is('an object', isRecord)
/** An object of any keys but the one that is no key at all: it would be a prototype wherever it is copied. */
export const aMap = is('an object without __proto__', (it) => isRecord(it) && !Object.hasOwn(it, '__proto__'))
export const aList = is('a list', Array.isArray)
export const aText = is('text', (value) => typeof value === 'string')
export const aFlag = is('true or false', (value) => typeof value === 'boolean')
