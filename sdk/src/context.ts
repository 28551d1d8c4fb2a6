import type { BeaconEvent, Channel } from '../schema/event'
import type { VisitorMemory } from './decide/visitor'
import type { Given, PageRef } from './terms'
import type { Clock, PageTime } from './time'
import { ofNavigator } from './of-navigator'
import { version } from './version'

export interface ContextOptions {
  readonly clock: Clock
  readonly uuid: (epochMs: number) => string
  readonly visitor: VisitorMemory
  readonly page: () => PageRef
  readonly version: () => number | undefined
}

/** Wall clock and monotonic clock that part by more than this are flagged: the shopper set his clock, or slept. */
const skewMs = 1000

/** What is known about the situation: as fields of every event, and as attributes that conditions read. */
export function createContext({ clock, uuid, visitor, page, version: rulesetVersion }: ContextOptions) {
  /** The wall clock at page time 0, as it was set when we started. */
  const origin = clock.toEpoch(0 as PageTime)
  const given: Given = { page: {}, traits: {}, account: {}, more: {} }
  const device = deviceNow()
  const view = { id: uuid(origin), seq: 0 }

  return {
    given,
    device,
    view: view.id,

    /** Fields that every event has, around those of this one. What is undefined is not in its JSON. */
    event(fields: { readonly type: string; readonly [field: string]: unknown }, at: PageTime): BeaconEvent {
      const { session, id } = visitor.current()
      const epoch = clock.toEpoch(at)
      const ruleset = rulesetVersion()
      const skewed = Math.abs(epoch - at - origin) > skewMs
      return {
        id: uuid(clock.toEpoch(clock.now())),
        seq: ++view.seq,
        at: epoch,
        ageMs: 0,
        clock: skewed ? 'skewed' : undefined,
        session: session.id,
        view: view.id,
        visitor: visitor.known() ? id : undefined,
        page: page(),
        device,
        sdk: version,
        ruleset: ruleset === undefined ? ruleset : { version: ruleset },
        ...fields,
      } as unknown as BeaconEvent
    },

    channel: (surface: string): Channel => {
      const connection = ofNavigator(
        (it) => (it as { connection?: { effectiveType?: string } }).connection?.effectiveType,
        undefined,
      )
      return { surface, device: device.class, pageType: page().type, connection }
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
