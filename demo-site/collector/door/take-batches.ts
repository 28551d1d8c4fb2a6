/** The way of every batch, whatever its form: may it come in, what is it, is it stored, and only then the answer. */
import type { Context, Handler, Hono } from 'hono'
import type { Store } from '../store'
import type { Batch, WireFormat } from '../wire/wire-format'
import type { Gate, Visit } from './create-gate'
import type { RateLimit } from './create-rate-limit'
import { readBody } from './read-body'

export interface Door {
  readonly store: Store
  readonly gate: Gate
  /** By the address that a request comes from. */
  readonly perAddress: RateLimit
  /** By the public key in its query, which all shoppers of a shop share. */
  readonly perKey: RateLimit
}

export const maxBytes = 1024 * 1024
/** The shortest valid event has about 250 bytes: no honest megabyte holds more of them than this. */
export const maxEvents = 10_000

/** How long a store that cannot keep up is left alone, in seconds. */
const restSeconds = 2

/** Any shop may try this collector from its own port; only sending is open to others, never reading. */
const openToAll = (context: Context): void => {
  context.header('Access-Control-Allow-Origin', '*')
  context.header('Access-Control-Expose-Headers', 'Retry-After')
}

const addressOf = (context: Context): string => {
  const { incoming } = (context.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress ?? 'unknown'
}

const contentTypeOf = (context: Context): string =>
  (context.req.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''

const declaredBytes = (context: Context): number => {
  const declared = Number(context.req.header('content-length') ?? maxBytes)
  const compressed = context.req.header('content-encoding') !== undefined
  return compressed || !(declared <= maxBytes) ? maxBytes : declared
}

const waitSeconds = ({ perAddress, perKey }: Door, context: Context): number => {
  const key = context.req.query('key')
  return perAddress.take(addressOf(context)) || (key ? perKey.take(key.slice(0, 100)) : 0)
}

const store = async ({ store }: Door, { events }: Batch): Promise<boolean> => {
  try {
    await store.add(events)
    return true
  } catch (error) {
    // Nothing of it is acknowledged, so the script keeps the batch and comes again.
    console.error('The collector could not store a batch:', error)
    return false
  }
}

interface Taking {
  readonly door: Door
  readonly visit: Visit
  readonly format: WireFormat
}

const take = async (context: Context, { door, visit, format }: Taking): Promise<Response> => {
  const body = await readBody(context.req.raw, maxBytes)
  if ('status' in body) return context.json(format.problem(body.problem), body.status)
  visit.holds(body.length)
  const batch = format.read(body, Date.now())
  if (typeof batch === 'string') return context.json(format.problem(batch), 400)
  if (batch.events.length + batch.refused.length > maxEvents) {
    return context.json(format.problem(`a batch may have ${maxEvents} events: send it in smaller ones`), 413)
  }
  if (!(await store(door, batch))) {
    context.header('Retry-After', `${restSeconds}`)
    return context.json(format.problem('the events could not be stored: send them again'), 503)
  }
  const { status, body: answer } = format.answer(batch)
  return context.json(answer, status)
}

/** @param formats those that this path takes; a body that names no type is read as the first of them */
const handler =
  (door: Door, formats: readonly [WireFormat, ...WireFormat[]]): Handler =>
  async (context) => {
    openToAll(context)
    const type = contentTypeOf(context)
    const format = type === '' ? formats[0] : formats.find(({ contentType }) => contentType === type)
    const { problem } = format ?? formats[0]
    const wait = waitSeconds(door, context)
    if (wait > 0) {
      context.header('Retry-After', `${wait}`)
      return context.json(problem(`more requests than this collector takes: come again in ${wait} s`), 429)
    }
    if (!format) {
      const wanted = formats.map(({ contentType }) => contentType).join(' | ')
      return context.json(problem(`Content-Type: wanted ${wanted}, found ${JSON.stringify(type)}`), 415)
    }
    const visit = door.gate.enter(declaredBytes(context))
    if (!visit) {
      context.header('Retry-After', `${restSeconds}`)
      return context.json(problem('the store cannot keep up: send the events again later'), 503)
    }
    try {
      return await take(context, { door, visit, format })
    } finally {
      visit.leave()
    }
  }

export const takeBatches = (
  app: Hono,
  { path, formats, door }: { path: string; formats: readonly [WireFormat, ...WireFormat[]]; door: Door },
): void => {
  app.options(path, (context) => {
    openToAll(context)
    context.header('Access-Control-Allow-Methods', 'POST')
    context.header('Access-Control-Allow-Headers', 'Content-Type, Content-Encoding')
    context.header('Access-Control-Max-Age', '86400')
    return context.body(null, 204)
  })
  app.post(path, handler(door, formats))
}
