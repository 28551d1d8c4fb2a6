/**
 * The value at the end of a path, `null` where there is none. Own properties only: `constructor.name` or
 * `__proto__` is no attribute of a shopper, whatever a hostile ruleset asks for.
 */
export function readPath(root: unknown, path: readonly string[]): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
