import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { BeaconEvent } from '../../../sdk/schema/event'
import { activity } from '../activity'
import { openDuckdb } from '../duckdb/open-duckdb'
import { createCollector, type Collector } from '../index'
import { report } from '../report'
import type { Store } from '../store'
import { anyEvents } from '../test-any-events'
import { momentEvent, outcomeEvent, pageEvent, shownEvent, testTime } from '../test-events'
import { traffic } from '../test-traffic'
import { hasClickhouse, startClickhouse, type TestServer } from '../test-servers'
import { openClickhouse } from './open-clickhouse'

/** The real server, Debian's 18.16; `apt-get install clickhouse-server` where this is skipped. */
describe.skipIf(!hasClickhouse)('a store on clickhouse-server', () => {
  let server: TestServer
  let databases = 0

  beforeAll(async () => {
    server = await startClickhouse()
  })
  afterAll(() => server.stop())

  const ask = async (sql: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST', body: sql })).text()

  /** A database of its own for whoever asks. */
  const database = async (): Promise<string> => {
    const name = `shop_${++databases}`
    expect(await ask(`CREATE DATABASE ${name}`)).toBe('')
    return `clickhouse://127.0.0.1:${server.port}/${name}`
  }

  const collect = async (store: string): Promise<Collector> => {
    const collector = await createCollector({ dataDir: '/nowhere', store })
    onTestFinished(() => collector.close())
    return collector
  }

  const send = async ({ app }: Collector, ...events: readonly BeaconEvent[]): Promise<number> => {
    const body = events.map((one) => JSON.stringify(one)).join('\n')
    return (
      await app.request('/v1/events', {
        method: 'POST',
        body,
        headers: { 'Content-Length': `${body.length}` },
      })
    ).status
  }

  const stored = async ({ app }: Collector, query = ''): Promise<(BeaconEvent & { receivedAt: number })[]> =>
    (await (await app.request(`/v1/events${query}`)).text())
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as BeaconEvent & { receivedAt: number })

  it('keeps events as they came, filters them, and stores them once, after a restart too', async () => {
    const store = await database()
    const first = await collect(store)
    const sent = [
      pageEvent({ seq: 1, session: "it's \\ \0", page: { type: 'größe 🛒', path: "/'\\n" } }),
      momentEvent({ name: '\ud800' }, { seq: 2, at: testTime + 1 }),
      outcomeEvent({ seq: 3, at: testTime + 2, data: { note: 'line\nbreak \u0000 "quoted"' } }),
    ]
    expect(await send(first, ...sent, ...sent)).toBe(200)
    await first.close()
    const second = await collect(store)
    expect(await send(second, { ...sent[0]!, id: sent[0]!.id.toUpperCase() })).toBe(200)
    const back = await stored(second)
    expect(back.map(({ id }) => id.toLowerCase())).toEqual(sent.map(({ id }) => id))
    const expected = sent.map((one) => ({ ...one, receivedAt: expect.any(Number) as number }))
    expect(back.slice(1)).toEqual(expected.slice(1))
    expect(await stored(second, `?session=${encodeURIComponent("it's \\ \0")}&type=page`)).toHaveLength(1)
    expect(await stored(second, `?since=${testTime + 2}`)).toHaveLength(1)
  })

  it('gives back more events than one page, in order', async () => {
    const collector = await collect(await database())
    const many = Array.from({ length: 10_500 }, (_, seq) => pageEvent({ seq, at: testTime + (seq % 7) }))
    for (let from = 0; from < many.length; from += 2000)
      await send(collector, ...many.slice(from, from + 2000))
    const back = await stored(collector)
    const order = [...many].sort((a, b) => a.at - b.at || a.seq - b.seq)
    expect(back.map(({ id }) => id)).toEqual(order.map(({ id }) => id))
  })

  it('has the very report of the store in a file, whatever the events', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'splitsecond-both-'))
    onTestFinished(() => rm(dir, { recursive: true }))
    let runs = 0
    const bothHold = async (events: readonly BeaconEvent[]): Promise<void> => {
      const stores: Store[] = [
        await openDuckdb(join(dir, `${++runs}.duckdb`)),
        await openClickhouse(await database()),
      ]
      const [inFile, onServer] = await Promise.all(
        stores.map(async (store) => {
          const received = events.map((event) => ({
            event,
            line: JSON.stringify(event),
            receivedAt: testTime,
          }))
          await store.add(received)
          // Some come again, as after an answer that got lost.
          await store.add(received.slice(0, 3))
          const found: unknown[] = []
          for (const since of [0, testTime, testTime + 500]) {
            found.push(await report(store, since), await activity(store, since, testTime + 5000))
          }
          await store.close()
          return found
        }),
      )
      expect(onServer).toEqual(inFile)
    }
    await fc.assert(fc.asyncProperty(anyEvents, bothHold), { numRuns: 8 })
    await bothHold(traffic({ shoppers: 500, until: testTime, span: 3_600_000 }))
  })

  it('acknowledges nothing while the server is away, and loses nothing when it is killed', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => void vi.restoreAllMocks())
    const collector = await collect(await database())
    const acknowledged: string[] = []
    const batches = Array.from({ length: 60 }, () => Array.from({ length: 5 }, () => pageEvent()))
    let sent = 0
    const client = async (): Promise<void> => {
      for (let batch = batches.pop(); batch; batch = batches.pop()) {
        if (++sent === 30) void server.kill()
        const status = await send(collector, ...batch)
        expect([200, 503]).toContain(status)
        if (status === 200) acknowledged.push(...batch.map(({ id }) => id))
      }
    }
    await Promise.all(Array.from({ length: 4 }, client))
    const refused = await collector.app.request('/v1/events', {
      method: 'POST',
      body: JSON.stringify(pageEvent()),
    })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2'])
    await server.start()
    expect(await send(collector, shownEvent())).toBe(200)
    const kept = (await stored(collector)).map(({ id }) => id)
    expect(new Set(kept).size).toBe(kept.length)
    expect(acknowledged.length).toBeGreaterThanOrEqual(100)
    expect(acknowledged.filter((id) => !kept.includes(id))).toEqual([])
  })

  it('is asked for with a server and a database that are there, or says what is wrong', async () => {
    const at = `clickhouse://127.0.0.1:${server.port}`
    await expect(openClickhouse(`${at}/nope`)).rejects.toThrow(
      /^--store: wanted a database that is there, found none of the name "nope": make it by CREATE DATABASE nope/,
    )
    const taken = await database()
    await ask(`CREATE TABLE ${taken.split('/').at(-1)}.events (id String) ENGINE = MergeTree ORDER BY id`)
    await expect(openClickhouse(taken)).rejects.toThrow(
      /^--store: wanted a database for the collector's tables, found trouble: .*(Missing|Unknown|not found|no column)/i,
    )
    await expect(openClickhouse(taken.replace('//', '//nobody:secret@'))).rejects.toThrow(/--store: .*nobody/)
    await expect(openClickhouse(taken.replace('//', '//nobody:secret@'))).rejects.not.toThrow(/secret/)
  })
})

describe('an address of a store', () => {
  it.each([
    ['postgres://localhost/shop', 'wanted clickhouse://host:port/database, found the scheme "postgres:"'],
    ['events.duckdb', 'wanted an address such as clickhouse://host:port/database, found "events.duckdb"'],
    ['clickhouse://localhost:8123', 'wanted the name of a database after the host'],
    ['clickhouse://localhost:8123/a/b', 'wanted the name of a database after the host'],
    ['clickhouse://localhost:99999/shop', 'wanted an address such as'],
  ])('that is %s is refused by what is wrong with it', async (store, message) => {
    await expect(createCollector({ dataDir: '/nowhere', store })).rejects.toThrow(`--store: ${message}`)
  })

  it('where nobody listens is refused by name', async () => {
    await expect(openClickhouse('clickhouse://127.0.0.1:9/shop')).rejects.toThrow(
      /^--store: wanted a ClickHouse server that answers over HTTP, found none: clickhouse:\/\/127\.0\.0\.1:9\/shop does not answer/,
    )
  })
})
