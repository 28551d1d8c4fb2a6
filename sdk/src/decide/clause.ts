/**
 * The logic of conditions. Where a value is missing a clause is worth ½: cannot be known. "And" is the
 * least, "or" the greatest, "not" is 1 − x (Kleene's logic): the ½ spreads only as far as it matters.
 */

/** 0 no, 1 yes, ½ cannot be known. A boolean counts as the number it is. */
export type Truth = number
export type Test = (value: unknown) => Truth | boolean

const UNKNOWN: Truth = 0.5

export interface Clause {
  /** Index into the values; -1: all of them (a group). */
  readonly slot: number
  /** Without a value it cannot be known. Only in rules, and not where absence is what it asks about. */
  readonly needsValue: boolean
  readonly test: Test
  /** For explaining it; apart, so that what is asked in the hot path is small. */
  readonly about: {
    /** `cart.total`; empty: a group's. */
    readonly path: string
    /** `$gte`, `$or`; empty where a value stands alone, which is compared more loosely than by `$eq`. */
    readonly operator: string
    readonly wanted: unknown
    /** It asks for this very text: any other is a no. */
    readonly isText: boolean
    /** The conditions of a group. */
    readonly inner: readonly Clause[]
  }
}

/** Kleene's "or". */
export const some = <Item>(items: readonly Item[], test: (item: Item) => Truth | boolean): Truth =>
  items.reduce((truth, item) => Math.max(truth, +test(item)), 0)

export function clauseTruth(clause: Clause, values: readonly unknown[]): Truth {
  const value = clause.slot < 0 ? values : values[clause.slot]
  if (clause.needsValue && value == null) return UNKNOWN
  try {
    return +clause.test(value)
  } catch {
    // A value that will not be compared: one whose `toString` is no function, say.
    return 0
  }
}

/** Kleene's "and". The hot path of the room: no closure, no allocation. */
export function everyTruth(clauses: readonly Clause[], values: readonly unknown[]): Truth {
  let truth = 1
  for (let i = 0; truth && i < clauses.length; i++) truth = Math.min(truth, clauseTruth(clauses[i]!, values))
  return truth
}
