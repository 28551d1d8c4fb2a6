import type { Acting } from './acting'
import type { Armed } from './arming'
import type { DataLayerOptions } from './capture/data-layer'
import type { Context } from './context'
import type { Leanings } from './decide/leanings'
import type { Guard } from './guard'
import type { Rooms } from './parts/kit'
import type { Platform } from './platform/platform'
import type { PageRef, Signal } from './terms'
import type { PageTime, Stop } from './time'

export interface LearningOptions {
  readonly platform: Platform
  readonly guard: Guard
  readonly context: Pick<Context, 'given'>
  readonly acting: Acting
  readonly armed: Armed
  readonly rooms: Partial<Rooms>
  readonly part: (name: string) => Promise<unknown>
  readonly page: () => PageRef
  readonly mayKeep: () => boolean
  readonly hear: (signal: Signal, heardAt: PageTime) => void
  /** The calls that what the page pushed stands for. */
  readonly calls: () => Pick<DataLayerOptions, 'page' | 'cart' | 'track'>
  readonly stops: Stop[]
}

/** Lessons that wait for the part that learns them. */
const lessonsMost = 20

/** What the page tells of the shopper, by calls or by GA4 events, on its way to what learns of it. */
export function createLearning(options: LearningOptions) {
  const { platform, guard, context, acting, armed, rooms, part, page, mayKeep, stops } = options
  /** Told before anybody wants to know: the page may make its calls before the ruleset is there. */
  const lessons: ((leanings: Leanings) => void)[] = []
  /** The calls that the page has made itself. */
  const told = new Set<string>()

  const learn = (tell: (leanings: Leanings) => void): unknown =>
    acting.affinity ? tell(acting.affinity) : lessons.splice(0, lessons.push(tell) - lessonsMost)

  /** Makes ready what the rules that are armed want to know, and what their texts are filled with. */
  function prepare(): void {
    const { ruleset } = armed
    const { filters, affinity } = rooms
    const { nudges } = acting
    if (affinity && ruleset && !acting.affinity) {
      const { halfLifeDays } = ruleset.source.affinity ?? {}
      const leanings = (acting.affinity = affinity({ platform, mayKeep, halfLifeDays }))
      for (const tell of lessons.splice(0)) tell(leanings)
      if (armed.runner) leanings.arrive(page().type)
      void leanings.load()
      stops.push(leanings.stop)
    }
    const currency = context.given.cart?.currency
    if (ruleset && nudges) filters?.prepare({ ruleset, currency, compose: nudges.compose, platform, stops })
  }

  /** Shops that push GA4 e-commerce events need no call of ours; their array may come after us. */
  const readDataLayer = guard('data-layer', async () => {
    const layer = () => (window as { dataLayer?: unknown }).dataLayer
    if (told.has('data-layer') || !Array.isArray(layer())) return
    told.add('data-layer')
    await part('data-layer')
    if (armed.stopped) return
    const read = rooms.dataLayer?.({
      ...options.calls(),
      platform,
      layer,
      mayKeep,
      pageType: () => page().type,
      told: (call) => told.has(call),
      added(pieces) {
        const at = platform.clock.now()
        options.hear({ kind: 'cart', at, added: pieces, removed: 0 }, at)
      },
    })
    acting.dataLayer = read && {
      ...read,
      look: guard('data-layer', read.look),
      hear: guard('data-layer', read.hear),
    }
  })

  return { learn, prepare, readDataLayer, called: (call: string): unknown => told.add(call) }
}
