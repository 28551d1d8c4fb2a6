/**
 * The beacon's main promise as a property over random schedules of faults: every event is acknowledged, queued or
 * counted lost at every instant; what is acknowledged is not sent again, as long as the database works; what was made
 * by a page that lives, or was committed before its page died, arrives or is counted. And that at each of two
 * collectors, whatever the other does.
 *
 * `SCHEDULES=20000` runs so many, of a seed of their own. A failure prints its seed and path:
 * `SCHEDULES_SEED=… SCHEDULES_PATH=…` runs just that one again.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWorld, type Tab } from './conservation.fixture'
import { schedule, type Act, type Schedule } from './schedules.fixture'

const { SCHEDULES, SCHEDULES_SEED, SCHEDULES_PATH } = process.env

const options = { timeout: 3_600_000 }
const runs = (numRuns: number) => ({
  numRuns: Number(SCHEDULES ?? numRuns),
  ...(SCHEDULES_SEED
    ? { seed: Number(SCHEDULES_SEED), ...(SCHEDULES_PATH ? { path: SCHEDULES_PATH } : {}) }
    : SCHEDULES
      ? {}
      : { seed: 20_261_121 }),
})

test('G7: whatever network and storage do, every event is accounted for, once', options, async () => {
  await expect(fc.assert(fc.asyncProperty(schedule, isKept(1)), runs(500))).resolves.toBeUndefined()
})

test('G7: so it is at each of two collectors, whatever the other does', options, async () => {
  await expect(fc.assert(fc.asyncProperty(schedule, isKept(2)), runs(120))).resolves.toBeUndefined()
})

const isKept = (formats: 1 | 2) => async (given: Schedule) => {
  const { tabs, steps } = given
  const world = createWorld(given, formats)
  const living: Tab[] = []
  while (living.length < tabs) living.push(await world.open())
  const renewed = async (index: number) => {
    await world.die(living[index]!)
    living[index] = await world.open()
  }
  const acts: Record<Exclude<Act, 'wait'>, (on: Tab, index: number, amount: number) => unknown> = {
    add: (on, _index, amount) => on.addMany(amount),
    large: (on, _index, amount) => on.addMany(amount, 6_000),
    poison: (on) => on.add({ type: 'page', poison: true }),
    hide: (on) => on.page.hide(),
    flush: (on) => void on.beacon.flush(),
    offline: () => (world.browser.online.now = false),
    online() {
      world.browser.online.now = true
      for (const { page } of living) page.fire('online')
    },
    spoil: world.spoil,
    mend: world.mend,
    async navigate(on, index) {
      on.page.fire('pagehide', { persisted: false })
      on.page.hide()
      await renewed(index)
    },
    async close(on, index) {
      on.page.hide()
      on.page.fire('pagehide', { persisted: false })
      await renewed(index)
    },
    crash: (_on, index) => renewed(index),
    freeze: (on) => on.freeze(),
    thaw: (on) => on.thaw(),
    // Out of the back/forward cache: such a page is never heard of again.
    async evict(on, index) {
      on.freeze()
      await world.browser.clock.advance(1_000)
      await renewed(index)
    },
    async withdraw(on) {
      on.thaw()
      on.beacon.close()
      await world.purge(on)
      await world.browser.clock.advance(1_000)
      on.beacon.open()
    },
  }
  for (const [act, at, amount] of steps) {
    const index = at % tabs
    if (act !== 'wait') await acts[act](living[index]!, index, amount)
    world.check()
    await world.browser.clock.advance(act === 'wait' ? amount : 0)
    world.check()
  }
  for (const on of living) on.thaw()
  await world.heal()
  world.check()
  expect(await world.left()).toEqual([])
  for (const tab of living)
    expect(Object.values(tab.counts()).map(({ queued }) => queued)).toEqual(Array(formats).fill(0))
  world.judge(living)
}
