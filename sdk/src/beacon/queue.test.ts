import { describe, expect, test } from 'vitest'
import { createFakeBrowser, type FakeBrowser } from '../../test/fake-platform'
import type { Reply, Sent } from '../../test/fake-send'
import type { Store } from '../platform/platform'
import { beaconOn, leases, records } from './beacon.fixture'

const down = () => ({ status: 503 }) as const
const visit = (browser: FakeBrowser, reply?: (request: Sent) => Reply) => {
  const page = browser.page()
  const on = beaconOn(page, reply)
  on.beacon.open()
  return { ...on, page }
}
const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id).sort()
const minute = 60_000

describe('the ring in memory', () => {
  test('holds 200 events; the oldest go first, are counted, and go from the database too', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, down)
    const made = on.addMany(150)
    await browser.clock.advance(300)
    made.push(...on.addMany(100))
    await browser.clock.advance(300)
    const { lost, queued } = on.beacon.counts()
    expect(queued).toBe(200)
    expect(lost).toEqual({ overflow: 50 })
    expect(await records()).toEqual(ids(made.slice(50)))
    expect(on.unaccounted()).toBe(0)
  })

  test('holds 256 KB', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, down)
    on.addMany(60, 7_000)
    await browser.clock.settle()
    expect(on.beacon.counts().queued).toBeLessThan(37)
    expect(on.unaccounted()).toBe(0)
  })

  test('while the collector is down a day, memory and database stay flat and reports crowd out nothing', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, () => ({ status: 500 }))
    for (let hour = 0; hour < 24; hour++) {
      on.addMany(30)
      await browser.clock.advance(60 * minute)
      expect(on.beacon.counts().queued).toBeLessThanOrEqual(200)
    }
    on.addMany(300)
    await browser.clock.advance(minute)
    expect((await records()).length).toBeLessThanOrEqual(200)
    expect(on.beacon.counts().created).toBeLessThanOrEqual(24 * 30 + 300 + 2)
    expect(on.unaccounted()).toBe(0)
    expect(on.page.faults).toEqual([])
  })

  test('losses are reported as what came since the last report, once the collector takes events again', async () => {
    const browser = createFakeBrowser()
    const collector = { status: 503 }
    const on = visit(browser, () => collector)
    on.addMany(230)
    await browser.clock.advance(10_000)
    on.addMany(10)
    collector.status = 200
    await browser.clock.advance(10 * minute)
    const first = on.losses().reduce((sum, counts) => sum + (counts.overflow ?? 0), 0)
    expect(first).toBe(on.beacon.counts().lost.overflow)
    collector.status = 400
    on.addMany(3)
    await browser.clock.advance(minute)
    collector.status = 200
    on.add()
    await browser.clock.advance(minute)
    expect(on.losses().at(-1)).toEqual({ rejected: 3 })
    expect(on.unaccounted()).toBe(0)
  })

  test('an event that is pushed out while it is being written stays out', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, down)
    on.addMany(100)
    on.page.hide()
    on.addMany(120)
    await browser.clock.advance(1_000)
    expect(on.beacon.counts().lost).toEqual({ overflow: 20 })
    expect(await records()).toHaveLength(200)
  })
})

