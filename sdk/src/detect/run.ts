import type { Evidence, MomentPhase, Signal, SignalKind } from '../terms'
import type { Clock, PageTime, Stop } from '../time'
import { later } from '../time'
import type { Guard } from '../guard'
import type { Detector } from './detector'

/** What a detector found. Times are page time; `heardAt` is when our first line of code ran for it. */
export interface Found {
  readonly name: string
  readonly phase: MomentPhase
  readonly at: PageTime
  readonly onset: PageTime
  readonly heardAt: PageTime
  readonly evidence: Evidence
}

export interface RunnerOptions {
  readonly clock: Clock
  readonly guard: Guard
  readonly detectors: readonly Detector<unknown>[]
  readonly visible: boolean
  /** Asks capture for what it has stored: a detector must not be woken before it has heard everything. */
  readonly drain: (heardAt: PageTime) => void
  readonly found: (found: Found) => void
}

export interface Runner {
  hear(signal: Signal, heardAt: PageTime): void
  stop: Stop
}

/** A moment that was confirmed stays quiet this long, whatever its detector says. */
export const cooldownMs = 30_000

interface Running {
  readonly detector: Detector<unknown>
  readonly step: (signal: Signal) => ReturnType<Detector<unknown>['step']> | undefined
  wakeAt: PageTime | undefined
  quietUntil: number
  told: boolean
}

/**
 * Gives signals to the detectors that hear them and holds the clock for all of them: `wakeAt` becomes one timer
 * and then a `wake` signal. Detectors live in visible time; the spans in which the page was hidden are taken
 * out here, and put back before anyone else sees a time.
 */
export function createRunner({ clock, guard, detectors, visible, drain, found }: RunnerOptions): Runner {
  const hidden = { total: 0, since: visible ? undefined : clock.now() }
  const timer: { stop?: Stop | undefined; at?: number | undefined } = {}
  const routes = new Map<SignalKind, Running[]>()

  for (const detector of detectors) {
    let state = detector.start
    const running: Running = {
      detector,
      step: guard(`detect/${detector.name}`, (signal: Signal) => {
        const step = detector.step(state, signal)
        state = step.state
        return step
      }),
      wakeAt: undefined,
      quietUntil: -Infinity,
      told: false,
    }
    for (const kind of detector.hears) routes.set(kind, [...(routes.get(kind) ?? []), running])
  }
  const all = [...new Set([...routes.values()].flat())]

  const toVisible = (signal: Signal): Signal => {
    const { total } = hidden
    if (!total) return signal
    const at = later(signal.at, -total)
    if (signal.kind !== 'pointer') return { ...signal, at }
    return {
      ...signal,
      at,
      samples: signal.samples.map((sample) => ({ ...sample, at: later(sample.at, -total) })),
    }
  }

  const give = (running: Running, signal: Signal, heardAt: PageTime) => {
    const step = running.step(signal)
    // A detector in quarantine asks for nothing more.
    running.wakeAt = step?.wakeAt
    if (!step?.phase) return
    const { name } = running.detector
    const { phase, onset = signal.at, evidence = {} } = step
    if (phase === 'confirmed') {
      if (signal.at < running.quietUntil) return
      running.quietUntil = signal.at + cooldownMs
    } else if (phase === 'ended' && !running.told) return
    running.told = phase === 'confirmed'
    const { total } = hidden
    found({ name, phase, at: later(signal.at, total), onset: later(onset, total), heardAt, evidence })
    if (phase === 'confirmed') hear({ kind: 'moment', at: later(signal.at, total), name }, heardAt)
  }

  /** One timer for the earliest wish; set anew only when that changed. */
  const arm = () => {
    const next =
      hidden.since === undefined ? Math.min(...all.map((running) => running.wakeAt ?? Infinity)) : Infinity
    if (next === timer.at) return
    timer.stop?.()
    timer.at = next
    timer.stop = next < Infinity ? clock.after(next + hidden.total - clock.now(), wake) : undefined
  }

  const wake = () => {
    const heardAt = clock.now()
    timer.at = undefined
    drain(heardAt)
    for (const running of all) {
      const { wakeAt } = running
      if (wakeAt !== undefined && wakeAt + hidden.total <= heardAt)
        give(running, { kind: 'wake', at: wakeAt }, heardAt)
    }
    arm()
  }

  const hear = (signal: Signal, heardAt: PageTime) => {
    if (signal.kind === 'visibility') {
      if (!signal.visible) hidden.since ??= signal.at
      else if (hidden.since !== undefined) {
        hidden.total += signal.at - hidden.since
        hidden.since = undefined
        timer.at = undefined
      }
    }
    const listeners = routes.get(signal.kind)
    if (listeners) {
      const seen = toVisible(signal)
      for (const running of listeners) give(running, seen, heardAt)
    }
    arm()
  }

  return {
    hear,
    stop() {
      timer.stop?.()
      routes.clear()
      all.splice(0)
    },
  }
}
