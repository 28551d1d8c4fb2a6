import type { BrowserContext, Page } from '@playwright/test'
import { seeded } from '../../sdk/test/seeded'
import { keptBy, makes } from './kept'
import type { Front } from './serve-front'

export interface LifeOptions {
  /** Opens the browser, always with the same profile. */
  readonly launch: () => Promise<BrowserContext>
  /** Ends it with all its processes, in the midst of whatever they are at. */
  readonly kill: () => Promise<void>
  readonly front: Front
  /** Fewer than the 1,000 that the database may hold: else it lets go of the oldest. */
  readonly events: number
  /** Number of the first event. @default 0 */
  readonly from?: number
  readonly seed: number
  /** Whether it is killed, too. @default true */
  readonly isKilled?: boolean
  readonly onProgress?: (made: number) => void
}

export interface Life {
  /** Numbers that were seen in the database, or that the collector took. */
  readonly committed: ReadonlySet<number>
  /** How often what happened, and how many events that cost which had not been written. */
  readonly acts: Readonly<Record<Act, { times: number; lost: number }>>
}

export type Act = 'stay' | 'navigate' | 'close' | 'offline' | 'kill'

const tabsMost = 3
/** By the page's clock; the network's is the real one. */
const patienceSeconds = 600
/** What may wait in one page at once; the ring there holds 200. */
const waitingMost = 100

/**
 * The life of a browser that makes so many numbered events: it navigates and closes tabs right after they made some,
 * loses the network for a while, and is killed once, half-way. Ten minutes later it is opened for the last time, and
 * all that was written down goes out. Nowhere is waited for an event to be written before its page goes.
 */
export async function leadLife({
  launch,
  kill,
  front,
  events,
  from = 0,
  seed,
  isKilled = true,
  onProgress,
}: LifeOptions): Promise<Life> {
  const random = seeded(seed)
  const below = (most: number) => Math.floor(random() * most)
  const committed = new Set<number>()
  const none = () => ({ times: 0, lost: 0 })
  const acts: Record<Act, { times: number; lost: number }> = {
    stay: none(),
    navigate: none(),
    close: none(),
    offline: none(),
    kill: none(),
  }
  const made = { count: 0 }
  /** What the pages had made that went so. */
  const ends: { act: Act; of: number[] }[] = []
  let context = await launch()
  const openWitness = async () => {
    const page = await context.newPage()
    await page.goto(`${front.url}/empty`)
    return page
  }
  let witness = await openWitness()
  let tabs: { page: Page; from: number[] }[] = []

  const visit = async (page: Page) => {
    await page.goto(`${front.url}/shop/v1/events`)
    // Before its parts are there events wait in memory alone.
    await page.waitForFunction(
      () =>
        document.querySelector('[data-splitsecond-stage]') &&
        performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/splitsecond-beacon.js')),
    )
    return page
  }
  const newTab = async () => ({ page: await visit(await context.newPage()), from: [] as number[] })
  /** By a page that has no script: what is in the database now was committed. */
  const look = async () => {
    const taken = [...front.taken.keys()].filter((n) => n >= from)
    for (const n of [...(await keptBy(witness)), ...taken]) committed.add(n)
  }
  const burst = async (tab: (typeof tabs)[number]) => {
    const count = Math.min(1 + below(40), events - made.count)
    // Taken up front: what a killed browser made of them nobody hears.
    const first = from + made.count
    made.count += count
    for (let n = first; n < first + count; n++) tab.from.push(n)
    await makes(tab.page, first, count, 'x'.repeat(below(200)))
    onProgress?.(made.count)
  }
  /** A page that has much to send gets the time for it: what its memory cannot hold is another story. */
  const settled = async (tab: (typeof tabs)[number]) => {
    for (;;) {
      tab.from = tab.from.filter((n) => !front.taken.has(n))
      if (tab.from.length <= waitingMost) return
      await front.takesMore()
    }
  }

  const does: Record<Act, (tab: (typeof tabs)[number], index: number) => Promise<unknown>> = {
    stay: () => Promise.resolve(),
    async navigate(tab) {
      await visit(tab.page)
    },
    async close({ page }, index) {
      await page.close()
      tabs[index] = await newTab()
    },
    async offline(tab) {
      await context.setOffline(true)
      await burst(tab)
      // As often as not the tab does not live to see the network again.
      const survives = below(2) > 0
      if (!survives) await tab.page.close()
      await context.setOffline(false)
      if (!survives) tabs[tabs.indexOf(tab)] = await newTab()
    },
    async kill(tab) {
      const closed = context.waitForEvent('close')
      // It dies as it makes some.
      await Promise.all([burst(tab).catch(() => undefined), kill()])
      await closed
      context = await launch()
      witness = await openWitness()
      await look()
      tabs = []
      while (tabs.length < tabsMost) tabs.push(await newTab())
    },
  }

  while (tabs.length < tabsMost) tabs.push(await newTab())
  while (made.count < events) {
    const index = below(tabs.length)
    const tab = tabs[index]!
    await settled(tab)
    await burst(tab)
    const half = isKilled && acts.kill.times === 0 && made.count >= events / 2
    const dice = below(20)
    const act = half ? 'kill' : dice < 5 ? 'navigate' : dice < 9 ? 'close' : dice < 11 ? 'offline' : 'stay'
    acts[act].times++
    const at = act === 'kill' ? tabs : [tab]
    await does[act](tab, index)
    await look()
    ends.push({ act, of: at.flatMap(({ from }) => from) })
    if (act !== 'stay') tab.from = []
  }
  for (const { page } of tabs) await page.close()
  await look()

  // By then whatever the pages that are gone had claimed is free.
  await context.clock.install({ time: Date.now() + 10 * 60_000 })
  const last = await context.newPage()
  await last.goto(`${front.url}/shop/v1/events`)
  // What is taken is deleted: the database is empty of them when all was.
  for (let second = 0; second < patienceSeconds && (await keptBy(witness)).length > 0; second++)
    await last.clock.runFor(1_000)
  await look()
  await context.close()
  for (const { act, of } of ends)
    if (act !== 'stay') acts[act].lost += of.filter((n) => !committed.has(n)).length
  return { committed, acts }
}
