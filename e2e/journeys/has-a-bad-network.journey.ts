import type { Browser, Page } from '@playwright/test'
import { seeded } from '../../sdk/test/seeded'
import { serveFaults, type Fault } from '../kit/fault-collector'
import { expect, test } from '../kit/fixtures'
import { keptBy, makes, numbersOf, openShop, untilTaken } from '../kit/made'

/** `FAULT_SCHEDULES=200` runs so many; `FAULT_SEED=17 FAULT_SCHEDULES=1` runs one again. */
const schedules = Number(process.env['FAULT_SCHEDULES'] ?? 4)
const firstSeed = Number(process.env['FAULT_SEED'] ?? 1)
const atOnce = 5
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
  async ({ browser, baseURL }) => {
    test.setTimeout(45_000 + schedules * 5_000)
    const healed = new Set<string>()
    const dice = new Map<string, () => number>()
    const faults = await serveFaults((path) =>
      healed.has(path) ? 'ok' : kinds[Math.floor(dice.get(path)!() * kinds.length)]!,
    )
    const seeds = Array.from({ length: schedules }, (_none, index) => firstSeed + index)
    const one = async (seed: number) => {
      const path = `/schedule-${seed}`
      dice.set(path, seeded(seed))
      const heal = () => healed.add(path)
      const taken = () => faults.taken(path)
      await survives({ browser, baseURL: baseURL!, seed, url: `${faults.url}${path}`, heal, taken })
    }
    const next = async (): Promise<void> => {
      const seed = seeds.shift()
      if (seed === undefined) return
      await one(seed)
      return next()
    }
    await Promise.all(Array.from({ length: atOnce }, next))
    await faults.close()
  },
)

interface Scheduled {
  readonly browser: Browser
  readonly baseURL: string
  readonly seed: number
  readonly url: string
  heal(): void
  taken(): ReturnType<Awaited<ReturnType<typeof serveFaults>>['taken']>
}

/** A shopper with one or two tabs on a bad network; at the end it heals, and he comes back ten minutes later. */
async function survives({ browser, baseURL, seed, url, heal, taken }: Scheduled) {
  const random = seeded(seed + 1_000_000)
  const below = (most: number) => Math.floor(random() * most)
  const context = await browser.newContext({ baseURL, permissions: ['local-network-access'] })
  await context.clock.install()
  const open = async () => {
    const page = await context.newPage()
    await openShop(page, url)
    return page
  }
  const tabs: Page[] = []
  for (let count = 1 + below(2); count > 0; count--) tabs.push(await open())
  const made = { count: 0 }
  /** All that was made is in the database or has arrived: a page may go now, and nothing may be lost. */
  const writtenDown = (page: Page) =>
    expect
      .poll(async () => {
        const safe = new Set([...(await keptBy(page)), ...numbersOf(taken())])
        return Array.from({ length: made.count }, (_none, n) => n).filter((n) => !safe.has(n))
      }, `seed ${seed}: written down`)
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
      await openShop(page, url)
    }
    if (what === 3) {
      await writtenDown(page)
      tabs[index] = await open()
      await page.close({ runBeforeUnload: false })
    }
  }
  await writtenDown(tabs[0]!)
  for (const page of tabs) await page.close()
  heal()
  await context.clock.runFor(10 * 60_000)
  const page = await open()
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
  await context.close()
}
