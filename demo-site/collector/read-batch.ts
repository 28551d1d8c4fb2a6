/** Reads a batch: one JSON event a line. A line that is no event is named and passed over; the rest counts. */
import { event } from '../../sdk/schema/event'
import type { Received } from './columns'
import { explainIssue } from './explain-issue'

export interface Rejected {
  /** Counted from 1, blank lines included, as an editor counts. */
  readonly line: number
  readonly reason: string
}

export interface Batch {
  readonly events: readonly Received[]
  readonly rejected: readonly Rejected[]
}

const newline = 0x0a
const issuesNamed = 3

/** Cut as bytes: no UTF-8 sequence holds a newline, so one line of broken text does not spoil the others. */
const splitLines = (body: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = []
  let from = 0
  for (let end = body.indexOf(newline); end >= 0; end = body.indexOf(newline, from)) {
    lines.push(body.subarray(from, end))
    from = end + 1
  }
  lines.push(body.subarray(from))
  return lines
}

const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
  } catch {
    return undefined
  }
}

const parse = (line: string): { value: unknown } | { problem: string } => {
  try {
    return { value: JSON.parse(line) as unknown }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not JSON' }
  }
}

const readLine = (line: string, receivedAt: number): Received | string => {
  const json = parse(line)
  if ('problem' in json) return `line: wanted one JSON object, found text that is not JSON (${json.problem})`
  const checked = event.safeParse(json.value)
  if (checked.success) return { event: checked.data, line, receivedAt }
  const issues = checked.error.issues
  const named = issues.slice(0, issuesNamed).map((issue) => explainIssue(issue, json.value))
  const rest = issues.length - named.length
  return named.join('; ') + (rest > 0 ? ` (and ${rest} more)` : '')
}

export const readBatch = (body: Uint8Array, receivedAt: number): Batch => {
  const events: Received[] = []
  const rejected: Rejected[] = []
  splitLines(body).forEach((bytes, index) => {
    const line = decode(bytes)
    if (line === '') return
    const read = line === undefined ? 'line: wanted UTF-8, found other bytes' : readLine(line, receivedAt)
    if (typeof read === 'string') rejected.push({ line: index + 1, reason: read })
    else events.push(read)
  })
  return { events, rejected }
}
