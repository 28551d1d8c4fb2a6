import { promisifyRequest } from 'idb-keyval'
import type { BeaconEvent } from '../../schema/event'
import { createUuid } from '../platform/uuid'
import { createFakeSend, type Reply, type Sent } from '../../test/fake-send'
import { createFakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { createBeacon } from './beacon'
import type { Kept } from './entry'

/** A beacon on a page of the fake browser, with a network that answers as it is told. */
export function beaconOn(platform: FakePlatform, reply: (request: Sent) => Reply = () => ({})) {
  const { clock } = platform
  const uuid = createUuid(platform.random)
  const network = createFakeSend(clock, reply)
  const made: BeaconEvent[] = []
  const state = { seq: 0 }
  const event = (fields: Readonly<Record<string, unknown>>) =>
    ({
      id: uuid(clock.toEpoch(clock.now())),
      seq: ++state.seq,
      at: clock.toEpoch(clock.now()),
      ageMs: 0,
      session: 's',
      view: 'v',
      page: { type: 'cart', path: '/cart' },
      device: { class: 'desktop', touch: false },
      sdk: '0.0.0',
      ...fields,
    }) as unknown as BeaconEvent
  const beacon = createBeacon({
    platform,
    send: network.send,
    url: 'https://collector.example/v1/events',
    key: 'k',
    owner: uuid(0),
    lossEvent: (counts) => event({ type: 'loss', counts }),
  })
  /** Makes an event and hands it over; `bytes` of filling make it larger. */
  const add = (fields: Readonly<Record<string, unknown>> = { type: 'page' }, bytes = 0) => {
    const one = event(
      bytes ? { ...fields, type: 'outcome', name: 'x', data: { fill: 'x'.repeat(bytes) } } : fields,
    )
    made.push(one)
    beacon.add(one, clock.now())
    return one
  }
  return {
    ...network,
    beacon,
    made,
    add,
    addMany: (count: number, bytes = 0) => Array.from({ length: count }, () => add({ type: 'page' }, bytes)),
    /** created − acknowledged − queued − lost: 0 at every instant. */
    unaccounted() {
      const { created, acknowledged, queued, lost } = beacon.counts()
      return created - acknowledged - queued - Object.values(lost).reduce((sum, count) => sum + count, 0)
    },
    losses: () =>
      network.sent.flatMap(({ events }) => events).flatMap((it) => (it.type === 'loss' ? [it.counts] : [])),
  }
}

/** The same on a page of a browser of its own, with consent. */
export async function opened(reply?: (request: Sent) => Reply) {
  const browser = createFakeBrowser()
  const page = browser.page()
  const on = beaconOn(page, reply)
  on.beacon.open()
  await page.clock.settle()
  return { ...on, browser, page, clock: page.clock }
}

/** Ids of the events that the database keeps; looking does not create it. */
export const records = async (): Promise<string[]> => (await kept()).map(({ id }) => id)

/** Until when (epoch ms) each of them is its page's. */
export const leases = async (): Promise<number[]> => (await kept()).map(({ leasedUntil }) => leasedUntil)

async function kept(): Promise<Kept[]> {
  if ((await indexedDB.databases()).length === 0) return []
  const db = await promisifyRequest(indexedDB.open('splitsecond'))
  const found = await promisifyRequest<Kept[]>(
    db.transaction('kept').objectStore('kept').getAll(IDBKeyRange.bound('e:', 'e:\uffff')),
  )
  db.close()
  return found
}
