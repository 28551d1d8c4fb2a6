import type { Clause } from './clause'
import type { CompiledRule, Plan } from './compile'

/** By label, then by what is wanted. */
type Known = Map<string, Map<unknown, Clause>>

/**
 * The rules of a moment as they lie in memory: among thousands, most of the time goes into fetching what is asked,
 * not into asking it. Rules that ask the same share one clause, and what the fewest ask is asked first: it tells the
 * rules apart, so that of most rules one clause is fetched instead of all.
 */
export function layOut(rules: readonly CompiledRule[]): Pick<Plan, 'clauses' | 'ends'> {
  // A value that stands alone is compared more loosely than by the `$eq` that its label has as well.
  const values: Known = new Map()
  const operators: Known = new Map()
  const askedBy = new Map<Clause, number>()
  /** The first of those that ask the same; of lists and conditions every one is another. */
  const share = (clause: Clause): Clause => {
    const { label, wanted, alone } = clause.about
    const known = alone ? values : operators
    const alike = known.get(label) ?? new Map<unknown, Clause>()
    const shared = alike.get(wanted) ?? clause
    known.set(label, alike.set(wanted, shared))
    askedBy.set(shared, (askedBy.get(shared) ?? 0) + 1)
    return shared
  }
  // In place: the steps of a ladder have one list together.
  for (const list of new Set(rules.map((rule) => rule.clauses as Clause[])))
    list.forEach((clause, index) => (list[index] = share(clause)))
  const rareFirst = (one: Clause, other: Clause) => askedBy.get(one)! - askedBy.get(other)!
  const clauses: Clause[] = []
  const ends = rules.map((rule) => {
    for (const clause of [...rule.clauses].sort(rareFirst)) clauses.push(clause)
    return clauses.length
  })
  return { clauses, ends }
}
