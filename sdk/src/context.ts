import type { BeaconEvent, Channel } from '../schema/event'
import type { VisitorMemory } from './decide/visitor'
import type { Cart } from './handle'
import type { Found } from './detect'
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
  readonly rulesetVersion: () => number | undefined
}

/** Wall clock and monotonic clock that part by more than this are flagged: the shopper set his clock, or slept. */
const skewMs = 1000

/** What is known about the situation: as fields of every event, and as attributes that conditions read. */
export function createContext({ clock, uuid, visitor, page, tab, rulesetVersion }: ContextOptions) {
  const started = { at: clock.now(), epoch: clock.toEpoch(clock.now()) }
  const given = {
    page: {} as Record<string, unknown>,
    traits: {} as Record<string, unknown>,
    account: {} as object,
    more: {} as Readonly<Record<string, unknown>>,
    cart: { items: [], total: 0 } as Cart,
  }
  const device = deviceNow()

  return {
    given,

    /** Fields that every event has, around those of this one. */
    event(fields: { type: string }, at: PageTime): BeaconEvent {
      const { session, id } = visitor.current()
      const epoch = clock.toEpoch(at)
      const ruleset = rulesetVersion()
      const skewed = Math.abs(epoch - started.epoch - (at - started.at)) > skewMs
      return {
        id: uuid(clock.toEpoch(clock.now())),
        seq: ++tab.seq,
        at: epoch,
        ageMs: 0,
        ...(skewed ? { clock: 'skewed' } : {}),
        session: session.id,
        tab: tab.id,
        ...(visitor.known() ? { visitor: id } : {}),
        page: page(),
        device,
        sdk: version,
        ...(ruleset === undefined ? {} : { ruleset: { version: ruleset } }),
        ...fields,
      } as unknown as BeaconEvent
    },

    /** The nested object that conditions and templates read. */
    attributes(moment?: Found): Record<string, unknown> {
      const { visits, daysSinceLastVisit, session } = visitor.current()
      const utm = [...new URLSearchParams(location.search)].filter(([name]) => name.startsWith('utm_'))
      return {
        locale: document.documentElement.lang || navigator.language,
        device,
        utm: Object.fromEntries(utm.map(([name, value]) => [name.slice(4), value])),
        ...given.more,
        page: { ...given.page, ...page() },
        cart: { count: given.cart.items.reduce((sum, { quantity = 1 }) => sum + quantity, 0), ...given.cart },
        visitor: { ...given.traits, visits, daysSinceLastVisit },
        account: given.account,
        session: session.moments,
        ...(moment ? { moment: moment.evidence } : {}),
      }
    },

    channel: (surface: string): Channel => {
      const connection = (navigator as { connection?: { effectiveType?: string } }).connection?.effectiveType
      return { surface, device: device.class, pageType: page().type, ...(connection ? { connection } : {}) }
    },

    languages: () => [document.documentElement.lang, ...navigator.languages].filter(Boolean),
  }
}

/** By its pointer and its screen, not by its name: user agents say what they like. */
function deviceNow() {
  const touch = matchMedia('(pointer: coarse)').matches
  const small = Math.min(screen.width, screen.height) < 600
  return { class: touch ? (small ? 'mobile' : 'tablet') : 'desktop', touch } as const
}
