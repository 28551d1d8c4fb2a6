import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { event as eventSchema, type BeaconEvent } from '../../sdk/schema/event'
import { createCollector, type Collector } from './index'
import type { Report } from './report'
import {
  decisionEvent,
  ghostEvent,
  missedEvent,
  momentEvent,
  outcomeEvent,
  pageEvent,
  shownEvent,
  testSplits,
  testTime,
} from './test-events'

interface Answer {
  accepted: number
  rejected: { line: number; reason: string }[]
}

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

const restart = async (): Promise<void> => {
  await collector.close()
  collector = await createCollector({ dataDir })
}

const lines = (...events: readonly object[]): string => events.map((one) => JSON.stringify(one)).join('\n')

const post = async (body: string | Uint8Array<ArrayBuffer>): Promise<Response> =>
  collector.app.request('/v1/events?key=public&sentAt=1&attempt=2', {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/plain' },
  })

const send = async (body: string | Uint8Array<ArrayBuffer>): Promise<Answer> => {
  const response = await post(body)
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

const stored = async (query = ''): Promise<(BeaconEvent & { receivedAt: number })[]> => {
  const response = await collector.app.request(`/v1/events${query}`)
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  const text = await response.text()
  expect(text === '' || text.endsWith('\n')).toBe(true)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BeaconEvent & { receivedAt: number })
}

const ids = async (query = ''): Promise<string[]> => (await stored(query)).map(({ id }) => id)

const report = async (query = ''): Promise<Report> =>
  (await (await collector.app.request(`/v1/report${query}`)).json()) as Report

describe('the builders of this test', () => {
  it('make events that the schema knows', () => {
    const all = [
      pageEvent(),
      momentEvent(),
      decisionEvent(),
      shownEvent(),
      missedEvent(),
      ghostEvent(),
      outcomeEvent(),
    ]
    expect(all.map((one) => eventSchema.safeParse(one).error)).toEqual(all.map(() => undefined))
  })
})