describe('what a page leaves in the database', () => {
  test('events within 250 ms, an outcome at once', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser)
    on.add()
    await browser.clock.advance(100)
    const outcome = on.add({ type: 'outcome', name: 'order_complete', data: {} })
    await browser.clock.settle()
    expect(await records()).toContain(outcome.id)
    on.add()
    await browser.clock.advance(250)
    expect(await records()).toHaveLength(3)
  })

  test('several outcomes of one task in one transaction: of many, those that wait die with their page', async () => {
    const page = createFakeBrowser().page()
    const uses: string[] = []
    const use: Store['use'] = (mode, act) => {
      uses.push(mode)
      return page.store.use(mode, act)
    }
    const on = beaconOn({ ...page, store: { ...page.store, use } })
    on.beacon.open()
    await page.clock.settle()
    uses.splice(0)
    for (let n = 0; n < 12; n++) on.add({ type: 'outcome', name: 'x', data: { n } })
    await page.clock.settle()
    expect(uses).toEqual(['readwrite'])
    expect(await records()).toHaveLength(12)
  })

  test('goes only when the collector has acknowledged it', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, () => ({ afterMs: 2_000 }))
    on.add()
    await browser.clock.advance(6_900)
    expect(await records()).toHaveLength(1)
    await browser.clock.advance(200)
    expect(await records()).toEqual([])
  })

  test('an acknowledged event is not written again by what was under way', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser)
    for (let round = 0; round < 30; round++) {
      on.addMany(20)
      on.page.hide()
      await browser.clock.advance(round % 7)
    }
    await browser.clock.advance(minute)
    expect(on.beacon.counts().queued).toBe(0)
    expect(await records()).toEqual([])
  })

  test('is sent by the next page when the lease of a killed one is over', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, down)
    const made = first.addMany(5)
    await browser.clock.advance(300)
    first.page.kill()
    const second = visit(browser)
    await browser.clock.advance(30_000)
    expect([...second.stored.keys()].sort()).toEqual(ids(made))
    expect(await records()).toEqual([])
    expect(second.unaccounted()).toBe(0)
  })

  test('is sent as soon as that lease ends, however long it is, by a page that came before', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, () => ({ status: 0 }))
    first.add()
    // After three tries, of two requests each, it waits for minutes, and so long is the lease.
    while (first.sent.length < 6) await browser.clock.advance(100)
    await browser.clock.settle()
    const [leasedUntil] = await leases()
    first.page.kill()
    const { page, sent, stored } = visit(browser)
    await browser.clock.advance(leasedUntil! - page.clock.toEpoch(page.clock.now()) - 1)
    expect(sent).toHaveLength(0)
    await browser.clock.advance(1_000)
    expect(stored.size).toBe(1)
  })

  test('is left alone while its page lives', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, () => ({ afterMs: 4_900 }))
    first.addMany(5)
    await browser.clock.advance(300)
    const second = visit(browser)
    await browser.clock.advance(minute)
    expect(second.sent).toHaveLength(0)
    expect([...first.stored.values()]).toEqual([1, 1, 1, 1, 1])
  })

  test('a thousand left behind all arrive, though the ring is smaller', async () => {
    const browser = createFakeBrowser()
    for (let tab = 0; tab < 5; tab++) {
      const page = visit(browser, down)
      page.addMany(190, 100)
      await browser.clock.advance(300)
      page.page.kill()
    }
    const next = visit(browser)
    await browser.clock.advance(10 * minute)
    expect(next.stored.size).toBe(950)
    expect(next.beacon.counts().lost).toEqual({})
    expect(await records()).toEqual([])
  })

  test('large ones left behind do not burst the ring', async () => {
    const browser = createFakeBrowser()
    for (let tab = 0; tab < 2; tab++) {
      const page = visit(browser, down)
      page.addMany(30, 7_000)
      await browser.clock.advance(300)
      page.page.kill()
    }
    const next = visit(browser)
    await browser.clock.advance(10 * minute)
    expect(next.beacon.counts().lost).toEqual({})
    expect(next.stored.size).toBe(60)
  })

  test('is bounded: beyond 1,000 events the oldest without an owner go, counted', async () => {
    const browser = createFakeBrowser()
    for (let tab = 0; tab < 6; tab++) {
      const page = visit(browser, down)
      page.addMany(200)
      await browser.clock.advance(300)
      page.page.kill()
    }
    await browser.clock.advance(10 * minute)
    const next = visit(browser, down)
    await browser.clock.settle()
    expect((await records()).length).toBe(1_000)
    expect(next.beacon.counts().lost).toEqual({ overflow: 200 })
    expect(next.unaccounted()).toBe(0)
  })

  test('never takes from a living page what is over the bound', async () => {
    const browser = createFakeBrowser()
    const pages = Array.from({ length: 6 }, () => visit(browser, down))
    for (const page of pages) page.addMany(200)
    await browser.clock.advance(300)
    const next = visit(browser, down)
    await browser.clock.settle()
    expect(next.beacon.counts().lost).toEqual({})
  })

  test('ends after 24 hours, counted', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, down)
    first.addMany(4)
    await browser.clock.advance(300)
    first.page.kill()
    await browser.clock.advance(25 * 60 * minute)
    const next = visit(browser)
    await browser.clock.settle()
    expect(next.beacon.counts().lost).toEqual({ expired: 4 })
    expect(await records()).toEqual([])
  })

  test('is not lost for years because the shopper set his clock back', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, down)
    first.addMany(4)
    await browser.clock.advance(300)
    first.page.kill()
    browser.clock.setWall(-365 * 24 * 60 * minute)
    const next = visit(browser)
    await browser.clock.advance(minute)
    expect(next.stored.size).toBe(4)
  })
})

