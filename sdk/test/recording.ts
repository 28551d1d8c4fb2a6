import type { BeaconEvent } from '../schema/event'
import { createRunner, type Found } from '../src/detect'
import { catalogue } from '../src/detect/catalogue'
import { joined, medianOf, type Samples } from '../src/decide/own'
import { createGuard } from '../src/guard'
import { record, type Tap } from '../src/recorder'
import type { PageRef, PointerSample, Signal } from '../src/terms'
import type { PageTime } from '../src/time'
import { createFakeClock } from './fake-clock'

/**
 * A page that is watched and recorded, as a browser would do it: the mouse's way is stored and handed over when
 * something else is heard or a timer runs, and timers run late while the page is busy. Wants `document` and
 * `navigator` (`vi.stubGlobal`).
 */
export function createRecording({
  page = { type: 'other', path: '/' },
  startAt = 0,
  detectors = catalogue,
  snoozed = {},
}: {
  page?: PageRef
  startAt?: number
  detectors?: typeof catalogue
  /** Rules that were shown before, and how long each is still to be silent, ms. */
  snoozed?: Readonly<Record<string, number>>
} = {}) {
  const clock = createFakeClock(startAt)
  const found: Found[] = []
  const stored: PointerSample[] = []
  const given = { page: {}, traits: { name: 'Roos' }, account: {}, more: {}, cart: { items: [], total: 0 } }
  const begun = clock.toEpoch(startAt as PageTime)
  const before = Object.entries(snoozed).map(([rule, ms]) => ({
    rule,
    at: begun,
    session: 'session-1',
    decision: 'before',
    snoozedUntil: begun + ms,
  }))
  const visitor = { id: 'visitor-1', visits: 3, daysSinceLastVisit: 2, shown: before }
  const own = { samples: {} as Samples }
  const listeners = new Map<string, Set<(event: BeaconEvent) => void>>()
  const hand = {
    drain(heardAt: PageTime, _due?: PageTime) {
      const samples = stored.splice(0)
      const at = samples.at(-1)?.at
      if (at !== undefined) tell({ kind: 'pointer', at, samples }, heardAt)
    },
  }
  const acting: { own: { samples: () => Samples }; tap?: Tap } = { own: { samples: () => own.samples } }
  record({
    clock,
    context: { given, device: { class: 'desktop', touch: false } },
    visitor: { current: () => ({ ...visitor, session: { id: 'session-1', lastAt: 0, moments: {} } }) },
    consent: { tier: () => 'granted' },
    way: { page: () => page },
    acting,
    armed: { ruleset: { version: 7 }, capture: hand },
    listeners,
  })
  const tell = (signal: Signal, heardAt: PageTime) => {
    acting.tap!.heard(signal, heardAt)
    runner.hear(signal, heardAt)
  }
  const runner = createRunner({
    clock,
    guard: createGuard((part, error) => {
      throw Error(part, { cause: error })
    }),
    detectors: Object.entries(detectors).map(([name, make]) =>
      make(undefined as never, (of) => medianOf(own.samples[`${name}.${of}`])),
    ),
    visible: true,
    drain: hand.drain,
    found: (it) => found.push(it),
    sampled(name, value) {
      own.samples = joined(own.samples, name, value)
    },
  })

  return {
    clock,
    found,
    /** An event of a nudge is made. */
    nudged(rule: string, phase: 'shown' | 'dismissed', action?: number) {
      const event = { type: 'nudge', rule, phase, action, at: clock.toEpoch(clock.now()) }
      for (const listener of listeners.get('nudge') ?? []) listener(event as unknown as BeaconEvent)
      return this
    },
    /** Plays signals; moves of the mouse are stored first. */
    hear(...signals: (Signal | readonly Signal[])[]) {
      for (const signal of signals.flat()) {
        clock.to(signal.at)
        if (signal.kind === 'pointer') {
          stored.push(...signal.samples)
          continue
        }
        hand.drain(clock.now())
        tell(signal, clock.now())
      }
      return this
    },
    until(at: number) {
      clock.to(at)
      return this
    },
    /** The page is busy so long: timers and events that come meanwhile are late. */
    busy(ms: number) {
      clock.block(ms)
      return this
    },
    text: () => acting.tap!.text(),
  }
}
