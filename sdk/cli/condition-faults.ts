import { checkCondition } from '../src/decide/condition'
import { isRecord, type Fault, type Path } from '../src/decide/demand'

/** Every fault of a condition; a browser is content with the first. */
export function conditionFaults(condition: unknown, path: Path): Fault[] {
  const whole = faultOf(condition, path)
  if (!whole) return []
  const parts = isRecord(condition)
    ? Object.entries(condition).flatMap(([key, wanted]) => faultsOfKey(key, wanted, path))
    : []
  // Of one that is too deep no part need be.
  return parts.length > 0 ? parts : [whole]
}

function faultsOfKey(key: string, wanted: unknown, path: Path): Fault[] {
  const here = [...path, key]
  if (key === '$not') return conditionFaults(wanted, here)
  if (/^\$(and|n?or)$/.test(key) && Array.isArray(wanted))
    return wanted.flatMap((inner, index) => conditionFaults(inner, [...here, index]))
  const operators = isRecord(wanted) ? Object.entries(wanted) : []
  if (!key.startsWith('$') && operators.length > 1 && operators.every(([name]) => name.startsWith('$')))
    return operators.flatMap(([name, operand]) => faultOf({ [key]: { [name]: operand } }, path) ?? [])
  const fault = faultOf({ [key]: wanted }, path)
  return fault ? [fault] : []
}

function faultOf(condition: unknown, path: Path): Fault | undefined {
  try {
    checkCondition(condition, path)
    return undefined
  } catch (error) {
    return error as Fault
  }
}
