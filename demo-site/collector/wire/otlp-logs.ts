/**
 * OpenTelemetry's logs over HTTP as JSON: each log record's body is one event as a JSON string. Attributes repeat
 * its id and type for pipelines that look no further; where they stand, they have to agree with it.
 */
import type { Received } from '../columns'
import { kind, shown } from './explain-issue'
import { parse, parseBody, property } from './parse-json'
import { isNameOf, isSameId, readEvent } from './read-event'
import type { Batch, Refused, WireFormat } from './wire-format'

const reasonsNamed = 3

interface Found {
  readonly place: string
  readonly value: unknown
}

const levels = ['resourceLogs', 'scopeLogs', 'logRecords'] as const

/** What stands under it at the end of those lists, or at the place where they are no lists. */
const recordsIn = (found: Found, [key, ...deeper]: readonly string[] = levels): Found[] => {
  if (key === undefined || kind(found.value) !== 'object') return [found]
  const place = found.place === '' ? key : `${found.place}.${key}`
  // A list that is absent is empty: that is how protobuf's JSON leaves out what it has nothing to say on.
  const list = property(found.value, key) ?? []
  return Array.isArray(list)
    ? list.flatMap((value: unknown, index) => recordsIn({ place: `${place}.${index}`, value }, deeper))
    : [{ place, value: list }]
}

const attribute = (record: unknown, name: string): unknown => {
  const attributes = property(record, 'attributes')
  if (!Array.isArray(attributes)) return undefined
  const found: unknown = attributes.find((one: unknown) => property(one, 'key') === name)
  return property(property(found, 'value'), 'stringValue')
}

/** Names under which a record's id is known: ours, and OpenTelemetry's own. */
const idNames = ['event.id', 'log.record.uid'] as const

const disagreement = (record: unknown, { event }: Received): string | undefined => {
  for (const name of idNames) {
    const id = attribute(record, name)
    if (id !== undefined && !isSameId(id, event.id)) {
      return `attributes ${name}: wanted that of the body, "${event.id}", found ${shown(id)}`
    }
  }
  const name = attribute(record, 'event.name')
  return name === undefined || isNameOf(name, event.type)
    ? undefined
    : `attributes event.name: wanted "splitsecond.${event.type}", found ${shown(name)}`
}

const readRecord = ({ place, value: record }: Found, receivedAt: number): Received | string => {
  if (kind(record) !== 'object' || !/\.logRecords\.\d+$/.test(place)) {
    return `${place}: wanted ${/\d$/.test(place) ? 'object' : 'array'}, found ${kind(record)}`
  }
  const text = property(property(record, 'body'), 'stringValue')
  const body = `${place}.body.stringValue`
  if (typeof text !== 'string') return `${body}: wanted an event as a JSON string, found ${kind(text)}`
  const json = parse(text)
  if ('problem' in json)
    return `${body}: wanted an event as JSON, found text that is not JSON (${json.problem})`
  const read = readEvent(json.value, { receivedAt, within: body })
  if (typeof read === 'string') return read
  const problem = disagreement(record, read)
  return problem === undefined ? read : `${place}.${problem}`
}

const readAll = (request: unknown, receivedAt: number): Batch => {
  const events: Received[] = []
  const refused: Refused[] = []
  recordsIn({ place: '', value: request }).forEach((record, at) => {
    const one = readRecord(record, receivedAt)
    if (typeof one === 'string') refused.push({ at, reason: one })
    else events.push(one)
  })
  return { events, refused }
}

const partial = (refused: readonly Refused[]): object => {
  const named = refused.slice(0, reasonsNamed).map(({ reason }) => reason)
  const rest = refused.length - named.length
  const errorMessage = named.join('; ') + (rest > 0 ? ` (and ${rest} more)` : '')
  // protobuf's JSON writes whole numbers of 64 bits as strings.
  return { partialSuccess: { rejectedLogRecords: `${refused.length}`, errorMessage } }
}

export const otlpLogs: readonly [WireFormat] = [
  {
    contentType: 'application/json',
    read: (body, receivedAt) => {
      const json = parseBody(body, 'an ExportLogsServiceRequest')
      if ('problem' in json) return json.problem
      return kind(json.value) === 'object'
        ? readAll(json.value, receivedAt)
        : `body: wanted an ExportLogsServiceRequest (object), found ${kind(json.value)}`
    },
    // The protocol wants `partialSuccess` left out where there is nothing to tell.
    answer: ({ refused }) => ({ status: 200, body: refused.length > 0 ? partial(refused) : {} }),
    /** A `google.rpc.Status`, as the protocol wants it. */
    problem: (message) => ({ message }),
  },
]
