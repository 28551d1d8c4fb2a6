import type { Guard } from '../guard'
import type { Clock, EpochTime, PageTime } from '../time'

/** The browser's clock. The only place in the house that reads one. */
export function createClock(guard: Guard): Clock {
  const now = () => performance.now() as PageTime
  return {
    now,
    // Not timeOrigin + at: that stands still when the machine sleeps or the clock is set right.
    toEpoch: (at) => Math.round(Date.now() - (now() - at)) as EpochTime,
    resolution() {
      const start = now()
      let next = start
      // Engines round: to 0.1 ms, 0.005 when cross-origin isolated, 1 in some. At most 2 ms of looking.
      for (let i = 0; next === start && i < 100_000; i++) next = now()
      return next - start
    },
    after(delay, run) {
      try {
        const timer = setTimeout(guard('timer', run, true), Math.max(0, delay))
        return () => clearTimeout(timer)
      } catch {
        // A page whose timers throw has none.
        return () => {}
      }
    },
  }
}
