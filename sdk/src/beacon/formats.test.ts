import { describe, expect, test } from 'vitest'
import type { BeaconEvent } from '../../schema/event'
import { createFakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { createFakeSend, type Reply, type Sent } from '../../test/fake-send'
import { createUuid } from '../platform/uuid'
import { createBeacon } from './beacon'
import { callback } from './encode/callback'
import { cloudevents } from './encode/cloudevents'
import { otlp } from './encode/otlp'
import { otlpTraces } from './encode/otlp-traces'
import { segment } from './encode/segment'
import type { Encoder, Format } from './encoder'
import { createFormats } from './formats'

const parts: Readonly<Record<string, Format>> = {
  callback,
  cloudevents,
  otlp,
  'otlp-traces': otlpTraces,
  segment,
}
const a = 'https://a.example/in'
const b = 'https://b.example/in'
const minute = 60_000

/** Beacons by these options on a page, with a network that answers as it is told. */
async function opened(
  { format, collector }: { format?: unknown; collector?: unknown },
  reply: (request: Sent) => Reply = () => ({}),
  page: FakePlatform = createFakeBrowser().page(),
) {
  const { clock } = page
  const network = createFakeSend(clock, reply)
  const uuid = createUuid(page.random)
  const said: string[] = []
  const provided = new Map<string, (...given: unknown[]) => unknown>()
  const made = { seq: 0 }
  const event = (fields: object) =>
    ({
      id: uuid(clock.toEpoch(clock.now())),
      seq: ++made.seq,
      at: clock.toEpoch(clock.now()),
      ageMs: 0,
      session: 's',
      view: 'v',
      page: { type: 'cart', path: '/cart' },
      device: { class: 'desktop', touch: false },
      sdk: '0.0.0',
      ...fields,
    }) as unknown as BeaconEvent
  const open = await createFormats({
    format,
    collector,
    named: (option) => `data-${option}`,
    complain: (line) => said.push(line),
    load: (name) => Promise.resolve(parts[name]),
    provided,
    createBeacon: (options) => createBeacon({ send: network.send, ...options }),
  })
  const beacons = open?.({
    platform: page,
    key: 'k',
    owner: uuid(0),
    lossEvent: (counts) => event({ type: 'loss', counts }),
  })
  beacons?.open()
  await clock.settle()
  const add = (fields: object = { type: 'page' }) => {
    const one = event(fields)
    beacons?.add(one, clock.now())
    return one
  }
  return {
    ...network,
    page,
    clock,
    said,
    provided,
    beacons: beacons!,
    add,
    addMany: (count: number, fields?: object) => Array.from({ length: count }, () => add(fields)),
    to: (url: string) => network.sent.filter((it) => it.url.startsWith(url)),
    /** created − acknowledged − queued − lost of each format: 0 at every instant. */
    unaccounted: () =>
      Object.values(beacons!.counts()).map(
        ({ created, acknowledged, queued, lost }) =>
          created - acknowledged - queued - Object.values(lost).reduce((sum, count) => sum + count, 0),
      ),
  }
}

/** Ids that came to a collector, of whichever format. */
const idsAt = (requests: readonly Sent[]) =>
  requests.flatMap(({ body }) => body!.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [])

describe('what is wrong is named, and nothing is sent', () => {
  test.each([
    [
      'an unknown format',
      { format: 'ndjsom', collector: a },
      /^data-format: wanted "ndjson", .*found "ndjsom"$/,
    ],
    ['one among others', { format: 'ndjson otpl', collector: `${a} ${b}` }, /^data-format: .*found "otpl"$/],
    [
      'too few addresses',
      { format: 'ndjson otlp', collector: a },
      /^data-collector: wanted 2 addresses \(ndjson, otlp\), found \["https:\/\/a/,
    ],
    [
      'too many',
      { format: 'otlp', collector: [a, b] },
      /^data-collector: wanted 1 address \(otlp\), found \[.*b\.example/,
    ],
    [
      'two addresses and no format',
      { collector: `${a} ${b}` },
      /^data-collector: wanted 1 address \(ndjson\)/,
    ],
    ['none', { format: 'otlp' }, /^data-collector: wanted 1 address \(otlp\), found \[\]$/],
    [
      'one for what stays in the page',
      { format: 'callback', collector: a },
      /^data-collector: wanted 0 addresses/,
    ],
    [
      'no address',
      { format: 'otlp segment', collector: `${a} ftp://b` },
      /^data-collector: wanted an address for segment, found "ftp:\/\/b"$/,
    ],
    [
      'an object that is no encoder',
      { format: [{ name: 'x' }], collector: a },
      /^data-format: .*an encoder, found {"name":"x"}$/,
    ],
    [
      'more than may be in flight',
      { format: 'otlp segment cloudevents otlp otlp', collector: [a, a, a, a, a] },
      /^data-format: wanted at most 4/,
    ],
    [
      'a module that is not there',
      { format: '/no-such-format.js', collector: a },
      /^data-format: wanted a module, found none at \/no-such-format.js/,
    ],
  ])('%s', async (_what, options, line) => {
    const on = await opened(options)
    on.add()
    await on.clock.advance(minute)
    expect(on.said).toEqual([expect.stringMatching(line)])
    expect(on.sent).toEqual([])
    expect(on.beacons).toBeUndefined()
  })
})

describe('several at once', () => {
  test('each gets every event, at its own address, in its own format', async () => {
    const on = await opened({ format: 'cloudevents\n  ndjson', collector: ` ${a} ${b} ` })
    const made = on.addMany(3).map(({ id }) => id)
    await on.clock.advance(6_000)
    expect(idsAt(on.to(b))).toEqual(expect.arrayContaining(made))
    expect(on.to(a).map(({ headers }) => headers!['content-type'])).toEqual([
      'application/cloudevents-batch+json',
    ])
    expect((JSON.parse(on.to(a)[0]!.body!) as { id: string }[]).map(({ id }) => id)).toEqual(made)
    expect(on.to(b)[0]!.events.map(({ id }) => id)).toEqual(made)
    expect(on.to(b)[0]!.headers).toEqual({ 'content-type': 'text/plain' })
  })

  test('a collector that is down holds back no other, and gets all when it is back', async () => {
    const collector = { status: 503 }
    const on = await opened({ format: 'ndjson segment', collector: [a, b] }, ({ url }) =>
      url.startsWith(a) ? collector : {},
    )
    const made = on.addMany(30)
    await on.clock.advance(6_000)
    expect(on.beacons.counts()).toMatchObject({
      ndjson: { created: 30, acknowledged: 0, queued: 30 },
      segment: { created: 30, acknowledged: 30, queued: 0 },
    })
    expect(on.unaccounted()).toEqual([0, 0])
    collector.status = 200
    await on.clock.advance(10 * minute)
    expect(on.beacons.counts()['ndjson']).toMatchObject({ acknowledged: 30, queued: 0, lost: {} })
    expect(made.map(({ id }) => on.stored.get(id))).toEqual(made.map(() => 1))
  })

  test('one that never answers neither', async () => {
    const on = await opened({ format: 'ndjson segment', collector: [a, b] }, ({ url }) =>
      url.startsWith(a) ? { hang: true } : {},
    )
    on.addMany(30)
    await on.clock.advance(5_300)
    expect(on.beacons.counts()['segment']).toMatchObject({ acknowledged: 30, queued: 0 })
  })

  test('what one had left a killed page is taken up by the next, each by its own', async () => {
    const browser = createFakeBrowser()
    const first = await opened(
      { format: 'ndjson segment', collector: [a, b] },
      ({ url }) => ({ status: url.startsWith(a) ? 0 : 200 }),
      browser.page(),
    )
    first.addMany(5)
    await first.clock.advance(10_000)
    first.page.kill()
    await browser.clock.advance(10 * minute)
    const next = await opened({ format: 'ndjson segment', collector: [a, b] }, undefined, browser.page())
    await next.clock.advance(minute)
    expect(next.to(a).flatMap(({ events }) => events)).toHaveLength(5)
    expect(next.to(b)).toEqual([])
  })

  test('what the default format alone had stored is sent when another joins it', async () => {
    const browser = createFakeBrowser()
    const first = await opened({ collector: a }, () => ({ status: 0 }), browser.page())
    first.addMany(5)
    await first.clock.advance(10_000)
    first.page.kill()
    await browser.clock.advance(10 * minute)
    const next = await opened({ format: 'otlp ndjson', collector: [b, a] }, undefined, browser.page())
    await next.clock.advance(minute)
    expect(next.to(a).flatMap(({ events }) => events)).toHaveLength(5)
  })

  test('together never more than 16 KB and 4 requests in flight, large events included', async () => {
    const on = await opened({ format: 'ndjson otlp segment', collector: [a, b, b] }, () => ({ hang: true }))
    on.addMany(60)
    on.addMany(3, { type: 'outcome', name: 'x', data: { fill: 'x'.repeat(6_000) }, afterDecisions: [] })
    on.page.hide()
    await on.clock.advance(4_000)
    expect(on.most.keepaliveBytes).toBeLessThanOrEqual(16_000)
    expect(on.most.keepaliveBytes).toBeGreaterThan(4_000)
    expect(on.most.requests).toBeLessThanOrEqual(4)
  })

  test('an event larger than a format’s share arrives all the same', async () => {
    const on = await opened({ format: 'ndjson otlp segment', collector: [a, b, b] })
    on.add({ type: 'outcome', name: 'x', data: { fill: 'x'.repeat(7_000) }, afterDecisions: [] })
    await on.clock.advance(minute)
    for (const counts of Object.values(on.beacons.counts()))
      expect(counts).toMatchObject({ acknowledged: 1, lost: {} })
  })

  test('a collector sees no gap in `seq` for what was not made for it', async () => {
    const on = await opened(
      { format: 'otlp-traces ndjson ndjson', collector: [a, b, `${b}/2`] },
      ({ url }) => (url.startsWith(a) ? { status: 400 } : {}),
    )
    on.add({ type: 'nudge', phase: 'missed', decisionId: '019a0000-0000-7000-8000-000000000001', rule: 'r' })
    on.addMany(4)
    await on.clock.advance(minute)
    expect(
      on.to(b).flatMap(({ url, events }) => (url.includes('/2') ? [] : events.map(({ seq }) => seq))),
    ).toEqual([1, 2, 3, 4, 5])
    expect(on.beacons.counts()).toMatchObject({
      'otlp-traces': { created: 1, lost: { rejected: 1 } },
      ndjson: { created: 5 },
      'ndjson-2': { created: 5 },
    })
  })

  test('consent that goes empties each of them', async () => {
    const on = await opened({ format: 'ndjson callback', collector: a })
    const taken: unknown[] = []
    on.provided.set('events', (events) => taken.push(events))
    on.addMany(3)
    on.beacons.close()
    await on.clock.advance(minute)
    expect([on.sent, taken]).toEqual([[], []])
    for (const counts of Object.values(on.beacons.counts()))
      expect(counts).toMatchObject({ queued: 0, lost: { consent: 3 } })
  })
})

describe('a batch that is refused for one event', () => {
  test.each([
    [500, 'expired'],
    [400, 'rejected'],
  ])('with a %i: the others arrive, that one alone is lost', async (status, why) => {
    const isBad = ({ body }: Sent) => body!.includes('"name":"poison"')
    const on = await opened({ format: 'segment', collector: a }, (request) => ({
      status: isBad(request) ? status : 200,
    }))
    const good = on.addMany(7)
    on.add({ type: 'outcome', name: 'poison', data: {}, afterDecisions: [] })
    good.push(...on.addMany(7))
    await on.clock.advance(60 * minute)
    expect(on.beacons.counts()['segment']).toMatchObject({ queued: 0, lost: { [why]: 1 } })
    const arrived = on.sent.filter((request) => !isBad(request)).map(({ body }) => body)
    for (const { id } of good)
      expect(arrived.filter((body) => body!.includes(`"messageId":"${id}"`))).toHaveLength(1)
  })
})

describe('a function of the page', () => {
  test('is handed each event once', async () => {
    const on = await opened({ format: 'callback' })
    const taken: BeaconEvent[] = []
    on.provided.set('events', (events) => void taken.push(...(events as BeaconEvent[])))
    const made = on.addMany(3).map(({ id }) => id)
    await on.clock.advance(minute)
    expect(taken.map(({ id }) => id)).toEqual(made)
    expect(on.page.said).toEqual([])
  })

  test.each([
    [
      'throws',
      () => {
        throw Error('no')
      },
      'Error: no',
    ],
    ['rejects', () => Promise.reject(Error('no')), 'Error: no'],
    ['never settles', () => new Promise(() => {}), 'no answer in 5000 ms'],
    ['is not there', undefined, 'wanted splitsecond.provide("events", function), found nothing'],
  ])('that %s has not taken them: they come again', async (_what, bad, line) => {
    const on = await opened({ format: 'callback' })
    if (bad) on.provided.set('events', bad)
    const made = on.addMany(3).map(({ id }) => id)
    await on.clock.advance(11_000)
    expect(on.beacons.counts()['callback']).toMatchObject({ acknowledged: 0, queued: 3 })
    expect(on.page.said[0]).toContain(line)
    const taken: BeaconEvent[] = []
    on.provided.set('events', (events) => void taken.push(...(events as BeaconEvent[])))
    await on.clock.advance(10 * minute)
    expect(new Set(taken.map(({ id }) => id))).toEqual(new Set(made))
    expect(on.beacons.counts()['callback']).toMatchObject({ acknowledged: 3, queued: 0, lost: {} })
    expect(on.page.faults).toEqual([])
  })
})

describe('an encoder of the shop’s own', () => {
  const own: Encoder = {
    name: 'warehouse',
    contentType: 'text/plain',
    largestBody: 2_000,
    encode: (events, { key, sentAt }) => ({ body: JSON.stringify({ key, sentAt, events }) }),
  }

  test('writes the requests, as large as its collector takes them', async () => {
    const on = await opened({ format: [own], collector: a })
    on.addMany(40)
    await on.clock.advance(minute)
    expect(on.beacons.counts()['warehouse']).toMatchObject({ acknowledged: 40 })
    expect(on.to(a)[0]!.url).toBe(a)
    for (const { bytes } of on.sent) expect(bytes).toBeLessThanOrEqual(2_000)
  })

  test('one that fails for an event loses that one; one that cannot read an answer nothing', async () => {
    const fussy: Encoder = {
      ...own,
      encode(events, context) {
        if (events.some(({ type }) => type === 'vitals')) throw Error('no vitals')
        return own.encode(events, context)
      },
      refused: () => {
        throw Error('what?')
      },
    }
    const on = await opened({ format: [fussy, 'ndjson'], collector: [a, b] })
    on.addMany(2)
    on.add({ type: 'vitals', name: 'INP', value: 1 })
    await on.clock.advance(minute)
    expect(on.beacons.counts()).toMatchObject({
      // Two, and the report of the loss.
      warehouse: { acknowledged: 3, lost: { 'too-big': 1 } },
      ndjson: { acknowledged: 3, lost: {} },
    })
    expect(on.page.faults).toEqual([])
  })
})
