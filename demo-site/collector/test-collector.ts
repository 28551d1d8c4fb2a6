/** A collector of its own for each test of a file, and what senders and readers ask of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { BeaconEvent } from '../../sdk/schema/event'
import { createCollector, type Collector } from './index'

interface Answer {
  readonly status: number
  readonly body: unknown
}

export const collectorForEach = () => {
  let dataDir: string
  let collector: Collector

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'splitsecond-collector-'))
    collector = await createCollector({ dataDir })
  })

  afterEach(async () => {
    await collector.close()
    await rm(dataDir, { recursive: true })
  })

  const poster =
    (path: string, contentType: string) =>
    async (body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
      const response = await collector.app.request(path, {
        method: 'POST',
        headers: { 'Content-Type': contentType, ...headers },
        body:
          typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
      })
      return { status: response.status, body: await response.json() }
    }

  const text = async (): Promise<string> => (await collector.app.request('/v1/events')).text()

  return {
    poster,
    /** All that is stored, as text. */
    text,
    /** The same as events, each as it was sent. */
    stored: async (): Promise<BeaconEvent[]> =>
      (await text())
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const { receivedAt: _, ...event } = JSON.parse(line) as BeaconEvent & { receivedAt: number }
          return event
        }),
  }
}