describe('POST /v1/events', () => {
  it('stores a batch and gives every event back as it came', async () => {
    const sent = [
      pageEvent({
        seq: 1,
        at: testTime,
        page: { type: 'pricing', path: '/preise/größe?', extra: { deep: [1] } },
      }),
      momentEvent({}, { seq: 2, at: testTime + 1, newerKey: 'kept' }),
      outcomeEvent({ seq: 3, at: testTime + 2, data: { note: 'line\nbreak \u0000 "quoted" 🛒' } }),
    ]
    const before = Date.now()
    expect(await send(lines(...sent))).toEqual({ accepted: 3, rejected: [] })

    const back = await stored()
    expect(back).toEqual(sent.map((event) => ({ ...event, receivedAt: expect.any(Number) as number })))
    for (const { receivedAt } of back) expect(receivedAt).toBeGreaterThanOrEqual(before)
  })

  it('says when it received an event, whatever the event claims about that', async () => {
    await send(lines(pageEvent({ receivedAt: 5 })))
    expect((await stored())[0]?.receivedAt).toBeGreaterThan(5)
  })

  it('names the line, the place, the wanted and the found, and keeps the good lines', async () => {
    const good = [pageEvent({ seq: 1 }), pageEvent({ seq: 2 })] as const
    const shown = shownEvent()
    const { session: _, ...noSession } = pageEvent()
    const answer = await send(
      [
        JSON.stringify(good[0]),
        JSON.stringify({ ...shown, splits: { ...shown.splits, paint: '9.8' } }),
        '{"type":"page"',
        '[]',
        JSON.stringify({ ...pageEvent(), type: 'pagina' }),
        JSON.stringify({ ...shownEvent(), phase: 'seen' }),
        JSON.stringify(noSession),
        JSON.stringify({ ...pageEvent(), id: 'one', at: 1.5, seq: -1, session: '' }),
        JSON.stringify(good[1]),
      ].join('\n'),
    )
    expect(answer.accepted).toBe(2)
    expect(answer.rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8])
    const reasons = answer.rejected.map(({ reason }) => reason)
    expect(reasons[0]).toBe('splits.paint: wanted number, found string')
    expect(reasons[1]).toMatch(/^line: wanted one JSON object, found text that is not JSON \(/)
    expect(reasons[2]).toBe('line: wanted object, found array')
    expect(reasons[3]).toMatch(/^type: wanted "page" \| "moment" \| .*, found "pagina"$/)
    expect(reasons[4]).toMatch(/^phase: wanted "shown" \| .*, found "seen"$/)
    expect(reasons[5]).toBe('session: wanted string, found nothing')
    expect(reasons[6]).toBe(
      'id: wanted uuid, found "one"; seq: wanted at least 0, found -1; at: wanted whole number, found 1.5 (and 1 more)',
    )
    expect(await ids()).toEqual(good.map(({ id }) => id))
  })

  it('takes CRLF, blank lines, a byte order mark and a missing last newline; counts lines as an editor', async () => {
    const body = `\uFEFF${lines(pageEvent())}\r\n\r\n  \n${lines(pageEvent())}\r\nnope\r\n\n${lines(pageEvent())}`
    const answer = await send(body)
    expect(answer.accepted).toBe(3)
    expect(answer.rejected.map(({ line }) => line)).toEqual([5])
  })

  it.each(['', '\n', '\r\n\r\n'])('is content with an empty body (%j)', async (body) => {
    expect(await send(body)).toEqual({ accepted: 0, rejected: [] })
  })

  it('rejects the line whose bytes are not UTF-8, and no other', async () => {
    const broken = Buffer.from(lines(pageEvent({ session: 'sss' })))
    broken[broken.indexOf('sss')] = 0xff
    const answer = await send(
      Buffer.concat([Buffer.from(`${lines(pageEvent())}\n`), broken, Buffer.from('\n')]),
    )
    expect(answer).toEqual({
      accepted: 1,
      rejected: [{ line: 2, reason: 'line: wanted UTF-8, found other bytes' }],
    })
  })

  it('accepts a repeated id again and stores it once: in one batch, later, in capitals, after a restart', async () => {
    const one = pageEvent({ seq: 1 })
    const other = pageEvent({ seq: 2 })
    expect((await send(lines(one, one, other))).accepted).toBe(3)
    expect((await send(lines(one, { ...one, id: one.id.toUpperCase() }))).accepted).toBe(2)
    await restart()
    expect((await send(lines(one, other))).accepted).toBe(2)
    expect(await ids()).toEqual([one.id, other.id])
  })

  it('keeps every event of many clients at once', async () => {
    const batches = Array.from({ length: 40 }, (_, client) =>
      Array.from({ length: 5 }, (_, seq) => pageEvent({ session: `s-${client}`, seq })),
    )
    const answers = await Promise.all(batches.map((batch) => send(lines(...batch))))
    expect(answers.map(({ accepted }) => accepted)).toEqual(batches.map(() => 5))
    const expected = batches.flat().map(({ id }) => id)
    expect((await ids()).sort()).toEqual(expected.sort())
  })

  it('refuses more than a megabyte, declared or streamed, and more lines than it could hold', async () => {
    const huge = await post('x'.repeat(1024 * 1024 + 1))
    expect(huge.status).toBe(413)
    expect(await huge.json()).toEqual({ error: 'a batch may have 1048576 bytes: send it in smaller ones' })

    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    })
    const streamed = new Request('http://localhost/v1/events', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect((await collector.app.request(streamed)).status).toBe(413)

    expect((await post('x\n'.repeat(10_001))).status).toBe(413)
    expect(await ids()).toEqual([])
  })

  it('lets a shop on another origin send, and not read', async () => {
    const anyOrigin = 'access-control-allow-origin'
    expect((await post(lines(pageEvent()))).headers.get(anyOrigin)).toBe('*')
    expect((await post('x'.repeat(2_000_000))).headers.get(anyOrigin)).toBe('*')
    const preflight = await collector.app.request('/v1/events', { method: 'OPTIONS' })
    expect([preflight.status, preflight.headers.get(anyOrigin)]).toEqual([204, '*'])
    expect((await collector.app.request('/v1/events')).headers.get(anyOrigin)).toBeNull()
  })

  it('acknowledges nothing that it could not store', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await collector.close()
    expect((await post(lines(pageEvent()))).status).toBe(503)
    vi.restoreAllMocks()
    await restart()
    expect(await ids()).toEqual([])
  })
})

