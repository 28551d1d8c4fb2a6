import type { Clock, EpochTime, Millis, PageTime, Stop } from '../src/time'

/** Page time 0 in wall-clock time. */
export const epoch = Date.parse('2026-11-22T12:00:00Z')

export interface FakeClock extends Clock {
  /** Lets time pass; timers that fall due run in their order, each at its own time. */
  advance(span: Millis): void
  /** As `advance`, to an instant; one that has passed changes nothing. */
  to(at: number): void
  /** Time passes while the main thread is busy: what falls due meanwhile runs late, at the end. */
  block(span: Millis): void
  /** Timers that are set. */
  pending(): number
}

/** Time by hand. Nothing runs unless a test says so, and then in the order of a browser's timers. */
export function createFakeClock(start = 0, resolution: Millis = 0.1): FakeClock {
  const state = { now: start, count: 0 }
  const timers = new Map<number, { due: number; run: () => void }>()

  /** The earliest; of those that are due together the one that was set first, as a map keeps them. */
  const nextDue = (until: number) => {
    let next: [number, { due: number; run: () => void }] | undefined
    for (const timer of timers)
      if (timer[1].due <= until && (!next || timer[1].due < next[1].due)) next = timer
    return next
  }
  const runDue = (until: number, onTime: boolean) => {
    for (let next = nextDue(until); next; next = nextDue(until)) {
      const [id, { due, run }] = next
      timers.delete(id)
      if (onTime) state.now = Math.max(state.now, due)
      run()
    }
  }
  const to = (at: number) => {
    runDue(at, true)
    state.now = Math.max(state.now, at)
  }

  return {
    now: () => state.now as PageTime,
    toEpoch: (at) => Math.round(epoch + at) as EpochTime,
    resolution: () => resolution,
    after(delay, run): Stop {
      const id = ++state.count
      timers.set(id, { due: state.now + Math.max(0, delay), run })
      return () => void timers.delete(id)
    },
    advance: (span) => to(state.now + span),
    to,
    block(span) {
      state.now += span
      runDue(state.now, false)
    },
    pending: () => timers.size,
  }
}
