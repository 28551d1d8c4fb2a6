/**
 * The demo shop's collector: takes events in three forms, stores them, answers with the report.
 * A working example of the receiving side, small enough to read before writing your own.
 */
import { Hono, type Context } from 'hono'
import { createDashboard } from '../dashboard/create-dashboard'
import { createGate } from './door/create-gate'
import { createRateLimit, type Rate } from './door/create-rate-limit'
import { takeBatches, type Door } from './door/take-batches'
import { openStore, type StoreOptions } from './open-store'
import { readFilter, type Filter } from './read-filter'
import { report } from './report'
import { streamEvents } from './stream-events'
import { cloudEvents } from './wire/cloudevents'
import { ndjson } from './wire/ndjson'
import { otlpLogs } from './wire/otlp-logs'

export interface CollectorOptions extends StoreOptions {
  /**
   * Requests that one address may send. A shopper's page sends one in five seconds at most when all is well.
   * @default 100 a second, 1,000 at once; an office behind one address has room
   */
  readonly rate?: Rate | undefined
  /**
   * Requests with one public key, from wherever.
   * @default no limit of its own: all shoppers of a shop share the key
   */
  readonly keyRate?: Rate | undefined
  /**
   * Bytes of events that may wait for the store; beyond it who comes is sent away with 503. In memory an event takes
   * several times what it has as text.
   * @default 64 MB
   */
  readonly waitingBytes?: number | undefined
}

export interface Collector {
  readonly app: Hono
  /** Writes what is under way, and lets go of the store. */
  close(): Promise<void>
}

const megabyte = 1024 * 1024

const filtered = (
  context: Context,
  answer: (filter: Filter) => Response | Promise<Response>,
): Response | Promise<Response> => {
  const filter = readFilter(context.req.query())
  return 'error' in filter ? context.json(filter, 400) : answer(filter)
}

export const createCollector = async ({
  rate = { perSecond: 100, burst: 1000 },
  keyRate = { perSecond: Infinity, burst: Infinity },
  waitingBytes = 64 * megabyte,
  ...where
}: CollectorOptions): Promise<Collector> => {
  const store = await openStore(where)
  const app = new Hono()
  const door: Door = {
    store,
    gate: createGate(waitingBytes),
    perAddress: createRateLimit(rate),
    perKey: createRateLimit(keyRate),
  }

  app.onError((error, context) => {
    console.error('The collector failed:', error)
    return context.json({ error: 'the collector failed: its console says why' }, 500)
  })

  takeBatches(app, { path: '/v1/events', formats: [...ndjson, ...cloudEvents], door })
  takeBatches(app, { path: '/v1/logs', formats: otlpLogs, door })

  app.get('/v1/events', (context) =>
    filtered(context, (filter) =>
      context.body(streamEvents(store, filter), 200, { 'Content-Type': 'application/x-ndjson' }),
    ),
  )

  app.get('/v1/report', (context) =>
    filtered(context, async ({ since }) => context.json(await report(store, since))),
  )

  app.route('/', createDashboard(store))

  return { app, close: store.close }
}
