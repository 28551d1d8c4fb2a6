import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  BrowserContext,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
  TestInfo,
} from '@playwright/test'
import type { Canaries } from '../kit/canaries'
import { takeOut } from '../kit/console-lines'
import { serveFaults, type Fault, type FaultCollector } from '../kit/fault-collector'
import { call, expect, expectNoLeaks, flush, test as base } from '../kit/fixtures'
import { keptBy, makes, numbersOf } from '../kit/kept'
import { killBrowser } from '../kit/kill-browser'
import { leadLife } from '../kit/lead-a-life'
import { openShop, troubles, untilTaken } from '../kit/made'
import { serveFront } from '../kit/serve-front'

interface Choice {
  /** What becomes of the next request; other paths than the test's own have one each. */
  of: (path: string) => Fault
}

const test = base.extend<{ faults: FaultCollector & { choice: Choice } }>({
  faults: async ({ context }, use) => {
    // The page itself comes from Playwright, which to the browser is no address of this machine's.
    await context.grantPermissions(['local-network-access'])
    const choice: Choice = { of: () => 'ok' }
    const faults = await serveFaults((path) => choice.of(path))
    await use({ ...faults, choice })
    await faults.close()
  },
})

test.describe('what the beacon promises', { tag: '@once' }, () => {
  test('G1: an event that comes again, after a connection that was reset, is the same event', async ({
    page,
    faults,
    consoleLines,
  }) => {
    const script: Fault[] = ['taken-reset', 'taken-reset', 'truncated', 'truncated']
    faults.choice.of = () => script.shift() ?? 'ok'
    await page.clock.install()
    await openShop(page, `${faults.url}/g1`)
    await makes(page, 0, 3)
    void flush(page)
    await untilTaken(page, () => faults.arrivals.filter(({ fault }) => fault === 'ok').length, 1)

    const seen = new Map<string, Set<string>>()
    for (const { id, at, seq, type } of faults.taken('/g1'))
      seen.set(id, (seen.get(id) ?? new Set()).add(JSON.stringify([at, seq, type])))
    expect(numbersOf(faults.taken('/g1')).length, 'some came more than once').toBeGreaterThan(3)
    for (const [id, tellings] of seen) expect([...tellings], id).toHaveLength(1)
    // After the word that all is well, nothing more.
    const before = faults.arrivals.length
    await page.clock.runFor(60_000)
    await flush(page)
    expect(faults.arrivals.length).toBe(before)
    takeOut(consoleLines, ...troubles, /^Access to fetch at /)
  })

  test('G3: a collector on another origin is reached without a preflight', async ({
    page,
    faults,
    consoleLines,
  }) => {
    await openShop(page, `${faults.url}/g3`)
    // While it answers for the page, Playwright answers preflights too.
    await page.unrouteAll()
    await makes(page, 0, 1)
    await flush(page)
    await expect.poll(() => numbersOf(faults.taken('/g3'))).toEqual([0])
    const others = () => faults.arrivals.flatMap(({ method }) => (method === 'POST' ? [] : [method]))
    expect(others()).toEqual([])
    // One with a header of its own is seen to have one.
    await page.evaluate(
      (url) => fetch(url, { method: 'POST', headers: { 'x-own': '1' } }).catch(() => undefined),
      `${faults.url}/own`,
    )
    expect(others()).toEqual(['OPTIONS'])
    takeOut(consoleLines, /^Access to fetch at /, /^Failed to load resource: net::ERR_/)
  })

  test('G4: while the collector hangs, the page’s own beacon of 40 KB still flies', async ({
    page,
    faults,
  }) => {
    faults.choice.of = (path) => (path === '/own' ? 'ok' : 'hang')
    await openShop(page, `${faults.url}/g4`)
    await makes(page, 0, 30, 'x'.repeat(3_000))
    void flush(page).catch(() => undefined)
    await expect.poll(faults.hanging).toBeGreaterThan(0)
    const flew = await page.evaluate(
      (url) => navigator.sendBeacon(url, 'x'.repeat(40 * 1024)),
      `${faults.url}/shop`,
    )
    expect(flew).toBe(true)
    await page.close()
  })

  test('G6: an event that the demo’s collector refuses is counted lost, and the others arrive', async ({
    page,
    collector,
    consoleLines,
  }) => {
    await openShop(page, '/v1/events')
    await makes(page, 0, 3)
    // A name has at most 200 characters there.
    await call(page, 'track', 'x'.repeat(201))
    await makes(page, 3, 3)
    await flush(page)
    // What was lost is told when the answer that said so is read: after that flush.
    await flush(page)
    const reports = await collector.waitFor('loss')
    expect(reports.map(({ counts }) => counts)).toEqual([{ rejected: 1 }])
    const numbers = numbersOf(await collector.events('outcome')).filter(Number.isFinite)
    expect(new Set(numbers)).toEqual(new Set([0, 1, 2, 3, 4, 5]))
    expect(numbers).toHaveLength(6)
    // It is gone for good: no other page of the shop sends it again.
    expect(await keptBy(page)).toEqual([])
    takeOut(consoleLines, /^splitsecond: the collector refused 1 of \d+ events: .*name: wanted at most 200/)
  })

  test('G8: a collector that is down for a day costs the page neither memory nor a word more', async ({
    page,
    faults,
    consoleLines,
  }) => {
    test.slow()
    await page.clock.install()
    await openShop(page, `${faults.url}/g8`)
    await faults.close()
    const devtools = await page.context().newCDPSession(page)
    const heap = async () => {
      await devtools.send('HeapProfiler.collectGarbage')
      return (await devtools.send('Runtime.getHeapUsage')).usedSize
    }
    const halfDay = async (firstHour: number) => {
      for (let hour = firstHour; hour < firstHour + 12; hour++) {
        await makes(page, hour * 100, 100)
        for (let part = 0; part < 4; part++) await page.clock.runFor(15 * 60_000)
      }
    }
    await halfDay(0)
    // What the database and the network are at still is not yet garbage: of several looks the least counts.
    let noon = Infinity
    for (let look = 0; look < 8; look++) noon = Math.min(noon, await heap())
    await halfDay(12)
    // 1,200 events were made meanwhile, of more than 500 bytes each, and as many records of them.
    await expect.poll(heap, { message: 'bytes', intervals: [50] }).toBeLessThan(noon + 400_000)
    expect(consoleLines.filter((line) => line.startsWith('splitsecond:'))).toHaveLength(1)
    // The browser's own words come when they come: not one after the page is closed.
    await flush(page)
    await expect.poll(() => consoleLines.some((line) => troubles[0]!.test(line))).toBe(true)
    await page.close()
    takeOut(consoleLines, ...troubles)
  })
})