describe('GET /v1/events', () => {
  it('orders by time, then by number', async () => {
    const [a, b, c] = [
      pageEvent({ at: testTime, seq: 1 }),
      pageEvent({ at: testTime, seq: 10 }),
      pageEvent({ at: testTime + 1, seq: 0 }),
    ]
    await send(lines(c, b, a))
    expect(await ids()).toEqual([a.id, b.id, c.id])
  })

  it('filters by type, session and time, alone and together', async () => {
    const early = pageEvent({ at: testTime - 1 })
    const exact = pageEvent({ at: testTime })
    const nudge = shownEvent({ at: testTime + 5 })
    const other = pageEvent({ at: testTime + 9, session: "s'2" })
    await send(lines(early, exact, nudge, other))
    expect(await ids('?type=nudge')).toEqual([nudge.id])
    expect(await ids("?session=s'2")).toEqual([other.id])
    expect(await ids(`?since=${testTime}`)).toEqual([exact.id, nudge.id, other.id])
    expect(await ids(`?type=page&session=s-1&since=${testTime}`)).toEqual([exact.id])
    expect(await ids('?type=&session=&since=')).toHaveLength(4)
    expect(await ids('?session=nobody')).toEqual([])
  })

  it.each([
    ['type=nudges', 'type: wanted page | moment'],
    ['type=constructor', 'type: wanted page'],
    ['since=yesterday', 'since: wanted a time in epoch ms'],
    ['since=-1', 'since: wanted'],
    ['since=1e400', 'since: wanted'],
    [`session=${'x'.repeat(65)}`, 'session: wanted at most 64 characters, found 65'],
  ])('answers 400 to %s', async (query, wanted) => {
    const response = await collector.app.request(`/v1/events?${query}`)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).toContain(wanted)
  })

  it('gives back more events than one page of the store', async () => {
    const many = Array.from({ length: 10_500 }, (_, seq) => pageEvent({ seq, at: testTime + (seq % 7) }))
    for (let from = 0; from < many.length; from += 2_500) await send(lines(...many.slice(from, from + 2_500)))
    const back = await ids()
    expect(back).toHaveLength(10_500)
    expect(new Set(back).size).toBe(10_500)
  })
})

