/** A collector of its own for each test of a file, and what senders and readers ask of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import type { BeaconEvent } from '../../sdk/schema/event'
import { createCollector, type Collector } from './index'
import type { Report } from './report'

interface Taken {
  accepted: number
  rejected: { line: number; reason: string }[]
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

export const lines = (...events: readonly object[]): string =>
  events.map((one) => JSON.stringify(one)).join('\n')

type Stored = BeaconEvent & { receivedAt: number }

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

  const ask = async (...given: Parameters<Collector['app']['request']>): Promise<Response> =>
    collector.app.request(...given)

  const text = async (query = ''): Promise<string> => {
    const response = await ask(`/v1/events${query}`)
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const found = await response.text()
    expect(found === '' || found.endsWith('\n')).toBe(true)
    return found
  }
  const received = async (query = ''): Promise<Stored[]> =>
    (await text(query))
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Stored)

  const post = async (body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
    ask('/v1/events?key=public&sentAt=1&attempt=2', {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'text/plain' },
    })

  return {
    poster,
    ask,
    post,
    /** A batch of lines that is answered with 200. */
    send: async (body: string | Uint8Array<ArrayBuffer>): Promise<Taken> => {
      const response = await post(body)
      expect(response.status).toBe(200)
      return (await response.json()) as Taken
    },
    /** All that is stored, as text. */
    text,
    /** As events, with the time at which each came. */
    received,
    /** The same, each as it was sent. */
    stored: async (): Promise<BeaconEvent[]> =>
      (await received()).map((one) => {
        const { receivedAt: _, ...event } = one
        return event
      }),
    ids: async (query = ''): Promise<string[]> => (await received(query)).map(({ id }) => id),
    report: async (query = ''): Promise<Report> => (await (await ask(`/v1/report${query}`)).json()) as Report,
    dataDir: () => dataDir,
    close: () => collector.close(),
    restart: async (): Promise<void> => {
      await collector.close()
      collector = await createCollector({ dataDir })
    },
  }
}
