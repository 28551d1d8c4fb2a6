import type { Path } from '../src/decide/demand'
import type { Place } from './written-json'

/** Something about a ruleset that its author wants to know. */
export interface Problem {
  /** `error`: a browser leaves something out. `warning`: it takes all of it, and some of it has no effect. */
  readonly severity: 'error' | 'warning'
  /** `unknown-key`, `wrong-value`, `shadowed`, …: does not change with the wording. */
  readonly code: string
  /** Keys and indexes from the root. */
  readonly keys: Path
  /** Whether the key is what is wrong, or its value. */
  readonly part?: 'key' | 'value'
  readonly message: string
  readonly wanted?: string
  readonly found?: unknown
  /** What was probably meant. */
  readonly suggestion?: string | undefined
}

/** `rules[3].limits.perVisitor` */
export const pathOf = (keys: Path): string =>
  keys.reduce<string>(
    (text, key) =>
      text + (typeof key === 'number' ? `[${key}]` : text && '.') + (typeof key === 'number' ? '' : key),
    '',
  )

/** What was found, short: a line must not carry a whole ruleset. */
export function shortly(found: unknown): string {
  if (Array.isArray(found)) return found.length === 0 ? 'an empty list' : 'a list'
  if (found instanceof Object) return Object.keys(found).length === 0 ? 'an empty object' : 'an object'
  const text = JSON.stringify(found) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const widest = 100

/** The line with a pointer under what is wrong; of a long line the part around it. */
export function pictureOf(text: string, { line, column, length }: Place): string[] {
  const whole = (text.split(/\r?\n/)[line - 1] ?? '').replaceAll('\t', ' ')
  const from = Math.max(0, Math.min(column - 1 - widest / 2, whole.length - widest))
  const shown = whole.slice(from, from + widest)
  const margin = ' '.repeat(`${line}`.length)
  const pointer = '^'.repeat(Math.max(1, Math.min(length, shown.length - (column - 1 - from))))
  return [
    ` ${line} | ${from > 0 ? '…' : ''}${shown}${from + widest < whole.length ? '…' : ''}`,
    ` ${margin} | ${' '.repeat(column - 1 - from + (from > 0 ? 1 : 0))}${pointer}`,
  ]
}
