import { createRunner, type Detector, type Found, type Missed, type Runner } from '../src/detect'
import { createGuard } from '../src/guard'
import type { Signal } from '../src/terms'
import { createFakeClock } from './fake-clock'

interface WatchOptions {
  readonly visible?: boolean
  /** What capture has stored and tells when it is asked, before a detector is woken. */
  readonly stored?: Signal[]
  /** What the runner before has handed over. */
  readonly quiet?: ReturnType<Runner['handOver']>
}

/** Detectors in the real runner, on a clock that stands still until a signal or `until` moves it. */
export function watch(
  detectors: Detector<unknown> | readonly Detector<unknown>[],
  { visible = true, stored = [], quiet }: WatchOptions = {},
) {
  const clock = createFakeClock()
  const found: Found[] = []
  const missed: Missed[] = []
  const samples: Record<string, number[]> = {}
  const faults: { part: string; error: unknown }[] = []
  const runner = createRunner({
    clock,
    guard: createGuard((part, error) => faults.push({ part, error })),
    detectors: [detectors].flat(),
    visible,
    quiet,
    drain: (heardAt) => {
      for (const signal of stored.splice(0)) runner.hear(signal, heardAt)
    },
    found: (moment) => found.push(moment),
    missed: (miss) => missed.push(miss),
    sampled: (name, value) => (samples[name] ??= []).push(value),
  })

  return {
    clock,
    found,
    faults,
    runner,
    /** Beginnings that came to nothing, each time one was told. */
    missed,
    /** What is usual with this shopper, as it was observed. */
    samples,
    /** Plays signals: time runs to each first, and what falls due before it falls due. */
    hear(...signals: (Signal | readonly Signal[])[]) {
      for (const signal of signals.flat()) {
        clock.to(signal.at)
        runner.hear(signal, clock.now())
      }
      return this
    },
    /** Nothing happens until then. */
    until(at: number) {
      clock.to(at)
      return this
    },
    /** What was found so far, as `confirmed@2000`. */
    phases: () => found.map(({ phase, at }) => `${phase}@${at}`),
    confirmed: () => found.filter(({ phase }) => phase === 'confirmed'),
  }
}
