/** What checks are made of. Each demands one thing of a value, and names the place where it is not so. */
import { aList, aMap, anObject, demand, is, type Check } from './demand'

export const like = (wanted: string, pattern: RegExp): Check =>
  is(wanted, (value) => typeof value === 'string' && pattern.test(value))

export const number = (wanted: string, from: number, to: number): Check =>
  is(wanted, (value) => Number.isFinite(value) && value >= from && value <= to)

export const oneOf = (...values: string[]): Check =>
  is(values.join(' or '), (value) => values.includes(value))

/** Each in turn; the first to throw decides. */
export const all =
  (...checks: Check[]): Check =>
  (value, path) =>
    checks.forEach((check) => check(value, path))

export const list = (check: Check): Check =>
  all(aList, (value, path) => (value as unknown[]).forEach((item, index) => check(item, [...path, index])))

export const record = (check: Check): Check =>
  all(aMap, (value, path) =>
    Object.entries(value as object).forEach(([key, item]) => check(item, [...path, key])),
  )

type Fields = Readonly<Record<string, Check>>

/** An object of these fields and no others. */
export const shape = (required: Fields, optional: Fields = {}): Check => {
  const fields = { ...required, ...optional }
  return all(anObject, (value, path) => {
    const object = value as Record<string, unknown>
    for (const key in fields) {
      if (key in required || object[key] !== undefined) fields[key]!(object[key], [...path, key])
    }
    const stranger = Object.keys(object).find((key) => !Object.hasOwn(fields, key))
    demand(stranger === undefined, 'only ' + Object.keys(fields).join(', '), stranger, path)
  })
}

export const some = (check: Check): Check =>
  all(
    list(check),
    is('at least one', (items: unknown[]) => items.length),
  )
