import { promisifyRequest } from 'idb-keyval'
import type { BeaconEvent } from '../../schema/event'
import { createUuid } from '../platform/uuid'
import { createFakeSend, type Reply, type Sent } from '../../test/fake-send'
import { createFakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { createBeacon, type BeaconOptions } from './beacon'
import type { Encoder } from './encoder'
import type { Kept } from './entry'
import { createFormats } from './formats'

export const collectorUrl = 'https://collector.example/v1/events'
export const otherUrl = 'https://other.example/in'

type Counts = ReturnType<ReturnType<typeof createBeacon>['counts']>

/** A page of the fake browser that makes events, and its network. */
function pageOn(platform: FakePlatform, reply: (request: Sent) => Reply) {
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
  const options = {
    platform,
    key: 'k',
    owner: uuid(0),
    lossEvent: (counts: Record<string, number>) => event({ type: 'loss', counts }),
  }
  const makingFor = (beacon: Pick<ReturnType<typeof createBeacon>, 'add'>) => {
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
      add,
      addMany: (count: number, bytes = 0) =>
        Array.from({ length: count }, () => add({ type: 'page' }, bytes)),
    }
  }
  return { network, made, options, makingFor }
}

/** created − acknowledged − queued − lost: 0 at every instant. */
const unaccountedIn = ({ created, acknowledged, queued, lost }: Counts) =>
  created - acknowledged - queued - Object.values(lost).reduce((sum, count) => sum + count, 0)

/** A beacon on a page of the fake browser, with a network that answers as it is told. */
export function beaconOn(
  platform: FakePlatform,
  reply: (request: Sent) => Reply = () => ({}),
  more: Partial<BeaconOptions> = {},
) {
  const { network, made, options, makingFor } = pageOn(platform, reply)
  const beacon = createBeacon({ ...options, send: network.send, url: collectorUrl, ...more })
  return {
    ...network,
    ...makingFor(beacon),
    beacon,
    made,
    counts: (): Readonly<Record<string, Counts>> => ({ [collectorUrl]: beacon.counts() }),
    unaccounted: () => unaccountedIn(beacon.counts()),
    losses: () =>
      network.sent.flatMap(({ events }) => events).flatMap((it) => (it.type === 'loss' ? [it.counts] : [])),
  }
}

/** Lines like the default's, in a format of the shop's own. */
const own: Encoder = {
  name: 'own',
  contentType: 'text/plain',
  encode: (events) => ({ body: events.map((event) => JSON.stringify(event)).join('\n') }),
}

/** The same with two formats, each with a collector of its own. */
export async function formatsOn(platform: FakePlatform, reply: (request: Sent) => Reply = () => ({})) {
  const { network, made, options, makingFor } = pageOn(platform, reply)
  const create = await createFormats({
    format: ['ndjson', own],
    collector: [collectorUrl, otherUrl],
    named: (option) => option,
    complain: (line) => platform.say('error', line),
    load: () => Promise.resolve(undefined),
    provided: new Map(),
    createBeacon: (given) => createBeacon({ send: network.send, ...given }),
  })
  const beacon = create!(options)
  return {
    ...network,
    ...makingFor(beacon),
    beacon,
    made,
    counts(): Readonly<Record<string, Counts>> {
      const { ndjson, own: other } = beacon.counts()
      return { [collectorUrl]: ndjson!, [otherUrl]: other! }
    },
    unaccounted: () =>
      Object.values(beacon.counts()).reduce((sum, it) => sum + Math.abs(unaccountedIn(it)), 0),
  }
}

/** The same on a page of a browser of its own, with consent. */
export async function opened(reply?: (request: Sent) => Reply, more?: Partial<BeaconOptions>) {
  const browser = createFakeBrowser()
  const page = browser.page()
  const on = beaconOn(page, reply, more)
  on.beacon.open()
  await page.clock.settle()
  return { ...on, browser, page, clock: page.clock }
}

/** Ids of the events that the database keeps for a collector; looking does not create it. */
export const records = async (url = collectorUrl): Promise<string[]> => (await kept(url)).map(({ id }) => id)

/** Until when (epoch ms) each of them is its page's. */
export const leases = async (): Promise<number[]> =>
  (await kept(collectorUrl)).map(({ leasedUntil }) => leasedUntil)

/** Puts another text into the record of an event. */
export async function damage(id: string, text: unknown) {
  const db = await promisifyRequest(indexedDB.open('splitsecond'))
  const records = db.transaction('kept', 'readwrite').objectStore('kept')
  const record = await promisifyRequest<Kept>(records.get(`e:${id}`))
  await promisifyRequest(records.put({ ...record, text }, `e:${id}`))
  db.close()
}

async function kept(url: string): Promise<Kept[]> {
  if ((await indexedDB.databases()).length === 0) return []
  const prefix = url === collectorUrl ? 'e:' : 'e-own:'
  const db = await promisifyRequest(indexedDB.open('splitsecond'))
  const found = await promisifyRequest<Kept[]>(
    db
      .transaction('kept')
      .objectStore('kept')
      .getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)),
  )
  db.close()
  return found
}