describe('several pages over one database', () => {
  const once = (...pages: readonly ReturnType<typeof visit>[]) => {
    const total = new Map<string, number>()
    for (const { stored } of pages)
      for (const [id, count] of stored) total.set(id, (total.get(id) ?? 0) + count)
    return [...total.values()].every((count) => count === 1) ? total.size : total
  }

  test('one that comes back from the back/forward cache sends nothing that another has sent meanwhile', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, () => ({ status: 0 }))
    first.addMany(5)
    await browser.clock.advance(300)
    const thaw = first.page.freeze()
    const second = visit(browser)
    await browser.clock.advance(minute)
    expect(second.stored.size).toBe(5)
    thaw()
    first.page.fire('pageshow', { persisted: true })
    await browser.clock.advance(10 * minute)
    expect(first.sent).toHaveLength(0)
    expect(first.beacon.counts().queued).toBe(0)
    expect(first.unaccounted()).toBe(0)
    expect(await records()).toEqual([])
  })

  test('one whose request was cut off by a freeze does not write back what another has sent meanwhile', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, () => ({ hang: true }))
    first.addMany(5)
    await browser.clock.advance(5_100)
    const thaw = first.page.freeze()
    const second = visit(browser)
    await browser.clock.advance(minute)
    expect(second.stored.size).toBe(5)
    thaw()
    await browser.clock.advance(10 * minute)
    expect(await records()).toEqual([])
    expect(first.sent).toHaveLength(1)
    expect(first.beacon.counts().queued).toBe(0)
  })

  test('one whose last request failed as it froze does not try again what another has sent meanwhile', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, () => ({ status: 0 }))
    first.addMany(5)
    await browser.clock.advance(300)
    first.page.fire('pagehide', { persisted: true })
    const thaw = first.page.freeze()
    const second = visit(browser)
    await browser.clock.advance(minute)
    expect(second.stored.size).toBe(5)
    thaw()
    await browser.clock.advance(10 * minute)
    expect(first.sent).toHaveLength(1)
    expect(first.beacon.counts().queued).toBe(0)
  })

  test('one that waits long for a collector which is down shares nothing with a new one', async () => {
    const browser = createFakeBrowser()
    const collector = { status: 503, headers: { 'retry-after': '120' } }
    const first = visit(browser, () => collector)
    first.add()
    await browser.clock.advance(6_000)
    first.addMany(5)
    await browser.clock.advance(20_000)
    collector.status = 200
    const second = visit(browser)
    await browser.clock.advance(10 * minute)
    expect(once(first, second)).toBe(6)
    expect(first.unaccounted() + second.unaccounted()).toBe(0)
  })

  test('a withdrawal in one empties the database under the others: what they still had there is counted', async () => {
    const browser = createFakeBrowser()
    const [one, other] = [visit(browser, down), visit(browser, down)]
    one.addMany(5)
    await browser.clock.advance(6_000)
    other.beacon.close()
    await other.page.store.purge()
    await browser.clock.advance(10 * minute)
    expect(one.beacon.counts()).toMatchObject({ created: 5, queued: 0, lost: { consent: 5 } })
  })

  test('three that open at once over what a fourth left: each event is sent once', async () => {
    const browser = createFakeBrowser()
    const gone = visit(browser, down)
    gone.addMany(100)
    await browser.clock.advance(300)
    gone.page.kill()
    await browser.clock.advance(10 * minute)
    const pages = [visit(browser), visit(browser), visit(browser)]
    await browser.clock.advance(10 * minute)
    expect(once(...pages)).toBe(100)
  })
})

