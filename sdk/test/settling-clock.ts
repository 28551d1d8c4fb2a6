import type { Clock, EpochTime, Millis, PageTime } from '../src/time'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** What stands between two timers: all that tasks and promises still have to say is said. */
const someTasks = 4
const manyTasks = 5_000

export interface SettlingClock extends Clock {
  /**
   * Lets the time pass: every timer that falls due runs at its own instant, and after each all that it began
   * settles as far as it can without more time passing.
   */
  advance(span: Millis): Promise<void>
  /** Lets tasks and promises settle, with no time passing. */
  settle(): Promise<void>
  /** The shopper sets his clock, by so many ms. */
  setWall(shift: Millis): void
  /** Timers that are still to run. */
  readonly pending: () => number
  /** A page with a clock of its own over the same time. Timers run only when it lets them. */
  page(enter: (run: () => void) => void): SettlingClock
}

/**
 * A clock that stands still until it is told to move. No test waits.
 *
 * @param busy while true, work outside the clock (a transaction) is still under way: `settle` waits for it
 */
export function createSettlingClock({
  epoch = 1_760_000_000_000,
  busy = () => false,
}: { epoch?: number; busy?: () => boolean } = {}): SettlingClock {
  const state = { now: 0, wall: epoch }
  const timers = new Set<Timer>()

  const settle = async () => {
    // Work that needs time to pass (a database that hangs) is not waited for.
    for (
      let quiet = 0, tasks = 0;
      quiet < someTasks && tasks < manyTasks;
      quiet = busy() ? 0 : quiet + 1, tasks++
    )
      await new Promise((resolve) => setImmediate(resolve))
  }
  const next = (until: number) =>
    [...timers].reduce<Timer | undefined>(
      (first, timer) => (timer.at <= until && (!first || timer.at < first.at) ? timer : first),
      undefined,
    )
  const advance = async (span: Millis) => {
    const until = state.now + span
    await settle()
    for (let timer = next(until); timer; timer = next(until)) {
      state.now = Math.max(state.now, timer.at)
      timers.delete(timer)
      timer.run()
      await settle()
    }
    state.now = until
  }
  const page = (enter: (run: () => void) => void): SettlingClock => {
    const own = new Set<Timer>()
    const started = state.now
    const now = () => (state.now - started) as PageTime
    return {
      now,
      toEpoch: (at) => Math.round(state.wall + state.now - (now() - at)) as EpochTime,
      resolution: () => 0.1,
      after(delay, run) {
        const timer: Timer = {
          at: state.now + Math.max(0, delay),
          run() {
            own.delete(timer)
            enter(run)
          },
        }
        timers.add(timer)
        own.add(timer)
        return () => {
          timers.delete(timer)
          own.delete(timer)
        }
      },
      advance,
      settle,
      setWall: (shift) => void (state.wall += shift),
      pending: () => own.size,
      page,
    }
  }
  return page((run) => run())
}
