import type { z } from 'zod'
import { traceHeader, traceLine, type TraceHeader, type TraceLine } from '../schema/trace'

export interface Trace {
  readonly header: TraceHeader
  readonly lines: readonly TraceLine[]
}

/** A trace that cannot be read: which line, what was wanted there, and what was found. */
export interface TraceFault extends Error {
  readonly line: number
  readonly path: string
  readonly wanted: string
  readonly found: string
}

/** Names the kinds that there are: a misspelt one, or one of a newer script. */
const kinds = traceLine.options.map(({ shape }) => shape.kind.value)

/**
 * Reads a trace as `record()` writes it. Empty lines are passed over; what a line holds beyond the format is left out.
 * @throws a `TraceFault` at the first line that is not right
 */
export function parseTrace(text: string): Trace {
  let header: TraceHeader | undefined
  const lines: TraceLine[] = []
  let number = 0
  for (const written of text.split('\n')) {
    number++
    if (written.trim() === '') continue
    const value = readJson(written, number)
    if (header) lines.push(check(traceLine, value, number))
    else header = check(traceHeader, value, number)
  }
  if (!header) throw traceFault(1, '', 'a header { "trace": 1, … }', 'nothing')
  return { header, lines }
}

function readJson(written: string, line: number): unknown {
  try {
    return JSON.parse(written)
  } catch {
    throw traceFault(line, '', 'JSON', shorten(written))
  }
}

function check<Output>(schema: z.ZodType<Output>, value: unknown, line: number): Output {
  const { success, data, error } = schema.safeParse(value)
  if (success) return data
  const { path, message, code, ...more } = error.issues[0]!
  const found = path.reduce(
    (at: unknown, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  )
  const wanted =
    code === 'invalid_union' && path.at(-1) === 'kind'
      ? `one of ${kinds.join(', ')}`
      : code === 'invalid_type'
        ? `${(more as { expected: string }).expected}`
        : code === 'invalid_value'
          ? (more as { values: unknown[] }).values.map((it) => JSON.stringify(it)).join(' or ')
          : message
  throw traceFault(line, pathOf(path), wanted, shorten(JSON.stringify(found) ?? 'nothing'))
}

/** `samples[3].x` */
const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')

/** What is wrong may be a whole page that is no trace at all. */
const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)

const traceFault = (line: number, path: string, wanted: string, found: string): TraceFault =>
  Object.assign(Error(`line ${line}${path && `, ${path}`}: wanted ${wanted}, found ${found}`), {
    line,
    path,
    wanted,
    found,
  })