describe('storage that fails', () => {
  test('from the start: events live in memory and are sent, one line says so', async () => {
    const browser = createFakeBrowser()
    browser.failStorage(new DOMException('no', 'SecurityError'))
    const on = visit(browser)
    on.addMany(45)
    await browser.clock.advance(minute)
    expect(on.stored.size).toBe(45)
    expect(on.page.said).toHaveLength(1)
    expect(on.page.said[0]).toContain('IndexedDB fails')
    expect(on.page.faults).toEqual([])
  })

  test('by never answering: it is asked again now and then, and holds up no request', async () => {
    const browser = createFakeBrowser()
    browser.hangStorage()
    const on = visit(browser)
    on.addMany(150, 200)
    const done = { at: Infinity }
    void on.beacon.flush().then(() => (done.at = on.page.clock.now()))
    await browser.clock.advance(10_000)
    expect(on.stored.size).toBe(150)
    // It is given 2 s, once.
    expect(done.at).toBeLessThan(2_500)
  })

  test('by being at it for ever: it is asked nothing more, and nothing piles up', async () => {
    const browser = createFakeBrowser()
    const asked: unknown[] = []
    const use: Store['use'] = (_mode, act) => {
      asked.push(act)
      return new Promise(() => {})
    }
    const page = browser.page()
    const on = beaconOn({ ...page, store: { ...page.store, use } }, down)
    on.beacon.open()
    for (let round = 0; round < 60; round++) {
      on.add()
      await browser.clock.advance(minute)
    }
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(on.beacon.counts().queued).toBeGreaterThan(30)
  })

  test('for a while: what was acknowledged meanwhile is deleted afterwards, and comes to no later page', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser)
    on.addMany(3)
    await browser.clock.advance(300)
    browser.failStorage(new DOMException('no', 'UnknownError'))
    await browser.clock.advance(10_000)
    expect(on.beacon.counts()).toMatchObject({ acknowledged: 3, queued: 0 })
    browser.failStorage(undefined)
    expect(await records()).toHaveLength(3)
    on.page.fire('pagehide', { persisted: false })
    await browser.clock.settle()
    expect(await records()).toEqual([])
    const next = visit(browser)
    await browser.clock.advance(10 * minute)
    expect(next.sent).toEqual([])
  })

  test('for a while: what could not be written is written afterwards, and survives its page', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, down)
    browser.failStorage(new DOMException('no', 'UnknownError'))
    const made = first.addMany(3)
    await browser.clock.advance(300)
    browser.failStorage(undefined)
    await browser.clock.advance(6_000)
    made.push(first.add())
    await browser.clock.advance(300)
    first.page.kill()
    const next = visit(browser)
    await browser.clock.advance(10 * minute)
    expect([...next.stored.keys()].sort()).toEqual(ids(made))
  })

  test('for a while: what could not be written is written as soon as it can be, though nothing else happens', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, down)
    browser.failStorage(new DOMException('no', 'UnknownError'))
    on.addMany(3)
    await browser.clock.advance(11_000)
    browser.failStorage(undefined)
    expect(await records()).toEqual([])
    await browser.clock.advance(5_500)
    expect(await records()).toHaveLength(3)
  })

  test('for a while, and its page goes as soon as it works again: that is the last chance, and it is taken', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser, down)
    browser.failStorage(new DOMException('no', 'UnknownError'))
    on.addMany(3)
    await browser.clock.advance(300)
    browser.failStorage(undefined)
    on.page.fire('pagehide', { persisted: false })
    await browser.clock.settle()
    expect(await records()).toHaveLength(3)
  })

  test('as events are written for the first time: their page does not take them for another’s', async () => {
    const page = createFakeBrowser().page()
    const fails = { next: false }
    const use: Store['use'] = (mode, act) => {
      if (!fails.next) return page.store.use(mode, act)
      fails.next = false
      return new Promise((_resolve, reject) => setImmediate(() => reject(Error('no'))))
    }
    const busy = { status: 503, text: '', bytes: new ArrayBuffer(0), header: () => null }
    // Its answer is there before the database has failed.
    const on = beaconOn({ ...page, store: { ...page.store, use } }, undefined, {
      send: () => Promise.resolve(busy),
    })
    on.beacon.open()
    await page.clock.settle()
    on.addMany(3)
    fails.next = true
    page.fire('pagehide', { persisted: false })
    await page.clock.settle()
    expect(on.beacon.counts()).toEqual({ created: 3, acknowledged: 0, queued: 3, lost: {} })
    page.fire('pagehide', { persisted: false })
    await page.clock.settle()
    expect(await records()).toHaveLength(3)
  })

  test('as a page takes over what another left: it has taken over nothing', async () => {
    const browser = createFakeBrowser()
    const first = visit(browser, down)
    first.addMany(4)
    await browser.clock.advance(300)
    first.page.kill()
    await browser.clock.advance(25 * 60 * minute)
    const page = browser.page()
    // The disk fails at the end of each transaction, and all of it is undone.
    const use: Store['use'] = (mode, act) =>
      page.store.use(mode, async (kept) => {
        const done = await act(kept)
        kept.transaction.abort()
        return done
      })
    const failing = beaconOn({ ...page, store: { ...page.store, use } })
    failing.beacon.open()
    await browser.clock.settle()
    expect(failing.beacon.counts()).toMatchObject({ created: 0, lost: {} })
    page.kill()
    const next = visit(browser)
    await browser.clock.settle()
    expect(next.beacon.counts().lost).toEqual({ expired: 4 })
  })

  test('later (full): what is in memory is still sent, nothing is counted lost', async () => {
    const browser = createFakeBrowser()
    const on = visit(browser)
    on.addMany(3)
    await browser.clock.advance(300)
    browser.failStorage(new DOMException('full', 'QuotaExceededError'))
    on.addMany(3)
    await browser.clock.advance(minute)
    expect(on.stored.size).toBe(6)
    expect(on.page.said).toHaveLength(1)
    expect(on.beacon.counts()).toEqual({ created: 6, acknowledged: 6, queued: 0, lost: {} })
  })
})
