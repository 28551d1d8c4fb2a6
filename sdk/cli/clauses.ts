import { isRecord, type Path } from '../src/decide/demand'

/** One thing that a condition asks: of an attribute, or (`$or`, `$nor`, `$not` at the top) of conditions. */
export interface Asked {
  /** The attribute; empty for a clause about conditions. */
  readonly attribute: string
  /** `is` where a value stands alone: that is a looser equality than `$eq`. */
  readonly operator: string
  readonly operand: unknown
  readonly keys: Path
  /** Where the attribute is named. */
  readonly at: Path
}

/** The clauses of a condition that a browser takes, all of which must hold. */
export function clausesOf(condition: unknown, keys: Path): Asked[] {
  return Object.entries(condition as object).flatMap(([key, operand]: [string, unknown]) => {
    const here = [...keys, key]
    if (key === '$and')
      return (operand as unknown[]).flatMap((inner, index) => clausesOf(inner, [...here, index]))
    if (/^\$(n?or|not)$/.test(key)) return [{ attribute: '', operator: key, operand, keys: here, at: here }]
    return valueClausesOf(key, operand, here)
  })
}

/** The clauses about one value. */
export function valueClausesOf(attribute: string, wanted: unknown, keys: Path): Asked[] {
  const operators = isRecord(wanted) ? Object.entries(wanted) : []
  if (operators.length === 0 || !operators.every(([name]) => name.startsWith('$')))
    return [{ attribute, operator: 'is', operand: wanted, keys, at: keys }]
  return operators.map(([operator, operand]) => ({
    attribute,
    operator,
    operand,
    keys: [...keys, operator],
    at: keys,
  }))
}

/** The conditions inside a clause about conditions. */
export const branchesOf = ({ operator, operand, keys }: Asked): Asked[][] =>
  operator === '$not'
    ? [clausesOf(operand, keys)]
    : (operand as unknown[]).map((inner, index) => clausesOf(inner, [...keys, index]))

/** Two clauses that ask the same have the same text. */
export const textOf = ({ attribute, operator, operand }: Asked): string =>
  JSON.stringify([attribute, operator, operand])

/** All clauses about attributes, those inside `$or`, `$nor` and `$not` too. */
export const leavesOf = (clauses: readonly Asked[]): Asked[] =>
  clauses.flatMap((clause) => (clause.attribute ? [clause] : branchesOf(clause).flatMap(leavesOf)))
