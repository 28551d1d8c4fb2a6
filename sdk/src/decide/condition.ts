/**
 * Conditions: GrowthBook's language (Mongo-style), compiled to closures.
 *
 * A condition becomes a list of clauses that must all hold. Each looks at one slot of an array in which
 * the attributes were laid out beforehand: a path that a hundred rules name is walked once.
 *
 * Outside a rule the answer is yes or no, as with GrowthBook, where a missing attribute is `null` and
 * `null < 5` holds. In a rule that would show a discount to everybody whose cart is not known yet, so
 * there a clause without its value is worth ½: cannot be known. "And" is the least, "or" the greatest,
 * "not" is 1 − x (Kleene's logic): the ½ spreads only as far as it matters.
 */
import type { Condition, Groups } from '../../schema/ruleset'
import { patternBudget, type Budget } from './bounded-pattern'
import { everyTruth, some, type Clause, type Test, type Truth } from './clause'
import { aList, aMap, anObject, aText, demand, isRecord, type Check, type Path } from './demand'
import { among, never, operators } from './operators'
import { readPath } from './read-path'

/** The members of a group. */
type Members = (group: string) => ReadonlySet<unknown> | undefined

/** What is compiled with. */
export interface Scope {
  readonly members: Members
  readonly patterns: Budget
  /** In a rule what is wrong throws a `Fault`; outside it just never holds, as with GrowthBook. */
  readonly inRule: boolean
  /** Each attribute asked for, and its slot. Filled by compiling. */
  readonly slots: Map<string, number>
}

/** Real conditions are three or four levels deep; beyond this someone wants to exhaust the stack. */
const MAX_DEPTH = 32

const LANGUAGE = 'an operator of the condition language'

/** An object whose keys are all operators asks about the value; any other is the value that is wanted. */
function isQuestion(wanted: unknown): wanted is Record<string, unknown> {
  const keys = isRecord(wanted) ? Object.keys(wanted) : []
  return keys.length > 0 && keys.every((key) => key[0] === '$')
}

/** Equality as loose as GrowthBook's: by the type of what is wanted. */
function equals(wanted: unknown, anyCase?: boolean): Test {
  if (anyCase && typeof wanted === 'string') {
    return (value) => String(value).toLowerCase() === wanted.toLowerCase()
  }
  if (typeof wanted === 'string')
    return (value) => (typeof value === 'string' ? value : value + '') === wanted
  if (typeof wanted === 'number') return (value) => (value as number) * 1 === wanted
  if (typeof wanted === 'boolean') return (value) => value !== null && !!value === wanted
  // Not by its text: that of NaN is `null` too.
  if (wanted === null) return (value) => value === null
  const text = JSON.stringify(wanted)
  return (value) => JSON.stringify(value) === text
}

type Make = (operand: never, scope: Scope, path: Path) => Test

const all =
  (anyCase: boolean): Make =>
  (operand: readonly unknown[], scope, path) => {
    if (!Array.isArray(operand)) return never
    const tests = operand.map((one, index) => valueTest(one, scope, path.concat(index), anyCase))
    return (value) => Array.isArray(value) && 1 - some(tests, (test) => 1 - some(value, test))
  }

const group =
  (is: boolean): Make =>
  (name: string, { members }) => {
    const set = members(name)
    return set ? among(is, (value) => set.has(value)) : never
  }

export const scopeOf = (groups: Groups | undefined, inRule = false): Scope => ({
  members: membersOf(groups),
  patterns: patternBudget(),
  inRule,
  slots: new Map(),
})

/**
 * The groups as sets, each made once: a thousand rules may name the same large one. A group that nobody has defined
 * has no members.
 */
function membersOf(groups: Groups = {}): Members {
  const sets = new Map<string, ReadonlySet<unknown>>()
  return (name) => {
    const list = Object.hasOwn(groups, name) ? groups[name] : []
    if (!sets.has(name) && Array.isArray(list)) sets.set(name, new Set(list))
    return sets.get(name)
  }
}

/** Asks something of what the nested question says. */
const nest =
  (use: (test: (value: unknown) => Truth) => Test): Make =>
  (operand, scope, keys) =>
    use(valueTest(operand, scope, keys))

const anything: Check = () => {}

/** The operators that hold conditions themselves, or need the ruleset's groups. */
const nesting: Readonly<Record<string, readonly [operand: Check, make: Make]>> = {
  $not: [anything, nest((test) => (value) => 1 - test(value))],
  $size: [anything, nest((test) => (value) => Array.isArray(value) && test(value.length))],
  $elemMatch: [
    anObject,
    (operand, scope, keys) => {
      const test = (isQuestion(operand) ? valueTest : conditionTest)(operand, scope, keys)
      return (value) => Array.isArray(value) && some(value, (item) => item != null && test(item))
    },
  ],
  $all: [aList, all(false)],
  $alli: [aList, all(true)],
  $inGroup: [aText, group(true)],
  $notInGroup: [aText, group(false)],
}

const table: Readonly<Record<string, readonly [Check, Make]>> = { ...operators, ...nesting }

/** All words of the language that begin with `$`. */
export const conditionOperators: readonly string[] = [...Object.keys(table), '$and', '$or', '$nor']

function operatorTest(operator: string, operand: unknown, scope: Scope, path: Path): Test {
  const [check, make] = Object.hasOwn(table, operator) ? table[operator]! : []
  if (!check || !make) {
    if (scope.inRule) demand(false, LANGUAGE, operator, path)
    return never
  }
  if (scope.inRule) check(operand, path)
  const test = make(operand as never, scope, path)
  if (scope.inRule) demand(test !== never, 'a pattern with bounded steps', operand, path)
  return test
}

