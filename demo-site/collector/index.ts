/**
 * The demo shop's collector: takes the script's events, keeps them in a DuckDB file, answers with the report.
 * A working example of the receiving side, small enough to read before writing your own.
 */
import { join } from 'node:path'
import { Hono, type Context } from 'hono'
import { createDashboard } from '../dashboard/create-dashboard'
import { openStore } from './open-store'
import { readBatch } from './read-batch'
import { readBody } from './read-body'
import { readFilter, type Filter } from './read-filter'
import { report } from './report'
import { streamEvents } from './stream-events'

export interface Collector {
  readonly app: Hono
  /** Writes what is under way, brings the store into one file and lets go of it. */
  close(): Promise<void>
}

const maxBytes = 1024 * 1024
/** The shortest valid event has about 250 bytes: no honest megabyte holds more lines than this. */
const maxLines = 10_000

/** Any shop may try this collector from its own port; only sending is open to others, never reading. */
const openToAll = (context: Context): void => context.header('Access-Control-Allow-Origin', '*')

const filtered = (
  context: Context,
  answer: (filter: Filter) => Response | Promise<Response>,
): Response | Promise<Response> => {
  const filter = readFilter(context.req.query())
  return 'error' in filter ? context.json(filter, 400) : answer(filter)
}

export const createCollector = async ({ dataDir }: { dataDir: string }): Promise<Collector> => {
  const store = await openStore(join(dataDir, 'events.duckdb'))
  const app = new Hono()

  app.onError((error, context) => {
    console.error('The collector failed:', error)
    return context.json({ error: 'the collector failed: its console says why' }, 500)
  })

  app.options('/v1/events', (context) => {
    openToAll(context)
    context.header('Access-Control-Allow-Methods', 'POST')
    context.header('Access-Control-Allow-Headers', 'Content-Type')
    context.header('Access-Control-Max-Age', '86400')
    return context.body(null, 204)
  })

  app.post('/v1/events', async (context) => {
    openToAll(context)
    const body = await readBody(context.req.raw, maxBytes).catch(() => 'cut-short' as const)
    if (body === 'cut-short') return context.json({ error: 'the body ended before its end' }, 400)
    if (body === 'too-large') {
      return context.json({ error: `a batch may have ${maxBytes} bytes: send it in smaller ones` }, 413)
    }
    const batch = readBatch(body, Date.now())
    if (batch.events.length + batch.rejected.length > maxLines) {
      return context.json({ error: `a batch may have ${maxLines} lines: send it in smaller ones` }, 413)
    }
    try {
      await store.add(batch.events)
    } catch (error) {
      // Nothing of it is acknowledged, so the script keeps the batch and comes again.
      console.error('The collector could not store a batch:', error)
      return context.json({ error: 'the events could not be stored: send them again' }, 503)
    }
    return context.json({ accepted: batch.events.length, rejected: batch.rejected })
  })

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
