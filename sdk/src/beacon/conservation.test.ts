/**
 * The beacon's main promise as a property over random schedules of faults: every event is acknowledged, queued or
 * counted lost at every instant; what is acknowledged is not sent again; what was made by a page that lives, or was
 * committed before its page died, arrives or is counted.
 *
 * `SCHEDULES=20000` runs so many, of a seed of their own. A failure prints its seed and path:
 * `SCHEDULES_SEED=… SCHEDULES_PATH=…` runs just that one again.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFakeBrowser, type FakePlatform } from '../../test/fake-platform'
import type { Reply, Sent } from '../../test/fake-send'
import { beaconOn, records } from './beacon.fixture'
import { isPoison, schedule, type Act, type Schedule } from './schedules.fixture'

const minute = 60_000
const { SCHEDULES, SCHEDULES_SEED, SCHEDULES_PATH } = process.env

test(
  'G7: whatever the network does, every event is accounted for, once',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(fc.asyncProperty(schedule, isKept), {
      numRuns: Number(SCHEDULES ?? 500),
      ...(SCHEDULES_SEED
        ? { seed: Number(SCHEDULES_SEED), ...(SCHEDULES_PATH ? { path: SCHEDULES_PATH } : {}) }
        : SCHEDULES
          ? {}
          : { seed: 20_261_121 }),
    })
  },
)

async function isKept({ seed, tabs, replies, steps }: Schedule) {
  const world = createWorld(seed, replies)
  const living = Array.from({ length: tabs }, world.open)
  const renewed = async (index: number) => {
    await world.die(living[index]!)
    living[index] = world.open()
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
  for (const { beacon } of living) expect(beacon.counts().queued).toBe(0)
  expect(await records()).toEqual([])
  world.judge(living)
}

type Tab = ReturnType<typeof beaconOn> & {
  readonly page: FakePlatform
  freeze(): void
  thaw(): void
}

/** A browser, its pages, and what anybody could know of their events. */
function createWorld(seed: number, replies: readonly Reply[]) {
  const browser = createFakeBrowser({ seed })
  const script = [...replies]
  const state = { healed: false }
  const all: Tab[] = []
  /** Committed when its page died: it must arrive, or be counted. */
  const committed = new Set<string>()
  /** Removed because the shopper withdrew his consent. */
  const purged = new Set<string>()

  const check = () => {
    for (const { page, unaccounted } of all) {
      expect(unaccounted()).toBe(0)
      expect(page.faults).toEqual([])
    }
  }
  const answer = (request: Sent): Reply => {
    // In the midst of its work, too.
    check()
    if (!browser.online.now) return { status: 0, arrives: false }
    if (isPoison(request)) return { status: 500 }
    return state.healed ? {} : (script.shift() ?? {})
  }
  const open = (): Tab => {
    const page = browser.page()
    const on = beaconOn(page, answer)
    const frozen: { thaw?: (() => void) | undefined } = {}
    const tab = {
      ...on,
      page,
      freeze() {
        if (frozen.thaw) return
        page.fire('pagehide', { persisted: true })
        frozen.thaw = page.freeze()
      },
      thaw() {
        if (!frozen.thaw) return
        frozen.thaw()
        frozen.thaw = undefined
        page.fire('pageshow', { persisted: true })
      },
    }
    on.beacon.open()
    all.push(tab)
    return tab
  }

  return {
    browser,
    open,
    check,
    async die({ page }: Tab) {
      page.kill()
      await browser.clock.settle()
      for (const id of await records()) committed.add(id)
    },
    async purge({ page }: Tab) {
      for (const id of await records()) purged.add(id)
      await page.store.purge()
    },
    /** The network heals, and time passes: all that is left goes out, the last of it by a new page. */
    async heal() {
      state.healed = browser.online.now = true
      await browser.clock.advance(7 * minute)
      for (const id of await records()) committed.add(id)
      open()
      await browser.clock.advance(90 * minute)
    },
    judge(living: readonly Tab[]) {
      const requests = all.flatMap(({ sent }) => sent)
      const acknowledgedAt = new Map<string, number>()
      for (const { events, reply: got, answeredAt } of requests) {
        const took = !got.hang && (got.status ?? 200) === 200 && (got.afterMs ?? 0) <= 5_000
        if (!took || answeredAt === undefined) continue
        for (const { id } of events)
          acknowledgedAt.set(id, Math.min(answeredAt, acknowledgedAt.get(id) ?? Infinity))
      }
      for (const { events, epoch } of requests)
        for (const { id } of events)
          expect(epoch, `${id} once more after its acknowledgement`).toBeLessThanOrEqual(
            acknowledgedAt.get(id) ?? Infinity,
          )

      const arrived = new Set(all.flatMap(({ stored }) => [...stored.keys()]))
      const due = new Set([...committed, ...living.flatMap(({ made }) => made.map(({ id }) => id))])
      const missing = [...due].filter((id) => !arrived.has(id) && !purged.has(id))
      const lost = all.flatMap(({ beacon }) => Object.values(beacon.counts().lost))
      expect(missing.length, 'events that neither arrived nor are counted').toBeLessThanOrEqual(
        lost.reduce((sum, count) => sum + count, 0),
      )
      for (const { most } of all) {
        expect(most.keepaliveBytes).toBeLessThanOrEqual(16_000)
        expect(most.requests).toBeLessThanOrEqual(4)
      }
    },
  }
}