const none: readonly Clause[] = []

/** What is asked by one operator; a value that stands alone is asked for by none. */
function clauseOf(operator: string, wanted: unknown, test: Test, place: Place, anyCase = false): Clause {
  const { path, slot, inRule } = place
  const asksAbsence =
    operator === '$exists' ||
    operator === '$not' ||
    wanted === null ||
    (operator === '$type' && wanted === 'null') ||
    (Array.isArray(wanted) && wanted.includes(null))
  const isText = typeof wanted === 'string' && !anyCase && (operator === '' || operator === '$eq')
  const about = { path, operator, wanted, isText, inner: none }
  return { slot, needsValue: inRule && !asksAbsence, test, about }
}

interface Place {
  readonly path: string
  readonly slot: number
  readonly inRule: boolean
}

/** Adds the clauses of one attribute: `{ $gte: 40, $lt: 100 }` is two. */
function addClauses(
  clauses: Clause[],
  wanted: unknown,
  scope: Scope,
  keys: Path,
  place: Place,
  anyCase = false,
) {
  if (isQuestion(wanted)) {
    for (const operator of Object.keys(wanted)) {
      const test = operatorTest(operator, wanted[operator], scope, keys.concat(operator))
      clauses.push(clauseOf(operator, wanted[operator], test, place))
    }
    return
  }
  if (scope.inRule && isRecord(wanted)) {
    const stray = Object.keys(wanted).find((key) => key[0] === '$')
    demand(!stray, 'either operators or a value', stray, keys)
  }
  clauses.push(clauseOf('', wanted, equals(wanted, anyCase), place, anyCase))
}

/** Asks one value. */
function valueTest(wanted: unknown, scope: Scope, keys: Path, anyCase?: boolean): (value: unknown) => Truth {
  const clauses: Clause[] = []
  addClauses(clauses, wanted, scope, keys, { path: '', slot: 0, inRule: scope.inRule }, anyCase)
  return (value) => everyTruth(clauses, [value])
}

/** Asks an object by paths of its own: the attributes as a whole, or an element of a list. */
function conditionTest(condition: unknown, outer: Scope, keys: Path): (root: unknown) => Truth {
  const scope = { ...outer, slots: new Map<string, number>() }
  const clauses = compileCondition(condition, scope, keys)
  const paths = [...scope.slots.keys()].map((path) => path.split('.'))
  return (root) =>
    everyTruth(
      clauses,
      paths.map((path) => readPath(root, path)),
    )
}

/** The clauses of a condition, all of which must hold. */
export function compileCondition(condition: unknown, scope: Scope, keys: Path): Clause[] {
  if (scope.inRule) anObject(condition, keys)
  const clauses: Clause[] = []
  for (const key of Object.keys(condition as Condition)) {
    const wanted: unknown = (condition as Condition)[key]
    const here = keys.concat(key)
    if (key[0] === '$' && /^\$(and|n?or|not)$/.test(key)) {
      if (scope.inRule && key !== '$not') aList(wanted, here)
      const lists = (key === '$not' ? [wanted] : (wanted as unknown[])).map((inner, index) =>
        compileCondition(inner, scope, key === '$not' ? here : here.concat(index)),
      )
      if (key === '$and') for (const clause of lists.flat()) clauses.push(clause)
      else clauses.push(groupClause(key, wanted, lists))
      continue
    }
    // Outside rules it may be an attribute's name: `$groups` is one of GrowthBook's own cases.
    if (scope.inRule) demand(key[0] !== '$', LANGUAGE, key, here)
    const slot = scope.slots.get(key) ?? scope.slots.size
    scope.slots.set(key, slot)
    addClauses(clauses, wanted, scope, here, { path: key, slot, inRule: scope.inRule })
  }
  return clauses
}

/** Of conditions of which any, or none, must hold. */
function groupClause(key: string, wanted: unknown, lists: readonly (readonly Clause[])[]): Clause {
  const test = (values: unknown): Truth => {
    // Of no conditions any holds: so it is with GrowthBook.
    const any = lists.length ? some(lists, (clauses) => everyTruth(clauses, values as unknown[])) : 1
    return key === '$or' ? any : 1 - any
  }
  return {
    slot: -1,
    needsValue: false,
    test,
    about: { path: '', operator: key, wanted, isText: false, inner: lists.flat() },
  }
}

function tooDeep(value: unknown, left: number): boolean {
  if (!(value instanceof Object)) return false
  if (!left) return true
  for (const key of Object.keys(value)) if (tooDeep((value as Condition)[key], left - 1)) return true
  return false
}

/** Throws a `Fault` unless it can be compiled without harm: what it says is checked by that. */
export const checkDepth: Check = (condition, path) => {
  aMap(condition, path)
  demand(!tooDeep(condition, MAX_DEPTH), `at most ${MAX_DEPTH} levels`, 'more', path)
}

/** Throws a `Fault` unless a rule may have this condition. */
export const checkCondition: Check = (condition, path) => {
  checkDepth(condition, path)
  compileCondition(condition, scopeOf({}, true), path)
}

/**
 * Whether the attributes meet the condition: yes or no, just as GrowthBook answers (but for inherited
 * properties, which are never read, and patterns that could run away, which never match).
 */
export function evalCondition(attributes: unknown, condition: Condition, groups?: Groups): boolean {
  try {
    return (
      conditionTest(condition, { ...scopeOf(groups), patterns: { steps: Infinity } }, [])(attributes) === 1
    )
  } catch {
    // No condition at all, or one nested beyond the stack.
    return false
  }
}
