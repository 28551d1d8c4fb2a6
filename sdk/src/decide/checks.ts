/** What checks are made of. Each demands one thing of a value, and names the place where it is not so. */
import { aList, aMap, anObject, demand, is, type Check, type Path } from './demand'

export const like = (wanted: string, pattern: RegExp): Check =>
  is(wanted, (value) => typeof value === 'string' && pattern.test(value))

export const number = (wanted: string, from: number, to: number): Check =>
  is(wanted, (value) => Number.isFinite(value) && value >= from && value <= to)

export const oneOf = (...values: string[]): Check =>
  is(values.join(' or '), (value) => values.includes(value))

/** Each in turn; the first to throw decides. */
export const all =
  (...checks: Check[]): Check =>
  (value, path) => {
    for (const check of checks) check(value, path)
  }

/**
 * What stands at a key. The path is one array, longer while within, and a fault takes its copy: one for each place was a
 * third of all garbage. (It stays as long as it was at the fault: whoever goes on after one gives a path of its own.)
 */
function inside(key: string | number, value: unknown, check: Check, path: Path): void {
  const walked = path as (string | number)[]
  walked.push(key)
  check(value, path)
  walked.pop()
}

/** One that is too long is not looked into. */
export const list = (check: Check, most = Infinity): Check =>
  all(aList, (value, path) => {
    const items = value as unknown[]
    demand(items.length <= most, `at most ${most}`, value, path)
    items.forEach((item, index) => inside(index, item, check, path))
  })

export const record = (check: Check): Check =>
  all(aMap, (value, path) => {
    const object = value as Record<string, unknown>
    for (const key of Object.keys(object)) inside(key, object[key], check, path)
  })

type Fields = Readonly<Record<string, Check>>

/** An object of these fields and no others. */
export const shape = (required: Fields, optional: Fields = {}): Check => {
  const fields = { ...required, ...optional }
  const names = Object.keys(fields)
  const needed = Object.keys(required).length
  const only = 'only ' + names.join(', ')
  return all(anObject, (value, path) => {
    const object = value as Record<string, unknown>
    names.forEach((key, index) => {
      const item = object[key]
      if (item !== undefined || index < needed) inside(key, item, fields[key]!, path)
    })
    for (const key of Object.keys(object)) demand(Object.hasOwn(fields, key), only, key, path)
  })
}

export const some = (check: Check): Check =>
  all(
    list(check),
    is('at least one', (items: unknown[]) => items.length),
  )
