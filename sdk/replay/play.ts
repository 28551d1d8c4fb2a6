import type { TraceLine } from '../schema/trace'
import type { PointerSample, Signal } from '../src/terms'
import type { Clock, PageTime, Stop } from '../src/time'
import type { VirtualClock } from './virtual-clock'

export interface PlayOptions {
  readonly clock: VirtualClock
  readonly lines: readonly TraceLine[]
  readonly hear: (signal: Signal, heardAt: PageTime) => void
  /** Lines that are no signals: time has run to them. */
  readonly told: (line: TraceLine) => void
}

/** Lines that are no signals. */
const beside = new Set<string>(['context', 'nudge', 'own', 'armed', 'end'])

/** Two times closer than this are one, ms: a sum of fractions is never quite exact. */
const sameMs = 0.01

/**
 * Plays the lines of a trace on a virtual clock: each signal at the time it was heard, timers on the way.
 *
 * In a page a timer runs late, and hands over what the mouse did until then. So that a replay finds the very same, a
 * timer for a time that the trace has a `wake` line for waits for that line. Any other (another threshold, another
 * detector, a trace with no such lines) runs on time, and is told what the mouse had done by then.
 */
export function createPlayer({ clock, lines, hear, told }: PlayOptions) {
  const wakes = lines.flatMap(({ kind, at }, index) => (kind === 'wake' ? [{ at, index }] : []))
  const state = {
    index: -1,
    /** The first wake line, and the first pointer line, that is still to come. */
    wake: 0,
    pointer: 0,
    /** Samples of that pointer line that are told already. */
    taken: 0,
    late: undefined as { at: number; run: () => void } | undefined,
  }

  /** Does the trace say when this timer ran? */
  const isTold = (due: number) => {
    while (state.wake < wakes.length && wakes[state.wake]!.index <= state.index) state.wake++
    // The one timer is set anew when another detector wants it: its own line is one of the next few.
    return wakes.slice(state.wake, state.wake + 8).some(({ at }) => Math.abs(at - due) < sameMs)
  }

  const tellPointer = (samples: readonly PointerSample[]) => {
    const at = samples.at(-1)?.at
    if (at !== undefined) hear({ kind: 'pointer', at, samples }, clock.now())
  }

  return {
    /** The clock of the runner, whose only timer wakes detectors. */
    clock: {
      ...clock,
      after(delay, run): Stop {
        const due = clock.now() + delay
        if (!isTold(due)) return clock.after(delay, run)
        const late = { at: due, run }
        state.late = late
        return () => {
          if (state.late === late) state.late = undefined
        }
      },
    } satisfies Clock,

    /** The mouse's way until now, where its line comes later. */
    drain() {
      const until = clock.now()
      if (state.pointer <= state.index) {
        state.pointer = state.index + 1
        state.taken = 0
      }
      while (state.pointer < lines.length && lines[state.pointer]!.kind !== 'pointer') state.pointer++
      const line = lines[state.pointer]
      if (line?.kind !== 'pointer') return
      const rest = line.samples.slice(state.taken) as PointerSample[]
      const after = rest.findIndex(({ at }) => at > until)
      const due = after < 0 ? rest : rest.slice(0, after)
      state.taken += due.length
      tellPointer(due)
    },

    play() {
      for (const line of lines) {
        clock.to(line.heardAt)
        state.index++
        const { kind } = line
        if (beside.has(kind)) told(line)
        else if (kind === 'wake') {
          const { late } = state
          if (!late || Math.abs(late.at - line.at) >= sameMs) continue
          state.late = undefined
          late.run()
        } else if (kind === 'pointer' && state.pointer === state.index && state.taken > 0)
          tellPointer((line.samples as PointerSample[]).slice(state.taken))
        else hear(line as unknown as Signal, clock.now())
      }
    },

    /** Lines from the one that is played now. */
    ahead: (most: number) => lines.slice(state.index + 1, state.index + 1 + most),
    index: () => state.index,
  }
}
