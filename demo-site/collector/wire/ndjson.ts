/** One JSON event a line. A line that is no event is named and passed over; the rest counts. */
import type { Received } from '../columns'
import { decode, parse } from './parse-json'
import { readEvent } from './read-event'
import { error, type Batch, type Refused, type WireFormat } from './wire-format'

const newline = 0x0a

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

const readLine = (line: string, receivedAt: number): Received | string => {
  const json = parse(line)
  if ('problem' in json) return `line: wanted one JSON object, found text that is not JSON (${json.problem})`
  return readEvent(json.value, { receivedAt, line })
}

/** Lines are counted from 1, blank ones included, as an editor counts. */
const read = (body: Uint8Array, receivedAt: number): Batch => {
  const events: Received[] = []
  const refused: Refused[] = []
  splitLines(body).forEach((bytes, index) => {
    const line = decode(bytes)
    if (line === '') return
    const one = line === undefined ? 'line: wanted UTF-8, found other bytes' : readLine(line, receivedAt)
    if (typeof one === 'string') refused.push({ at: index + 1, reason: one })
    else events.push(one)
  })
  return { events, refused }
}

const format = (contentType: string): WireFormat => ({
  contentType,
  read,
  answer: ({ events, refused }) => ({
    status: 200,
    body: { accepted: events.length, rejected: refused.map(({ at, reason }) => ({ line: at, reason })) },
  }),
  problem: error,
})

/** `text/plain` is what a page may send to another origin without a preflight. */
export const ndjson: readonly [WireFormat, ...WireFormat[]] = [
  format('text/plain'),
  format('application/x-ndjson'),
  format('application/ndjson'),
]
