/**
 * Conditions that no shopper can meet. Only what is certain is said, by the very comparisons that a browser makes
 * (`"8" > 5` holds, a list is in a list if any of it is): whatever might hold for some odd value is passed over.
 */
import type { Groups } from '../schema/ruleset'
import { evalCondition } from '../src/decide'
import type { Path } from '../src/decide/demand'
import { branchesOf, clausesOf, textOf, valueClausesOf, type Asked } from './clauses'

export interface Contradiction {
  readonly keys: Path
  /** In words: `is never less than 3 and more than 5`. */
  readonly why: string
}

const isScalar = (it: unknown) => it !== null && typeof it !== 'object'
const isNumber = (it: unknown): it is number => typeof it === 'number'

/** Why these clauses can never all hold, if that is so. */
export function contradiction(clauses: readonly Asked[], groups: Groups): Contradiction | undefined {
  for (const clause of clauses) {
    const why = alone(clause, groups)
    if (why) return { keys: clause.keys, why }
  }
  const texts = new Map(clauses.map((clause) => [textOf(clause), clause]))
  for (const clause of clauses) {
    const denied = deniedBy(clause).find((branch) => branch.every((it) => texts.has(textOf(it))))
    if (denied) return { keys: clause.keys, why: 'denies what the condition asks besides' }
  }
  for (const [index, one] of clauses.entries())
    for (const two of clauses.slice(index + 1))
      if (
        one.attribute &&
        one.attribute === two.attribute &&
        (excludes(one, two, groups) || excludes(two, one, groups))
      )
        return { keys: two.keys, why: `${inWords(one)} and ${inWords(two)} never hold together` }
  const rest = clauses.filter(({ operator }) => operator !== '$or')
  for (const clause of clauses) {
    if (clause.operator !== '$or' || clause.attribute) continue
    const branches = branchesOf(clause)
    // Of no conditions any holds.
    if (branches.length > 0 && branches.every((branch) => contradiction([...rest, ...branch], groups)))
      return { keys: clause.keys, why: 'none of these can hold' }
  }
  return undefined
}

const inWords = ({ operator, operand }: Asked) =>
  `${operator === 'is' ? '' : `${operator} `}${JSON.stringify(operand).slice(0, 40)}`

/** What must not all hold, if this clause is to. */
function deniedBy(clause: Asked): readonly (readonly Asked[])[] {
  if (!clause.attribute) return /^\$(nor|not)$/.test(clause.operator) ? branchesOf(clause) : []
  return clause.operator === '$not' ? [valueClausesOf(clause.attribute, clause.operand, clause.keys)] : []
}

const typeNames = /^(string|number|boolean|array|object|null|undefined|function|symbol|bigint)$/

/** A clause that holds for nobody. */
function alone({ attribute, operator, operand, keys }: Asked, groups: Groups): string | undefined {
  const list = Array.isArray(operand) ? (operand as unknown[]) : undefined
  if (/^\$ini?$/.test(operator) && list?.length === 0) return 'nothing is in an empty list'
  // Objects are never the same object, so `$in` finds none of them.
  if (/^\$ini?$/.test(operator) && list?.every((it) => it instanceof Object))
    return 'an object or a list is never found in a list'
  if (operator === '$inGroup') {
    const group = Object.hasOwn(groups, operand as string) ? groups[operand as string] : undefined
    if (!group) return `there is no group ${JSON.stringify(operand)}, so nothing is in it`
    if (group.length === 0) return `the group ${JSON.stringify(operand)} is empty`
  }
  if (operator === '$type' && !typeNames.test(operand as string))
    return `no type is called ${JSON.stringify(operand)} (string, number, boolean, array, object, null)`
  if (operator === '$nor' && (operand as unknown[]).length === 0) return 'of no conditions any holds'
  if (operator === '$size')
    return contradiction(valueClausesOf(`${attribute} $size`, operand, keys), groups)?.why
  if (operator === '$elemMatch') {
    const asksValue = Object.keys(operand as object).every((key) => key.startsWith('$'))
    const inner = asksValue
      ? valueClausesOf(`${attribute} $elemMatch`, operand, keys)
      : clausesOf(operand, keys)
    return asksValue && Object.keys(operand as object).length === 0
      ? undefined
      : contradiction(inner, groups)?.why
  }
  return undefined
}

/** No value meets both clauses; what the first one leaves is looked at with the second. */
function excludes(one: Asked, two: Asked, groups: Groups): boolean {
  const { operator, operand } = one
  if (operator === '$exists')
    return two.operator === '$exists' ? operand !== two.operand : operand === false && needsValue(two)
  if (two.operator === '$exists') return false
  // One value is left: that is what the other clause is asked about.
  if (operator === '$eq' && isScalar(operand)) return !meets(two, operand, groups)
  if (operator === 'is' && typeof operand === 'string') return excludesText(operand, two)
  if (operator === 'is' && isNumber(operand)) return excludesNumber(operand, two)
  if (operator === 'is' && typeof operand === 'boolean')
    return two.operator === 'is' && typeof two.operand === 'boolean' && operand !== two.operand
  if (operator === '$in' && two.operator === '$nin') {
    const allowed = new Set(two.operand as unknown[])
    return (operand as unknown[]).every((it) => it instanceof Object || allowed.has(it))
  }
  const [low, high] = [lowest(one), highest(two)]
  return low && high ? low.at > high.at || (low.at === high.at && (low.open || high.open)) : false
}

const meets = ({ operator, operand }: Asked, value: unknown, groups: Groups): boolean =>
  evalCondition({ value }, { value: operator === 'is' ? operand : { [operator]: operand } }, groups)

/** Of what is missing it cannot be known, and such a rule holds back (as in `valueClauses` of the conditions). */
const needsValue = ({ operator, operand }: Asked) =>
  !(
    /^\$(exists|not)$/.test(operator) ||
    operand === null ||
    (operator === '$type' && operand === 'null') ||
    (Array.isArray(operand) && operand.includes(null))
  )

/** The value's text is this one; the value itself may be a number, or a list that reads so. */
function excludesText(text: string, two: Asked): boolean {
  const { operator, operand } = two
  if (operator === 'is') return typeof operand === 'string' && operand !== text
  if (/^\$regexi?$/.test(operator)) return !meets(two, text, {})
  if (operator === '$in')
    return (operand as unknown[]).every((it) => isScalar(it) && !text.includes(String(it)))
  return isBound(two) && !/^(true|false)$/.test(text) && !meets(two, Number(text), {})
}

/** The value counts as this number. */
function excludesNumber(figure: number, two: Asked): boolean {
  const { operator, operand } = two
  if (operator === 'is') return isNumber(operand) && operand !== figure
  if (operator === '$in')
    return (operand as unknown[]).every(
      (it) => isScalar(it) && Number(it) !== figure && Number(String(it)) !== figure,
    )
  return isBound(two) && !meets(two, figure, {})
}

const isBound = ({ operator, operand }: Asked) => /^\$[gl]te?$/.test(operator) && isNumber(operand)

const lowest = (asked: Asked) =>
  isBound(asked) && asked.operator.startsWith('$g')
    ? { at: asked.operand as number, open: asked.operator === '$gt' }
    : undefined
const highest = (asked: Asked) =>
  isBound(asked) && asked.operator.startsWith('$l')
    ? { at: asked.operand as number, open: asked.operator === '$lt' }
    : undefined
