/**
 * CloudEvents 1.0 in its structured JSON form, one or a batch: the event is the `data`, and the envelope has to
 * agree with it, since others down the line read the envelope alone.
 */
import type { Received } from '../columns'
import { kind, shown } from './explain-issue'
import { parseBody, property } from './parse-json'
import { isNameOf, isSameId, readEvent } from './read-event'
import { error, type Batch, type Refused, type WireFormat } from './wire-format'

const jsonData = /^application\/json\s*(;|$)/i

const envelopeProblem = (envelope: unknown): string | undefined => {
  if (kind(envelope) !== 'object') return `wanted a CloudEvent (object), found ${kind(envelope)}`
  const of = (key: string) => property(envelope, key)
  const version = of('specversion')
  if (version !== '1.0') return `specversion: wanted "1.0", found ${shown(version)}`
  const source = of('source')
  if (typeof source !== 'string' || source === '') {
    return `source: wanted a URI-reference (text that is not empty), found ${shown(source)}`
  }
  const contentType = of('datacontenttype')
  if (contentType !== undefined && !(typeof contentType === 'string' && jsonData.test(contentType))) {
    return `datacontenttype: wanted "application/json" or nothing, found ${shown(contentType)}`
  }
  if (of('data_base64') !== undefined) return 'data_base64: wanted the event as JSON in data, found bytes'
  return undefined
}

const readOne = (envelope: unknown, receivedAt: number): Received | string => {
  const problem = envelopeProblem(envelope)
  if (problem !== undefined) return problem
  const read = readEvent(property(envelope, 'data'), { receivedAt, within: 'data' })
  if (typeof read === 'string') return read
  const [id, type] = [property(envelope, 'id'), property(envelope, 'type')]
  const { event } = read
  if (!isSameId(id, event.id)) return `id: wanted that of data, "${event.id}", found ${shown(id)}`
  return isNameOf(type, event.type) ? read : `type: wanted "splitsecond.${event.type}", found ${shown(type)}`
}

const readAll = (envelopes: readonly unknown[], receivedAt: number): Batch => {
  const events: Received[] = []
  const refused: Refused[] = []
  envelopes.forEach((envelope, at) => {
    const one = readOne(envelope, receivedAt)
    if (typeof one === 'string') refused.push({ at, reason: one })
    else events.push(one)
  })
  return { events, refused }
}

const batch: WireFormat = {
  contentType: 'application/cloudevents-batch+json',
  read: (body, receivedAt) => {
    const json = parseBody(body, 'an array of CloudEvents')
    if ('problem' in json) return json.problem
    return Array.isArray(json.value)
      ? readAll(json.value, receivedAt)
      : `body: wanted an array of CloudEvents, found ${kind(json.value)}`
  },
  answer: ({ events, refused }) => ({
    status: 200,
    body: { accepted: events.length, rejected: refused.map(({ at, reason }) => ({ index: at, reason })) },
  }),
  problem: error,
}

const single: WireFormat = {
  contentType: 'application/cloudevents+json',
  read: (body, receivedAt) => {
    const json = parseBody(body, 'one CloudEvent')
    return 'problem' in json ? json.problem : readAll([json.value], receivedAt)
  },
  answer: ({ events, refused: [refused] }) =>
    refused
      ? { status: 400, body: error(refused.reason) }
      : { status: 200, body: { accepted: events.length, rejected: [] } },
  problem: error,
}

export const cloudEvents: readonly WireFormat[] = [batch, single]
