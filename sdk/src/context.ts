import type { BeaconEvent, Channel } from '../schema/event'
import type { VisitorMemory } from './decide/visitor'
import type { Given } from './terms'
import type { PageRef } from './terms'
import type { Clock, PageTime } from './time'
import { version } from './version'

export interface ContextOptions {
  readonly clock: Clock
  readonly uuid: (epochMs: number) => string
  readonly visitor: VisitorMemory
  readonly page: () => PageRef
  /** The tab's name and the last `seq` used in it. */
  readonly tab: { id: string; seq: number }
  readonly version: () => number | undefined
}

/** Wall clock and monotonic clock that part by more than this are flagged: the shopper set his clock, or slept. */
const skewMs = 1000

/** What is known about the situation: as fields of every event, and as attributes that conditions read. */
export function createContext({ clock, uuid, visitor, page, tab, version: rulesetVersion }: ContextOptions) {
  /** The wall clock at page time 0, as it was set when we started. */
  const origin = clock.toEpoch(0 as PageTime)
  const given: Given = {
    page: {},
    traits: {},
    account: {},
    more: {},
    cart: { items: [], total: 0 },
  }
  const device = deviceNow()

  return {
    given,
    device,

    /** Fields that every event has, around those of this one. */
    event(fields: { readonly type: string; readonly [field: string]: unknown }, at: PageTime): BeaconEvent {
      const { session, id } = visitor.current()
      const epoch = clock.toEpoch(at)
      const ruleset = rulesetVersion()
      const skewed = Math.abs(epoch - at - origin) > skewMs
      return {
        id: uuid(clock.toEpoch(clock.now())),
        seq: ++tab.seq,
        at: epoch,
        ageMs: 0,
        clock: skewed ? 'skewed' : undefined,
        session: session.id,
        tab: tab.id,
        visitor: visitor.known() ? id : undefined,
        page: page(),
        device,
        sdk: version,
        ruleset: ruleset === undefined ? undefined : { version: ruleset },
        ...fields,
      } as unknown as BeaconEvent
    },

    channel: (surface: string): Channel => {
      const connection = (navigator as { connection?: { effectiveType?: string } }).connection?.effectiveType
      return { surface, device: device.class, pageType: page().type, ...(connection ? { connection } : {}) }
    },
  }
}

/** By its pointer and its screen, not by its name: user agents say what they like. */
function deviceNow() {
  const touch = matchMedia('(pointer: coarse)').matches
  const small = Math.min(screen.width, screen.height) < 600
  return { class: touch ? (small ? 'mobile' : 'tablet') : 'desktop', touch } as const
}

export type Context = ReturnType<typeof createContext>
