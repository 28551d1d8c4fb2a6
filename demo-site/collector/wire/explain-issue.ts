/** Says what is wrong with a line in a form that a developer can act on: the place, the wanted, the found. */
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const clip = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

export const kind = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  // A number of the wrong sort (1.5 for a whole one, Infinity) is only understood by its value.
  return typeof value === 'number' && !Number.isInteger(value) ? String(value) : typeof value
}

export const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? clip(JSON.stringify(value))
    : kind(value)

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  )

const oneOf = (values: readonly unknown[]): string => values.map(shown).join(' | ')

const types: Record<string, string> = { int: 'whole number', record: 'object' }

const size = (issue: { origin: string }, limit: string): string =>
  issue.origin === 'string' ? `${limit} characters` : limit

const wantedAndFound = (issue: Issue, value: unknown): [wanted: string, found: string] => {
  const length = typeof value === 'string' ? `${value.length} characters` : shown(value)
  switch (issue.code) {
    case 'invalid_type':
      return [types[issue.expected] ?? issue.expected, kind(value)]
    case 'invalid_value':
      return [oneOf(issue.values), shown(value)]
    case 'invalid_format':
      return [issue.format, shown(value)]
    case 'too_small':
      return [size(issue, `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`), length]
    case 'too_big':
      return [size(issue, `${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`), length]
    case 'unrecognized_keys':
      return ['known keys only', oneOf(issue.keys)]
    case 'invalid_union': {
      if ('options' in issue && Array.isArray(issue.options)) return [oneOf(issue.options), shown(value)]
      const wanted = issue.errors.flatMap((errors) =>
        errors.flatMap((error) => (error.code === 'invalid_type' ? [error.expected] : [])),
      )
      return [wanted.length > 0 ? wanted.join(' | ') : 'another value', shown(value)]
    }
    default:
      return [issue.message, shown(value)]
  }
}

/**
 * @param input the value that was checked, for what stands at the place
 * @param within the place of that value in its body; a line of its own has none
 */
export const explainIssue = (issue: Issue, input: unknown, within = ''): string => {
  const place = [within, ...issue.path.map(String)].filter(Boolean).join('.') || 'line'
  const [wanted, found] = wantedAndFound(issue, at(input, issue.path))
  return `${place}: wanted ${wanted}, found ${found}`
}
