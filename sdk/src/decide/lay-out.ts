import type { Clause } from './clause'
import type { CompiledRule, Plan } from './compile'

/** What stands at a key, made where nothing does yet. */
function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
type Alike = Map<unknown, Clause>
const newAlike = (): Alike => new Map()
const newPaths = () => new Map<string, Alike>()

/**
 * The rules of a moment as they lie in memory: among thousands, most of the time goes into fetching what is asked,
 * not into asking it. Rules that ask the same share one clause, and what the fewest ask is asked first: it tells the
 * rules apart, so that of most rules one clause is fetched instead of all. Where that one asks for a text (who the shopper
 * is, what page this is: it mostly does) the text stands apart, and not even the clause is fetched.
 */
export function layOut(
  rules: readonly CompiledRule[],
): Pick<Plan, 'clauses' | 'ends' | 'texts' | 'textSlots'> {
  const known = new Map<string, Map<string, Alike>>()
  const askedBy = new Map<Clause, number>()
  /** The first of those that ask the same; of lists and conditions every one is another. */
  const share = (clause: Clause): Clause => {
    const { path, operator, wanted } = clause.about
    const alike = at(at(known, operator, newPaths), path, newAlike)
    const shared = at(alike, wanted, () => clause)
    askedBy.set(shared, (askedBy.get(shared) ?? 0) + 1)
    return shared
  }
  // In place: the steps of a ladder have one list together.
  for (const list of new Set(rules.map((rule) => rule.clauses as Clause[])))
    list.forEach((clause, index) => (list[index] = share(clause)))
  const rarer = (one: Clause, other: Clause) => (askedBy.get(other)! < askedBy.get(one)! ? other : one)
  const clauses: Clause[] = []
  const texts: (string | undefined)[] = []
  const textSlots: number[] = []
  const ends = rules.map((rule) => {
    const all = rule.clauses
    const first = all.length ? all.reduce(rarer) : undefined
    texts.push(first?.about.isText ? (first.about.wanted as string) : undefined)
    textSlots.push(first?.slot ?? -1)
    if (first) clauses.push(first)
    for (const clause of all) if (clause !== first) clauses.push(clause)
    return clauses.length
  })
  return { clauses, ends, texts, textSlots }
}
