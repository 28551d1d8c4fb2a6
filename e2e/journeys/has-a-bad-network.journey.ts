import type { BrowserContext, Page } from '@playwright/test'
import { seeded } from '../../sdk/test/seeded'
import { serveFaults, type Fault, type FaultCollector } from '../kit/fault-collector'
import { expect, expectNoLeaks, test } from '../kit/fixtures'
import { keptBy, makes, numbersOf } from '../kit/kept'
import { untilTaken } from '../kit/made'

/** `FAULT_SCHEDULES=200` runs so many; `FAULT_SEED=17 FAULT_SCHEDULES=1` runs one again. */
const schedules = Number(process.env['FAULT_SCHEDULES'] ?? 20)
const firstSeed = Number(process.env['FAULT_SEED'] ?? 1)
/** Shoppers side by side, so that one's waits are another's work; each goes through one schedule after the other. */
const shoppers = 5
const steps = 5

const kinds: readonly Fault[] = [
  'ok',
  'ok',
  'ok',
  'reset',
  'taken-reset',
  'truncated',
  'slow',
  'hang',
  429,
  500,
  503,
]

test(
  `G7: over ${schedules} random schedules of faults every event that was written down arrives, once`,
  { tag: '@once' },
  async ({ browser, canaries }) => {
    test.setTimeout(45_000 + schedules * 5_000)
    const healed = new Set<string>()
    const dice = new Map<string, () => number>()
    const faults = await serveFaults((path) =>
      healed.has(path) ? 'ok' : kinds[Math.floor(dice.get(path)!() * kinds.length)]!,
    )
    const seeds = Array.from({ length: schedules }, (_none, index) => firstSeed + index)
    console.log(`seeds ${firstSeed} to ${firstSeed + schedules - 1}`)
    const shopper = async () => {
      const context = await browser.newContext({ baseURL: faults.url })
      await canaries.watch(context)
      await context.clock.install()
      // A new page costs more than all that is done on it: one of them goes on into the next schedule.
      let page = await context.newPage()
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        const path = `/schedule-${seed}`
        dice.set(path, seeded(seed))
        page = await survives({ context, page, faults, seed, path, heal: () => healed.add(path) })
      }
      await expectNoLeaks(canaries)
      await context.close()
    }
    await Promise.all(Array.from({ length: shoppers }, shopper))
    await faults.close()
  },
)

interface Scheduled {
  readonly context: BrowserContext
  readonly page: Page
  readonly faults: FaultCollector
  readonly seed: number
  readonly path: string
  heal(): void
}

/**
 * A shopper with one or two tabs on a bad network; at the end it heals, and he comes back ten minutes later.
 *
 * @returns the page that is left of it
 */
async function survives({ context, page: first, faults, seed, path, heal }: Scheduled): Promise<Page> {
  const random = seeded(seed + 1_000_000)
  const below = (most: number) => Math.floor(random() * most)
  const taken = () => faults.taken(path)
  const visit = (page: Page) => page.goto(`/shop${path}`)
  const open = async () => {
    const page = await context.newPage()
    await visit(page)
    return page
  }
  await visit(first)
  const tabs = [first]
  if (below(2)) tabs.push(await open())
  const made = { count: 0 }
  /** All that was made is in the database or has arrived: a page may go now, and nothing may be lost. */
  const writtenDown = (page: Page) =>
    expect
      .poll(
        async () => {
          const safe = new Set([...(await keptBy(page)), ...numbersOf(taken())])
          return Array.from({ length: made.count }, (_none, n) => n).filter((n) => !safe.has(n))
        },
        { message: `seed ${seed}: written down`, intervals: [20] },
      )
      .toEqual([])

  for (let step = 0; step < steps; step++) {
    const index = below(tabs.length)
    const page = tabs[index]!
    const burst = 1 + below(25)
    await makes(page, made.count, burst, 'x'.repeat(below(400)))
    made.count += burst
    const what = below(4)
    if (what === 0) await context.clock.runFor(1_000 + below(9_000))
    if (what === 1) {
      await context.setOffline(true)
      await context.clock.runFor(6_000)
      await context.setOffline(false)
    }
    if (what === 2) {
      await writtenDown(page)
      await visit(page)
    }
    if (what === 3) {
      await writtenDown(page)
      tabs[index] = await open()
      await page.close({ runBeforeUnload: false })
    }
  }
  await writtenDown(tabs[0]!)
  const page = tabs.pop()!
  await page.goto('/empty')
  for (const other of tabs) await other.close()
  heal()
  await context.clock.runFor(10 * 60_000)
  await visit(page)
  await untilTaken(page, () => new Set(numbersOf(taken())).size, made.count)

  const byNumber = new Map<number, Set<string>>()
  for (const event of taken())
    for (const n of numbersOf([event])) byNumber.set(n, (byNumber.get(n) ?? new Set()).add(event.id))
  expect(
    [...byNumber].filter(([, ids]) => ids.size !== 1),
    `seed ${seed}: numbers of two events`,
  ).toEqual([])
  const losses = taken().filter(({ type }) => type === 'loss')
  expect(losses, `seed ${seed}: losses`).toEqual([])
  await expect.poll(() => keptBy(page), `seed ${seed}: left in the database`).toEqual([])
  return page
}
