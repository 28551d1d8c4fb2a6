import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { BeaconEvent } from '../../../sdk/schema/event'
import { cloudevents } from '../../../sdk/src/beacon/encode/cloudevents'
import { ndjson } from '../../../sdk/src/beacon/encode/ndjson'
import { otlp } from '../../../sdk/src/beacon/encode/otlp'
import type { Encoder } from '../../../sdk/src/beacon/encoder'
import { createCollector } from '../index'
import { decisionEvent, ghostEvent, outcomeEvent, pageEvent, shownEvent } from '../test-events'

const formats: readonly (Encoder & { readonly path: string })[] = [
  { ...ndjson, name: 'ndjson', contentType: 'text/plain', path: '/v1/events' },
  { ...cloudevents, path: '/v1/events' },
  { ...otlp, path: '/v1/logs' },
]

/** What the script writes, the collector takes: in whatever format, the very same events are stored. */
it.each(formats)('$name', async ({ path, encode, contentType }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'splitsecond-formats-'))
  const collector = await createCollector({ dataDir })
  const events = [pageEvent(), decisionEvent(), shownEvent(), ghostEvent(), outcomeEvent()].map((event) => ({
    ...event,
    ageMs: 40,
  }))
  const { url = path, body } = encode(events, { url: path, key: 'public', sentAt: 1, attempt: 1 })
  const headers = { 'Content-Type': contentType }
  const answer = await collector.app.request(url, { method: 'POST', body, headers })
  expect(answer.status).toBe(200)
  const text = await (await collector.app.request('/v1/events')).text()
  const stored = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as BeaconEvent] : []))
  const byId = (all: readonly BeaconEvent[]) => [...all].sort((a, b) => (a.id < b.id ? -1 : 1))
  const receivedAt = expect.any(Number) as number
  expect(byId(stored)).toEqual(byId(events).map((event) => ({ ...event, receivedAt })))
  await collector.close()
  await rm(dataDir, { recursive: true })
})
