/**
 * The beacon's main promise as a property, over random schedules of faults: every event is acknowledged, queued or
 * counted lost at every instant; what is acknowledged is not sent again; what was committed does not vanish.
 */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import type { Reply, Sent } from '../../test/fake-send'
import { beaconOn, records } from './beacon.fixture'

const minute = 60_000
const schedules = 300

const isPoison = ({ events }: Sent) => events.some((event) => 'poison' in event && event.poison === true)
const reply: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ afterMs: fc.integer({ min: 1, max: 7_000 }) }) },
  { weight: 2, arbitrary: fc.record({ status: fc.constant(0), arrives: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ status: fc.constantFrom(408, 429, 500, 502, 503) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      status: fc.constantFrom(429, 503),
      headers: fc.record({ 'retry-after': fc.constantFrom('1', '30', '600', 'soon') }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ hang: fc.constant(true), arrives: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ status: fc.constantFrom(400, 413) }) },
  { weight: 1, arbitrary: fc.constant({ text: '{"rejected":[{"line":1}]}' }) },
)
const tab = fc.nat({ max: 2 })
const step = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant('add'), tab, fc.integer({ min: 1, max: 30 })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('large'), tab, fc.integer({ min: 1, max: 8 })) },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constant('wait'), tab, fc.constantFrom(1, 40, 260, 3_000, 9_000, 30_000)),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('hide', 'pagehide', 'flush', 'poison'), tab, fc.constant(0)),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('offline', 'online', 'crash'), tab, fc.constant(0)) },
)

test('whatever the network does, every event is accounted for, once', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 1, max: 3 }),
      fc.array(reply, { maxLength: 25 }),
      fc.array(step, { maxLength: 25 }),
      async (seed, tabs, replies, steps) => {
        const browser = createFakeBrowser({ seed })
        const script = [...replies]
        const healed = { now: false }
        const answer = (request: Sent): Reply => {
          if (!browser.online.now) return { status: 0 }
          if (isPoison(request)) return { status: 500 }
          return healed.now ? {} : (script.shift() ?? {})
        }
        const open = () => {
          const page = browser.page()
          const on = beaconOn(page, answer)
          on.beacon.open()
          return { ...on, page }
        }
        const living = Array.from({ length: tabs }, open)
        const all = [...living]
        const committed = new Set<string>()

        const check = () => {
          for (const { page, unaccounted } of all) {
            expect(unaccounted()).toBe(0)
            expect(page.faults).toEqual([])
          }
        }
        for (const [act, at, amount] of steps) {
          const index = at % tabs
          const on = living[index]!
          if (act === 'add') on.addMany(amount)
          if (act === 'large') on.addMany(amount, 6_000)
          if (act === 'poison') on.add({ type: 'page', poison: true })
          if (act === 'hide') on.page.hide()
          if (act === 'pagehide') on.page.fire('pagehide')
          if (act === 'flush') void on.beacon.flush()
          if (act === 'offline') browser.online.now = false
          if (act === 'online') {
            browser.online.now = true
            for (const { page } of living) page.fire('online')
          }
          if (act === 'crash') {
            on.page.kill()
            await browser.clock.settle()
            for (const id of await records()) committed.add(id)
            all.push((living[index] = open()))
          }
          check()
          await browser.clock.advance(act === 'wait' ? amount : 0)
          check()
        }

        // The network heals, and time passes: all that is left goes out, the last of it by a new page.
        healed.now = browser.online.now = true
        await browser.clock.advance(7 * minute)
        for (const id of await records()) committed.add(id)
        all.push(open())
        await browser.clock.advance(90 * minute)
        check()
        expect(await records()).toEqual([])

        const requests = all.flatMap(({ sent }) => sent).sort((a, b) => a.epoch - b.epoch)
        const acknowledged = new Set<string>()
        for (const { events, reply: got, answered, url } of requests) {
          const again = events.filter(({ id }) => acknowledged.has(id))
          expect(again, url).toEqual([])
          const took = answered && !got.hang && (got.status ?? 200) === 200 && (got.afterMs ?? 0) <= 5_000
          if (took) for (const { id } of events) acknowledged.add(id)
        }
        const arrived = new Set(all.flatMap(({ stored }) => [...stored.keys()]))
        const lost = all.flatMap(({ beacon }) => Object.values(beacon.counts().lost))
        const missing = [...committed].filter((id) => !arrived.has(id))
        expect(missing.length).toBeLessThanOrEqual(lost.reduce((sum, count) => sum + count, 0))
        for (const { page, most, beacon } of all) {
          expect(most.keepaliveBytes).toBeLessThanOrEqual(16_000)
          expect(most.requests).toBeLessThanOrEqual(4)
          if (living.some((it) => it.page === page)) expect(beacon.counts().queued).toBe(0)
        }
      },
    ),
    {
      numRuns: Number(process.env['SCHEDULES'] ?? schedules),
      ...(process.env['SCHEDULES'] ? {} : { seed: 20_261_121 }),
    },
  )
})
