import type { Clock, EpochTime, Millis, PageTime, Stop } from '../src/time'

export interface VirtualClock extends Clock {
  /** Time runs to an instant; timers that fall due on the way run in their order, each at its own time. */
  to(at: number): void
}

/**
 * A timer runs when its time has come, whatever a sum of fractions says: this much later, ms. No trace can tell that
 * apart, and no evidence rests on it.
 */
const roundingMs = 1e-6

/** The clock of a replay: it stands still until the trace moves it, so that an hour costs what its signals cost. */
export function createVirtualClock(start: PageTime, startedAt: number): VirtualClock {
  const state = { now: start as number, count: 0 }
  const timers = new Map<number, { readonly due: number; readonly run: () => void }>()

  const next = (until: number) => {
    let found: number | undefined
    let least = Infinity
    for (const [id, { due }] of timers)
      if (due <= until + roundingMs && due < least) {
        found = id
        least = due
      }
    return found
  }

  return {
    now: () => state.now as PageTime,
    toEpoch: (at) => Math.round(startedAt + at - start) as EpochTime,
    resolution: () => 0.1,
    after(delay: Millis, run): Stop {
      const id = ++state.count
      timers.set(id, { due: state.now + Math.max(0, delay), run })
      return () => void timers.delete(id)
    },
    to(at) {
      for (let id = next(at); id !== undefined; id = next(at)) {
        const { due, run } = timers.get(id)!
        timers.delete(id)
        state.now = Math.max(state.now, due + roundingMs)
        run()
      }
      state.now = Math.max(state.now, at)
    },
  }
}
