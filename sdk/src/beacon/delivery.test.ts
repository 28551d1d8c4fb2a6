import { describe, expect, test } from 'vitest'
import type { Sent } from '../../test/fake-send'
import { createFakeBrowser } from '../../test/fake-platform'
import { beaconOn, damage, formatsOn, opened, records } from './beacon.fixture'

const isBad = (event: object) => 'bad' in event && event.bad === true
const minute = 60_000
const day = 24 * 60 * minute

describe('what an answer means', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('%i: tried again', async (status) => {
    const on = await opened(() => ({ status }))
    on.add()
    await on.clock.advance(minute)
    expect(on.sent.length).toBeGreaterThan(1)
    expect(on.beacon.counts()).toEqual({ created: 1, acknowledged: 0, queued: 1, lost: {} })
  })

  test('a connection that fails: tried again', async () => {
    const on = await opened(() => ({ status: 0 }))
    on.add()
    await on.clock.advance(minute)
    expect(on.beacon.counts()).toEqual({ created: 1, acknowledged: 0, queued: 1, lost: {} })
  })

  test.each([400, 401, 403, 404, 410, 415, 422])('%i: lost as rejected, never sent again', async (status) => {
    const on = await opened(() => ({ status }))
    on.add()
    await on.clock.advance(5_000)
    expect(on.sent).toHaveLength(1)
    expect(on.beacon.counts()).toMatchObject({ queued: 0, lost: { rejected: 1 } })
    expect(on.unaccounted()).toBe(0)
    await on.clock.settle()
    expect(await records()).toEqual([])
  })

  test('413: split until it fits; an event that alone is too big is lost, no other', async () => {
    const on = await opened(({ events }) => ({ status: events.length > 6 || events.some(isBad) ? 413 : 200 }))
    const made = Array.from({ length: 20 }, (_none, index) => on.add({ type: 'page', bad: index === 12 }))
    await on.clock.advance(minute)
    expect([...on.stored.keys()].filter((id) => made.some((it) => it.id === id))).toHaveLength(19)
    expect(on.beacon.counts().lost).toEqual({ 'too-big': 1 })
    expect(on.unaccounted()).toBe(0)
  })

  test('413 neither uses up tries nor waits', async () => {
    const on = await opened(({ events }) => ({ status: events.length > 1 ? 413 : 200 }))
    on.addMany(20)
    await on.clock.advance(15_000)
    expect(on.stored.size).toBe(20)
    expect(on.sent.every(({ url }) => new URL(url).searchParams.get('attempt') === '1')).toBe(true)
  })

  test('a partial refusal loses the lines that it names, and says why once', async () => {
    const on = await opened(({ events }) => ({
      text: JSON.stringify({
        accepted: events.length - 1,
        rejected: events.length > 1 ? [{ line: 2, reason: 'no page' }] : [],
      }),
    }))
    on.addMany(3)
    await on.clock.advance(5_000)
    expect(on.beacon.counts()).toMatchObject({ acknowledged: 2, lost: { rejected: 1 } })
    expect(on.page.said.filter((line) => line.includes('no page'))).toHaveLength(1)
  })

  test.each(['', 'ok', '<html>', 'null', '{"rejected":7}', '{"rejected":[null]}', '[]'])(
    'a 2xx that answers %j takes all',
    async (text) => {
      const on = await opened(() => ({ text }))
      on.addMany(2)
      await on.clock.advance(5_000)
      expect(on.beacon.counts()).toEqual({ created: 2, acknowledged: 2, queued: 0, lost: {} })
      expect(on.page.faults).toEqual([])
    },
  )
})