/** A browser that keeps what it has, of this journey alone; it is opened as often as is asked for. */
async function withProfile(
  { playwright, browserName, shop, canaries, info }: Engine,
  lives: (launch: () => Promise<BrowserContext>, kill: () => Promise<void>) => Promise<void>,
) {
  const profile = await mkdtemp(join(tmpdir(), 'splitsecond-profile-'))
  const { launchOptions, channel } = info.project.use
  const launch = async () => {
    const context = await playwright[browserName].launchPersistentContext(profile, {
      ...launchOptions,
      ...(channel ? { channel } : {}),
      baseURL: shop,
      permissions: [],
    })
    await canaries.watch(context)
    return context
  }
  try {
    await lives(launch, () => killBrowser(profile))
  } finally {
    await killBrowser(profile)
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}

interface Engine {
  readonly playwright: PlaywrightWorkerArgs['playwright']
  readonly browserName: PlaywrightWorkerOptions['browserName']
  readonly shop: string
  readonly canaries: Canaries
  readonly info: TestInfo
}

test(
  'G2: what was written down when the browser was killed goes out on the next visit',
  { tag: ['@once', '@firefox'] },
  async ({ playwright, browserName, shop, canaries, collector }, info) => {
    test.skip(process.platform !== 'linux', 'its processes are found by /proc')
    test.slow()
    await withProfile({ playwright, browserName, shop, canaries, info }, async (launch, kill) => {
      const visit = async () => {
        const context = await launch()
        return { context, page: context.pages()[0] ?? (await context.newPage()) }
      }
      for (let time = 0; time < 2; time++) {
        const { context, page } = await visit()
        await context.route('**/v1/events?**', (route) => route.abort('connectionrefused'))
        await openShop(page, '/v1/events')
        await makes(page, time * 30, 30)
        await expect.poll(async () => (await keptBy(page)).length).toBe((time + 1) * 30)
        const closed = context.waitForEvent('close')
        await kill()
        await closed
      }
      const { context, page } = await visit()
      // Ten minutes later: by then what the dead pages had claimed is free.
      await page.clock.install({ time: Date.now() + 10 * 60_000 })
      await openShop(page, '/v1/events')
      await collector.waitFor('outcome', undefined, 60)
      const numbers = numbersOf(await collector.events('outcome')).sort((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: 60 }, (_none, n) => n))
      await expectNoLeaks(canaries)
      await context.close()
    })
  },
)

test(
  'of events whose pages come and go, with the network and with a browser that is killed, each that was written down is stored once',
  { tag: '@once' },
  async ({ playwright, browserName, shop, canaries, collector }, info) => {
    test.skip(process.platform !== 'linux', 'its processes are found by /proc')
    test.slow()
    const front = await serveFront(shop)
    await withProfile({ playwright, browserName, shop, canaries, info }, async (launch, kill) => {
      const { committed } = await leadLife({ launch, kill, front, events: 200, seed: 1 })
      const stored = numbersOf(await collector.events('outcome'))
      // What its page died with in memory alone may be gone; that is not most of it.
      expect(committed.size).toBeGreaterThan(100)
      expect(stored.sort((a, b) => a - b)).toEqual([...committed].sort((a, b) => a - b))
    })
    await front.close()
  },
)