describe('GET /v1/report', () => {
  it('has every name and no figures while nothing is stored', async () => {
    const none = { p50: null, p95: null, p99: null, n: 0 }
    expect(await report()).toEqual({
      splits: {
        wait: none,
        capture: none,
        detect: none,
        profile: none,
        decide: none,
        mount: none,
        paint: none,
        signalToDecision: none,
        decisionToAction: none,
        actionToCustomer: none,
        total: none,
      },
      fit: { inMoment: 0, late: 0, missed: 0, rate: null },
      moments: {},
      reasons: {},
      channels: [],
    })
  })

  it('takes percentiles from the nudges that were shown, and only from those', async () => {
    // Paints of 0, 10, … 100 ms: the percentiles of eleven even steps can be told by hand.
    const shown = Array.from({ length: 11 }, (_, step) =>
      shownEvent({
        splits: testSplits({
          wait: 2000,
          capture: 0,
          detect: 0,
          profile: 0,
          decide: 0,
          mount: 1,
          paint: step * 10,
        }),
      }),
    )
    await send(lines(...shown, ghostEvent(), missedEvent()))
    const { splits } = await report()
    expect(splits.paint).toEqual({ p50: 50, p95: 95, p99: 99, n: 11 })
    expect(splits.actionToCustomer).toEqual(splits.paint)
    expect(splits.total).toEqual({ p50: 51, p95: 96, p99: 100, n: 11 })
    expect(splits.wait).toEqual({ p50: 2000, p95: 2000, p99: 2000, n: 11 })
    expect(splits.profile).toEqual({ p50: 0, p95: 0, p99: 0, n: 11 })
  })

  it('rates the fit, and each channel by itself', async () => {
    const toast = { surface: 'toast', device: 'desktop', pageType: 'pricing' } as const
    const bar = { surface: 'bar', device: 'mobile', pageType: 'cart' } as const
    const total = (paint: number) => testSplits({ capture: 0, detect: 0, decide: 0, mount: 0, paint })
    await send(
      lines(
        shownEvent({ channel: toast, splits: total(10) }),
        shownEvent({ channel: toast, splits: total(20) }),
        shownEvent({ channel: toast, splits: total(30), fit: 'late' }),
        missedEvent({ channel: toast }),
        missedEvent({ channel: bar }),
        ghostEvent({ channel: bar }),
      ),
    )
    const { fit, channels } = await report()
    expect(fit).toEqual({ inMoment: 2, late: 1, missed: 2, rate: 0.4 })
    expect(channels).toEqual([
      { ...toast, n: 3, p50: 20, p95: 29, fitRate: 0.5 },
      { ...bar, n: 0, p50: null, p95: null, fitRate: 0 },
    ])
  })

  it('counts confirmed moments by name, and decisions by their last word', async () => {
    await send(
      lines(
        momentEvent({ name: 'hesitation', phase: 'suspect' }),
        momentEvent({ name: 'hesitation' }),
        momentEvent({ name: 'hesitation', phase: 'ended' }),
        momentEvent({ name: 'rage-click' }),
        momentEvent({ name: 'hesitation' }),
        decisionEvent({}, { decisionId: 'd-seen' }),
        shownEvent({ decisionId: 'd-seen' }),
        decisionEvent({}, { decisionId: 'd-missed' }),
        missedEvent({ decisionId: 'd-missed', reason: 'busy' }),
        decisionEvent({ verdict: 'hold', reason: 'limit' }),
        decisionEvent({ verdict: 'hold', reason: 'limit' }),
        decisionEvent({ verdict: 'ghost', reason: 'holdout' }),
      ),
    )
    const { moments, reasons } = await report()
    expect(moments).toEqual({ hesitation: 2, 'rage-click': 1 })
    expect(reasons).toEqual({ shown: 1, busy: 1, limit: 2, holdout: 1 })
  })

  it('counts from `since` on', async () => {
    await send(
      lines(
        shownEvent({ at: testTime - 1, fit: 'late' }),
        momentEvent({}, { at: testTime - 1 }),
        decisionEvent({}, { at: testTime - 1 }),
        shownEvent({ at: testTime }),
      ),
    )
    const { splits, fit, moments, reasons, channels } = await report(`?since=${testTime}`)
    expect([splits.total.n, fit.rate, moments, reasons, channels.length]).toEqual([1, 1, {}, {}, 1])
    expect((await collector.app.request('/v1/report?since=soon')).status).toBe(400)
  })
})

describe('the store', () => {
  it('is made with its directory, survives a restart, and is one file once closed', async () => {
    await collector.close()
    const fresh = join(dataDir, 'not', 'there')
    const first = await createCollector({ dataDir: fresh })
    const event = pageEvent()
    await first.app.request('/v1/events', { method: 'POST', body: lines(event) })
    await first.close()
    await expect(readFile(join(fresh, 'events.duckdb.wal'))).rejects.toThrow('ENOENT')
    const second = await createCollector({ dataDir: fresh })
    expect(await (await second.app.request('/v1/events')).text()).toContain(event.id)
    await second.close()
    await second.close()
  })

  it('writes what is under way before it closes', async () => {
    const event = pageEvent()
    const answer = send(lines(event))
    await new Promise((resolve) => setImmediate(resolve))
    await collector.close()
    expect((await answer).accepted).toBe(1)
    await restart()
    expect(await ids()).toEqual([event.id])
  })

  it('refuses a file that is in use, naming it and what to do', async () => {
    await expect(createCollector({ dataDir })).rejects.toThrow(
      `The event store ${join(dataDir, 'events.duckdb')} cannot be opened. Another collector is using it`,
    )
    await send(lines(pageEvent()))
    expect(await ids()).toHaveLength(1)
  })

  it('refuses a damaged file and leaves it as it is', async () => {
    await collector.close()
    const file = join(dataDir, 'events.duckdb')
    const damaged = (await readFile(file)).fill(7, 4096, 8192)
    await writeFile(file, damaged)
    await expect(createCollector({ dataDir })).rejects.toThrow(
      /events\.duckdb cannot be opened\. It seems damaged: move/,
    )
    expect((await readFile(file)).equals(damaged)).toBe(true)
    await rm(file)
    await restart()
  })

  it('refuses a data directory that is a file', async () => {
    const file = join(dataDir, 'file')
    await writeFile(file, '')
    await expect(createCollector({ dataDir: file })).rejects.toThrow('must be a directory')
  })
})
