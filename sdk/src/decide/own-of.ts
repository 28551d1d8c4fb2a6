import { bare } from '../bare'

/**
 * A ruleset of which only what it says itself can be read. A page whose objects all inherit something (prototype pollution;
 * some old libraries do it on purpose) would else give every rule a condition, or an end, that its shop never wrote. Only
 * there is it copied: elsewhere that would be a third of all loading.
 */
export function ownOf(given: unknown): unknown {
  const inherited: string[] = []
  // eslint-disable-next-line guard-for-in -- what is inherited is what is asked for
  for (const name in {}) inherited.push(name)
  return inherited.length ? copy(given) : given
}

/** Deeper than any ruleset is it is left as it is: what is checked next refuses it. */
const copy = (it: unknown, levels = 40): unknown => {
  if (!(it instanceof Object) || !levels) return it
  if (Array.isArray(it)) return it.map((value) => copy(value, levels - 1))
  return bare(Object.fromEntries(Object.entries(it).map(([key, value]) => [key, copy(value, levels - 1)])))
}