describe('when it is tried again', () => {
  const times = (sent: readonly Sent[]) => sent.map(({ at }) => at)

  test('waits grow from a second to five minutes, at random', async () => {
    const on = await opened(() => ({ status: 500 }))
    on.add()
    await on.clock.advance(day)
    const waits = times(on.sent).map((at, index, all) => at - (all[index - 1] ?? 0))
    expect(on.sent).toHaveLength(10)
    waits.slice(1).forEach((wait, index) => {
      expect(wait).toBeLessThanOrEqual(Math.min(5 * minute, 1_000 * 2 ** (index + 1)))
    })
    expect(waits.slice(1).filter((wait) => wait < 5_000).length).toBeGreaterThan(0)
    expect(on.beacon.counts()).toMatchObject({ queued: 0, lost: { expired: 1 } })
  })

  test('Retry-After in seconds', async () => {
    const on = await opened(({ at }) => (at < 6_000 ? { status: 429, headers: { 'retry-after': '60' } } : {}))
    on.add()
    await on.clock.advance(5 * minute)
    expect(times(on.sent)).toEqual([5_000, 65_000])
  })

  test('Retry-After as a date', async () => {
    const browserEpoch = 1_760_000_000_000
    const on = await opened(({ at }) =>
      at < 6_000
        ? { status: 503, headers: { 'retry-after': new Date(browserEpoch + 45_000).toUTCString() } }
        : {},
    )
    on.add()
    await on.clock.advance(5 * minute)
    expect(times(on.sent)).toEqual([5_000, 45_000])
  })

  test.each(['86400', '0', '-5', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'Retry-After %j is held within bounds',
    async (header) => {
      const on = await opened(({ at }) =>
        at < 6_000 ? { status: 429, headers: { 'retry-after': header } } : {},
      )
      on.add()
      await on.clock.advance(5_500)
      expect(on.sent.length).toBeLessThanOrEqual(2)
      await on.clock.advance(5 * minute)
      expect(on.stored.size).toBe(1)
    },
  )

  test('Retry-After holds for what is made meanwhile, too', async () => {
    const on = await opened(({ at }) => (at < 6_000 ? { status: 429, headers: { 'retry-after': '60' } } : {}))
    on.add()
    await on.clock.advance(10_000)
    on.addMany(25)
    await on.clock.advance(50_000)
    expect(on.sent).toHaveLength(1)
    await on.clock.advance(20_000)
    expect(on.stored.size).toBe(26)
  })

  test('offline uses up no tries: nothing is lost in a tunnel', async () => {
    const on = await opened(() => ({ status: on.browser.online.now ? 200 : 0 }))
    on.browser.online.now = false
    on.add()
    await on.clock.advance(3 * 60 * minute)
    expect(on.beacon.counts()).toEqual({ created: 1, acknowledged: 0, queued: 1, lost: {} })
    expect(on.sent.length).toBeLessThan(100)
    on.browser.online.now = true
    on.page.fire('online')
    await on.clock.advance(1)
    expect(on.beacon.counts().acknowledged).toBe(1)
  })

  test('a try before its turn, because the page is hidden, uses up none', async () => {
    const on = await opened(() => ({ status: 503, headers: { 'retry-after': '300' } }))
    on.add()
    await on.clock.advance(5_000)
    for (let i = 0; i < 30; i++) {
      on.page.hide()
      await on.clock.advance(1_000)
      on.page.show()
    }
    expect(on.beacon.counts()).toEqual({ created: 1, acknowledged: 0, queued: 1, lost: {} })
  })

  test('unreachable while online: three tries, then five minutes apart, for each may have arrived', async () => {
    const on = await opened(() => ({ status: 0, arrives: true }))
    on.add()
    await on.clock.advance(2 * minute)
    const early = on.sent.filter(({ keepalive }) => keepalive).length
    expect(early).toBe(3)
    await on.clock.advance(10 * minute)
    expect(on.sent.filter(({ keepalive }) => keepalive).length).toBeLessThanOrEqual(early + 3)
    expect(on.beacon.counts()).toEqual({ created: 1, acknowledged: 0, queued: 1, lost: {} })
  })

  test('no answer in time, over and over: tried again as after a 503, for who is slow has refused nothing', async () => {
    const on = await opened(({ at }) => (at < minute ? { hang: true } : {}))
    on.add()
    await on.clock.advance(3 * minute)
    expect(on.beacon.counts()).toMatchObject({ acknowledged: 1, queued: 0 })
  })

  test('no answer in time, ever: ten tries', async () => {
    const on = await opened(() => ({ hang: true }))
    on.add()
    await on.clock.advance(60 * minute)
    expect(on.sent).toHaveLength(10)
    expect(on.beacon.counts()).toMatchObject({ queued: 0, lost: { expired: 1 } })
  })

  test('a day is the end', async () => {
    const on = await opened(() => ({ status: 0 }))
    on.browser.online.now = false
    on.add()
    await on.clock.advance(day + 10 * minute)
    expect(on.beacon.counts()).toMatchObject({ queued: 0, lost: { expired: 1 } })
  })

  test('id, seq, time and content are the same at every try; age and attempt are not', async () => {
    const on = await opened(({ at }) => ({ status: at < minute ? 500 : 200 }))
    const { id, seq, at } = on.add()
    await on.clock.advance(10 * minute)
    const tries = on.sent.flatMap(({ events }) => events)
    expect(tries.length).toBeGreaterThan(2)
    for (const event of tries) expect(event).toMatchObject({ id, seq, at })
    expect(tries.map(({ ageMs }) => ageMs)).toEqual(on.sent.map((request) => Math.round(request.at)))
    expect(on.sent.map(({ url }) => Number(new URL(url).searchParams.get('attempt')))).toEqual(
      on.sent.map((_request, index) => index + 1),
    )
  })

  test('after a success all that waits goes on at once, not one round every five seconds', async () => {
    const on = await opened(() => ({ status: on.clock.now() < minute ? 500 : 200, afterMs: 50 }))
    on.addMany(200, 100)
    await on.clock.advance(6 * minute)
    expect(on.stored.size).toBe(200)
  })
})

describe('G6: one bad event', () => {
  test('is isolated by halving, and all others arrive once', async () => {
    const on = await opened(({ events }) => ({ status: events.some(isBad) ? 500 : 200 }))
    const made = Array.from({ length: 20 }, (_none, index) => on.add({ type: 'page', bad: index === 7 }))
    await on.clock.advance(2 * minute)
    for (const event of made) expect(on.stored.get(event.id)).toBe(isBad(event) ? undefined : 1)
    await on.clock.advance(2 * 60 * minute)
    expect(on.beacon.counts()).toMatchObject({ queued: 0, lost: { expired: 1 } })
  })

  test('holds new events up for five minutes at most, even when it is alone', async () => {
    const on = await opened(({ events }) => ({ status: events.some(isBad) ? 500 : 200 }))
    on.add({ type: 'page', bad: true })
    await on.clock.advance(8 * minute)
    const fresh = on.add()
    await on.clock.advance(5 * minute + 5_000)
    expect(on.stored.has(fresh.id)).toBe(true)
  })

  test.each([['no JSON', 'undefined'], ['no text', undefined], ['no object', '7']])(
    'kept and damaged since (%s): it goes, counted, and the others arrive',
    async (_name, text) => {
      const browser = createFakeBrowser()
      const page = browser.page()
      const gone = beaconOn(page, () => ({ status: 503 }))
      gone.beacon.open()
      const made = gone.addMany(3)
      await browser.clock.advance(300)
      const [first = ''] = await records()
      await damage(first, text)
      page.kill()
      const next = beaconOn(browser.page())
      next.beacon.open()
      await browser.clock.advance(10 * minute)
      const ids = made.map(({ id }) => id).filter((id) => id !== first)
      expect([...next.stored.keys()].filter((id) => made.some((it) => it.id === id)).sort()).toEqual(ids.sort())
      expect(next.losses()).toEqual([{ rejected: 1 }])
      expect(await records()).toEqual([])
    },
  ) // prettier-ignore

  test('an outage splits nothing: the batches stay whole', async () => {
    const on = await opened(() => ({ status: on.clock.now() < 4 * minute ? 0 : 200 }))
    on.addMany(20)
    await on.clock.advance(15 * minute)
    expect(on.sent.at(-1)!.events.length).toBeGreaterThanOrEqual(20)
  })
})

describe('keepalive is a shared good', () => {
  test('refused by the browser: once more without it, while the page lives', async () => {
    const on = await opened(({ keepalive }) => ({ status: keepalive ? 0 : 200 }))
    on.add()
    await on.clock.advance(5_000)
    expect(on.sent.map(({ keepalive }) => Boolean(keepalive))).toEqual([true, false])
    expect(on.beacon.counts().acknowledged).toBe(1)
  })

  test('refused by the browser in a format of its own: once more without it, too', async () => {
    const page = createFakeBrowser().page()
    const on = await formatsOn(page, ({ keepalive }) => ({ status: keepalive ? 0 : 200 }))
    on.beacon.open()
    on.add()
    await page.clock.advance(5_000)
    expect(Object.values(on.counts()).map(({ acknowledged }) => acknowledged)).toEqual([1, 1])
  })

  test.each([null, undefined, 'no', 7])(
    'a fetch of the page that rejects with %j is one that failed',
    async (error) => {
      // eslint-disable-next-line prefer-promise-reject-errors -- whatever a page puts in fetch's place may do so
      const on = await opened(undefined, { send: () => Promise.reject(error) })
      on.add()
      await on.clock.advance(minute)
      expect(on.page.faults).toEqual([])
      expect(on.beacon.counts()).toEqual({ created: 1, acknowledged: 0, queued: 1, lost: {} })
    },
  )

  test('flush on a living page falls back, too', async () => {
    const on = await opened(({ keepalive }) => ({ status: keepalive ? 0 : 200 }))
    on.add()
    const flushed = on.beacon.flush()
    await on.clock.advance(10)
    await flushed
    expect(on.beacon.counts().acknowledged).toBe(1)
  })

  test('refused while the page leaves: half of it, until it fits', async () => {
    const on = await opened(({ bytes }) => ({ status: bytes > 4_000 ? 0 : 200 }))
    on.addMany(18, 500)
    await on.clock.advance(300)
    on.page.fire('pagehide')
    await on.clock.advance(10)
    expect(on.stored.size).toBeGreaterThan(3)
    for (const { keepalive } of on.sent) expect(keepalive).toBe(true)
    expect((await records()).length).toBe(18 - on.stored.size)
  })

  test('a request that hangs is aborted after 5 seconds and not begun anew at once', async () => {
    const on = await opened(() => ({ hang: true }))
    on.add()
    await on.clock.advance(10_001)
    expect(on.sent.filter(({ at }) => at < 10_000)).toHaveLength(1)
    expect(on.flying.size).toBeLessThanOrEqual(1)
  })
})
