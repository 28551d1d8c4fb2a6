import { expect } from 'vitest'
import { createFakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { arrives, type Reply, type Sent } from '../../test/fake-send'
import { beaconOn, collectorUrl, formatsOn, otherUrl, records } from './beacon.fixture'
import { leaseMs } from './entry'
import { isPoison, type Schedule } from './schedules.fixture'

const minute = 60_000
/** From taking an event over to sending it: it gathers as fresh ones do. */
const takenOverMs = 5_200

type On = ReturnType<typeof beaconOn> | Awaited<ReturnType<typeof formatsOn>>
export type Tab = On & {
  readonly page: FakePlatform
  freeze(): void
  thaw(): void
}

/** What one collector answered, and what anybody could know of the events that are meant for it. */
interface Line {
  readonly url: string
  /** Its answers that are still to come. */
  readonly script: Reply[]
  /** Committed when its page died: it must arrive, or be counted. */
  readonly committed: Set<string>
  /** Removed because the shopper withdrew his consent. */
  readonly purged: Set<string>
}

/** A browser, its pages with one collector or two, and what must come of their events. */
export function createWorld({ seed, replies, storage }: Schedule, formats: 1 | 2) {
  const browser = createFakeBrowser({ seed })
  const state = { healed: false, spoilt: false, failing: 0 }
  const all: Tab[] = []
  const lines: readonly Line[] = [collectorUrl, otherUrl].slice(0, formats).map((url, index) => ({
    url,
    // The second collector has troubles of its own.
    script: index ? [...replies].reverse() : [...replies],
    committed: new Set(),
    purged: new Set(),
  }))

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
    const line = lines.find(({ url }) => request.url.startsWith(url))!
    return state.healed ? {} : (line.script.shift() ?? {})
  }
  const spoil = (share: number) => {
    state.failing = share
    state.spoilt ||= share > 0
    browser.failStorage(share ? new DOMException('spoilt', 'UnknownError') : undefined, share)
  }
  /** Notes what the database holds; storage that fails does not fail us. */
  const note = async (where: 'committed' | 'purged') => {
    const { failing } = state
    browser.failStorage(undefined)
    for (const line of lines) for (const id of await records(line.url)) line[where].add(id)
    spoil(failing)
  }
  const open = async (): Promise<Tab> => {
    const page = browser.page()
    const on = formats === 1 ? beaconOn(page, answer) : await formatsOn(page, answer)
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
    /** The database fails at random, as often as this schedule has it; or no more. */
    spoil: () => spoil(storage),
    mend: () => spoil(0),
    async die({ page }: Tab) {
      page.kill()
      await browser.clock.settle()
      await note('committed')
    },
    async purge({ page }: Tab) {
      await note('purged')
      await page.store.purge().catch(() => undefined)
    },
    /** Network and storage heal, and time passes: all that is left goes out, the last of it by a new page. */
    async heal() {
      state.healed = browser.online.now = true
      spoil(0)
      await browser.clock.advance(7 * minute)
      await note('committed')
      await open()
      await browser.clock.advance(90 * minute)
    },
    /** Ids of what is still on the device. */
    left: async () => (await Promise.all(lines.map(({ url }) => records(url)))).flat(),
    judge(living: readonly Tab[]) {
      for (const line of lines) {
        judgeLine(line, all, living)
        // Where the database failed it cannot tell what was taken already.
        if (!state.spoilt) judgeOrder(sentTo(line, all))
      }
      for (const { most } of all) {
        expect(most.keepaliveBytes).toBeLessThanOrEqual(16_000)
        expect(most.requests).toBeLessThanOrEqual(4)
      }
    },
  }
}

const sentTo = ({ url }: Line, all: readonly Tab[]) =>
  all.flatMap(({ sent }) => sent).filter((request) => request.url.startsWith(url))

/** What was acknowledged is not sent again. */
function judgeOrder(requests: readonly Sent[]) {
  const acknowledgedAt = new Map<string, number>()
  for (const { events, reply, epoch, answeredAt } of requests) {
    const took = !reply.hang && (reply.status ?? 200) === 200 && (reply.afterMs ?? 0) <= 5_000
    if (!took || answeredAt === undefined) continue
    // Heard by a page that thawed when its lease was over: another may just have taken the event over, and sends it.
    const known = answeredAt - epoch > leaseMs ? answeredAt + takenOverMs : answeredAt
    for (const { id } of events) acknowledgedAt.set(id, Math.min(known, acknowledgedAt.get(id) ?? Infinity))
  }
  for (const { events, epoch } of requests)
    for (const { id } of events)
      expect(epoch, `${id} once more after its acknowledgement`).toBeLessThanOrEqual(
        acknowledgedAt.get(id) ?? Infinity,
      )
}

/** What was made by a page that lives, or was committed before its page died, has arrived or is counted. */
function judgeLine(line: Line, all: readonly Tab[], living: readonly Tab[]) {
  const taken = sentTo(line, all).filter(({ reply }) => arrives(reply))
  const arrived = new Set(taken.flatMap(({ events }) => events.map(({ id }) => id)))
  const due = new Set([...line.committed, ...living.flatMap(({ made }) => made.map(({ id }) => id))])
  const missing = [...due].filter((id) => !arrived.has(id) && !line.purged.has(id))
  const lost = all.flatMap((tab) => Object.values(tab.counts()[line.url]!.lost))
  expect(missing.length, 'events that neither arrived nor are counted').toBeLessThanOrEqual(
    lost.reduce((sum, count) => sum + count, 0),
  )
}
