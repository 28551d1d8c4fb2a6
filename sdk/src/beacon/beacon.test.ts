import { describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import type { Store } from '../platform/platform'
import { beaconOn, opened, records } from './beacon.fixture'

describe('when events go out', () => {
  test('after 5 seconds', async () => {
    const { add, clock, sent } = await opened()
    add()
    await clock.advance(4_999)
    expect(sent).toHaveLength(0)
    await clock.advance(1)
    expect(sent).toHaveLength(1)
  })

  test('as soon as there are 20', async () => {
    const on = await opened()
    on.addMany(19)
    await on.clock.settle()
    expect(on.sent).toHaveLength(0)
    on.add()
    // Not in the task that made it: its nudge waits for its frame.
    await on.clock.settle()
    expect(on.sent).toHaveLength(0)
    await on.clock.advance(200)
    expect(on.sent.map(({ events }) => events.length)).toEqual([20])
  })

  test('as soon as there are 14 KB, in batches that never exceed it', async () => {
    const on = await opened()
    on.addMany(5, 3_000)
    await on.clock.advance(200)
    expect(on.sent.length).toBeGreaterThan(0)
    for (const { bytes } of on.sent) expect(bytes).toBeLessThanOrEqual(14_000)
  })

  test.each([
    ['visibilitychange', { hidden: true }],
    ['pagehide', {}],
    ['freeze', {}],
    ['online', {}],
    ['pageshow', { persisted: true }],
  ])('at %s', async (type, fields) => {
    const on = await opened()
    on.add()
    if (type === 'visibilitychange') on.page.hide()
    else on.page.fire(type, fields)
    await on.clock.settle()
    expect(on.sent).toHaveLength(1)
  })

  test('in the very task in which the page leaves: there may be no other', async () => {
    const on = await opened()
    on.add()
    await on.clock.advance(300)
    on.page.fire('pagehide')
    expect(on.sent).toHaveLength(1)
  })

  test('not at a pageshow of a fresh page, nor when it becomes visible', async () => {
    const on = await opened()
    on.add()
    on.page.fire('pageshow', { persisted: false })
    on.page.show()
    await on.clock.settle()
    expect(on.sent).toHaveLength(0)
  })

  test('coming online ends the wait that being offline had begun', async () => {
    const online = { now: false }
    const on = await opened(() => ({ status: online.now ? 200 : 0 }))
    on.add()
    await on.clock.advance(60_000)
    online.now = true
    const before = on.sent.length
    on.page.fire('online')
    await on.clock.advance(1)
    expect(on.sent.length).toBe(before + 1)
    expect(on.beacon.counts()).toMatchObject({ acknowledged: 1, queued: 0 })
  })
})

describe('what a batch is', () => {
  test('NDJSON as text/plain with no header of our own, key and batch facts in the query', async () => {
    const on = await opened()
    on.addMany(2)
    await on.clock.advance(5_000)
    const [request] = on.sent
    expect(request).toMatchObject({
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'text/plain' },
    })
    const query = new URL(request!.url).searchParams
    expect([query.get('key'), query.get('attempt')]).toEqual(['k', '1'])
    expect(Number(query.get('sentAt'))).toBe(on.clock.toEpoch(on.clock.now()))
    expect(request!.events.map(({ ageMs }) => ageMs)).toEqual([5_000, 5_000])
  })

  test('never more than 16 KB and 4 requests under way, whatever waits', async () => {
    const on = await opened(() => ({ hang: true }))
    on.addMany(120, 300)
    on.page.hide()
    on.page.fire('pagehide')
    await on.clock.advance(60_000)
    expect(on.most.keepaliveBytes).toBeLessThanOrEqual(16_000)
    expect(on.most.keepaliveBytes).toBeGreaterThan(12_000)
    expect(on.most.requests).toBeLessThanOrEqual(4)
  })

  test('small events too: what encoding adds is counted', async () => {
    const on = await opened(() => ({ hang: true }))
    on.addMany(200, 1)
    await on.clock.advance(4_000)
    on.page.hide()
    await on.clock.settle()
    expect(on.most.keepaliveBytes).toBeLessThanOrEqual(16_000)
  })

  test('an event over 8 KB loses its free-form part and says so', async () => {
    const on = await opened()
    on.add({}, 9_000)
    await on.clock.advance(5_000)
    expect(on.sent[0]!.events[0]).toMatchObject({ type: 'outcome', name: 'x', data: {}, truncated: true })
  })

  test('one that stays over 8 KB is lost as too-big, and the others go', async () => {
    const on = await opened()
    on.add({ type: 'page', odd: 'x'.repeat(9_000) })
    on.add()
    expect(on.beacon.counts().lost).toEqual({ 'too-big': 1 })
    await on.clock.advance(10_000)
    expect(on.sent[0]!.events.map(({ type }) => type)).toEqual(['page', 'loss'])
    expect(on.unaccounted()).toBe(0)
  })

  test('one that JSON cannot tell is lost as too-big, and the others go', async () => {
    const on = await opened()
    on.add({ type: 'outcome', name: 'x', data: { toJSON: () => { throw Error('mine') } } }) // prettier-ignore
    on.add({ type: 'outcome', name: 'y', data: { toJSON: () => undefined } })
    on.add({ type: 'page', toJSON: () => undefined })
    await on.clock.advance(5_000)
    expect(on.beacon.counts()).toMatchObject({ created: 4, acknowledged: 3, lost: { 'too-big': 1 } })
    expect(on.losses()).toEqual([{ 'too-big': 1 }])
    expect(on.page.faults).toEqual([])
  })

  test('bytes are counted, not characters', async () => {
    const on = await opened()
    on.add({ type: 'outcome', name: 'x', data: { fill: 'ü'.repeat(4_500) } })
    await on.clock.advance(5_000)
    expect(on.sent[0]!.events[0]).toMatchObject({ truncated: true })
  })

  test('an event is what it was when it was made, whatever the page does to its data afterwards', async () => {
    const on = await opened()
    const data: Record<string, unknown> = { value: 129 }
    on.add({ type: 'outcome', name: 'order_complete', data })
    data['value'] = 0
    data['self'] = data
    await on.clock.advance(5_000)
    expect(on.sent[0]!.events[0]).toMatchObject({ data: { value: 129 } })
  })

  test.each([
    ['cannot be told as JSON', () => ({ big: 1n })],
    ['cannot be cloned', () => ({ act: () => 1 })],
  ])('data of the page that %s harms neither the others nor the storage', async (_what, data) => {
    const on = await opened()
    on.add({ type: 'outcome', name: 'x', data: data() })
    on.add()
    await on.clock.advance(300)
    expect(await records()).toHaveLength(2)
    expect(on.page.said).toEqual([])
    await on.clock.advance(5_000)
    expect(on.stored.size).toBe(2)
  })
})

