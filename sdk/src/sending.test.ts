import { expect, test } from 'vitest'
import type { BeaconEvent } from '../schema/event'
import { createFakeBrowser } from '../test/fake-platform'
import { createFakeSend } from '../test/fake-send'
import { createBeacon } from './beacon'
import type { Context } from './context'
import { createSending } from './sending'
import type { PageTime } from './time'
import { createUuid } from './platform/uuid'

/** A page whose shopper has not been asked yet, with a collector that takes all. */
function unasked() {
  const platform = createFakeBrowser().page()
  const { clock } = platform
  const network = createFakeSend(clock, () => ({}))
  const uuid = createUuid(platform.random)
  const event = (fields: object) =>
    ({
      id: uuid(clock.toEpoch(clock.now())),
      at: clock.toEpoch(clock.now()),
      ...fields,
    }) as unknown as BeaconEvent
  const consent = { given: false }
  const sending = createSending({
    platform,
    collector: 'https://collector.example/v1/events',
    context: { view: uuid(0), event } as unknown as Context,
    acting: {},
    rooms: {
      beacon: {
        createBeacon: (options) => createBeacon({ send: network.send, ...options }),
        whenIdle: () => () => {},
      },
    },
    part: () => Promise.resolve(),
    may: () => consent.given,
    stops: [],
    named: (option) => option,
    complain: (line) => platform.say('error', line),
    brought: () => undefined,
    provided: new Map(),
  })
  return {
    pages(count: number) {
      for (let one = 0; one < count; one++) sending.add(event({ type: 'page' }), 0 as PageTime)
    },
    async agrees() {
      consent.given = true
      await sending.open()
      await clock.advance(60_000)
    },
    refuses() {
      consent.given = false
      sending.close()
    },
    arrived: () => [...network.stored].length,
    losses: () =>
      network.sent.flatMap(({ events }) => events).flatMap((it) => (it.type === 'loss' ? [it.counts] : [])),
  }
}

test('of what is made before consent the newest 200 wait for it; what that costs is counted', async () => {
  const shop = unasked()
  shop.pages(230)
  await shop.agrees()
  expect(shop.losses()).toEqual([{ overflow: 30 }])
  // The report itself, too.
  expect(shop.arrived()).toBe(201)
})

test('what a no cost is counted, should a yes come after all', async () => {
  const shop = unasked()
  shop.pages(12)
  shop.refuses()
  shop.pages(3)
  await shop.agrees()
  expect(shop.losses()).toEqual([{ consent: 12 }])
  expect(shop.arrived()).toBe(4)
})

test('as long as nothing is lost nothing is said of it', async () => {
  const shop = unasked()
  shop.pages(200)
  await shop.agrees()
  expect(shop.losses()).toEqual([])
  expect(shop.arrived()).toBe(200)
})