describe('on the way into the back/forward cache', () => {
  test('the database is left alone: an open transaction would cost the shopper the cached page', async () => {
    const page = createFakeBrowser().page()
    const uses: string[] = []
    const store: Store = {
      ...page.store,
      use(mode, act) {
        uses.push(mode)
        return page.store.use(mode, act)
      },
    }
    const on = beaconOn({ ...page, store }, () => ({ status: 503, headers: { 'retry-after': '300' } }))
    on.beacon.open()
    const held = on.add()
    await page.clock.advance(6_000)
    // Written, held up by what the collector asked for, and by now so old that another page may have taken them.
    on.addMany(3)
    await page.clock.advance(20_000)
    uses.splice(0)
    page.fire('pagehide', { persisted: true })
    page.hide()
    await page.clock.settle()
    expect(uses).toEqual([])
    expect(on.batches()).toEqual([[held.id], [held.id]])
  })
})

describe('consent and end', () => {
  test('nothing is sent or stored before it is opened, then all that memory holds', async () => {
    const browser = createFakeBrowser()
    const page = browser.page()
    const on = beaconOn(page)
    on.addMany(30)
    page.hide()
    await page.clock.advance(60_000)
    expect(on.sent).toHaveLength(0)
    expect(await browser.databases()).toEqual([])
    on.beacon.open()
    await page.clock.advance(10_000)
    expect(on.stored.size).toBe(30)
  })

  test('withdrawal empties memory, stops timers and is counted', async () => {
    const on = await opened()
    on.addMany(3)
    await on.clock.advance(300)
    on.beacon.close()
    await on.page.store.purge()
    await on.clock.advance(60_000)
    expect(on.sent).toHaveLength(0)
    expect(on.beacon.counts()).toMatchObject({ queued: 0, lost: { consent: 3 } })
    expect(await on.browser.databases()).toEqual([])
    expect(on.unaccounted()).toBe(0)
  })

  test('a withdrawal while the database is being read brings nothing back', async () => {
    const browser = createFakeBrowser()
    const first = beaconOn(browser.page())
    first.beacon.open()
    first.addMany(3)
    await browser.clock.advance(300)
    await browser.clock.advance(20_000)
    const late = await opened()
    late.beacon.close()
    expect(late.beacon.counts().queued).toBe(0)
    const page = browser.page()
    const next = beaconOn(page)
    next.beacon.open()
    next.beacon.close()
    await browser.clock.advance(20_000)
    expect(next.beacon.counts().queued).toBe(0)
  })

  test('withdrawn with a request under way: its answer brings nothing back', async () => {
    const on = await opened(() => ({ status: 500, afterMs: 2_000 }))
    on.add()
    await on.clock.advance(6_000)
    on.beacon.close()
    await on.page.store.purge()
    await on.clock.advance(600_000)
    expect(on.sent).toHaveLength(1)
    expect(await on.browser.databases()).toEqual([])
    expect(on.unaccounted()).toBe(0)
  })

  test('flush sends all, over as many requests as it takes', async () => {
    const on = await opened()
    on.addMany(150, 200)
    const flushed = on.beacon.flush()
    await on.clock.advance(100)
    await flushed
    expect(on.stored.size).toBe(150)
    expect(on.beacon.counts().queued).toBe(0)
    expect(await records()).toEqual([])
  })

  test('flush ends when the collector takes nothing', async () => {
    const on = await opened(() => ({ status: 500 }))
    on.addMany(150)
    const flushed = on.beacon.flush()
    await on.clock.advance(1_000)
    await flushed
    expect(on.beacon.counts().queued).toBe(150)
  })

  test('stop leaves nothing behind: no timer, no listener, no fault', async () => {
    const on = await opened()
    on.addMany(3)
    on.page.fire('pageshow', { persisted: true })
    on.beacon.stop()
    await on.clock.settle()
    expect(on.page.listening()).toEqual([])
    await on.clock.advance(6_000)
    expect(on.clock.pending()).toBe(0)
    expect(on.page.faults).toEqual([])
    expect(on.stored.size).toBe(3)
  })
})
