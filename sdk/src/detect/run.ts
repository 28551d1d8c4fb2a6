import type { Evidence, MomentPhase, Signal, SignalKind } from '../terms'
import type { Clock, Millis, PageTime, Stop } from '../time'
import { later } from '../time'
import type { Guard } from '../guard'
import type { Detector, Near } from './detector'

/** What a detector found. Times are page time; `heardAt` is when our first line of code ran for it. */
export interface Found {
  readonly name: string
  readonly phase: MomentPhase
  readonly at: PageTime
  readonly onset: PageTime
  readonly heardAt: PageTime
  readonly evidence: Evidence
  /** The element it is about, by its identity within this page: for a nudge beside it, never for an event. */
  readonly target?: number | undefined
}

export interface RunnerOptions {
  readonly clock: Clock
  readonly guard: Guard
  readonly detectors: readonly Detector<unknown>[]
  readonly visible: boolean
  /** How long a moment stays quiet yet, as the runner before told it. */
  readonly quiet?: ReadonlyMap<string, Millis> | undefined
  /**
   * Asks capture for what it has stored: a detector must not be woken before it has heard everything. `due` is the
   * page time that the timer was set for; `heardAt`, a little later, when it ran.
   */
  readonly drain: (heardAt: PageTime, due: PageTime) => void
  /** What it answers (a promise of the pipeline) is the guard's affair. */
  readonly found: (found: Found) => unknown
  /** What is usual with this shopper: `hesitation.dwell` 640. */
  readonly sampled?: (name: string, value: number) => void
  /** Evidence that was not enough, each time a detector tells of it. */
  readonly missed?: (missed: Missed) => void
}

/** How near a moment came that did not come. */
export interface Missed extends Near {
  readonly name: string
  readonly at: PageTime
}

export interface Runner {
  hear(signal: Signal, heardAt: PageTime): void
  /** For each moment that did not come since it last came: the nearest it was, if it ever began. */
  near(): readonly Missed[]
  /**
   * Another takes over, whose detectors begin anew: what was confirmed is told as ended, since nobody will see its end.
   * @returns by moment, how long it stays quiet yet
   */
  handOver(): ReadonlyMap<string, Millis>
  stop: Stop
}

/** A moment that was confirmed stays quiet this long, whatever its detector says. */
export const cooldownMs = 30_000

interface Running {
  readonly detector: Detector<unknown>
  readonly step: (signal: Signal) => ReturnType<Detector<unknown>['step']> | undefined
  /** Infinity: no wish. */
  wakeAt: number
  quietUntil: number
  told: boolean
  /** Confirmed while the page is hidden. */
  held?: ((heardAt: PageTime) => void) | undefined
  nearest: Missed | undefined
}

/**
 * Gives signals to the detectors that hear them and holds the clock for all of them: `wakeAt` becomes one timer
 * and then a `wake` signal. Detectors live in visible time; the spans in which the page was hidden are taken
 * out here, and put back before anyone else sees a time.
 */
export function createRunner(options: RunnerOptions): Runner {
  const { clock, guard, detectors, visible, quiet, drain, found, sampled, missed } = options
  const hidden = { total: 0, since: visible ? Infinity : clock.now() }
  const timer: { stop: Stop | undefined; at: number | undefined } = { stop: undefined, at: undefined }
  const routes = new Map<SignalKind, Running[]>()
  const all: Running[] = []

  for (const detector of detectors) {
    let state = detector.start
    const running: Running = {
      detector,
      step: guard(`detect/${detector.name}`, (signal: Signal) => {
        const step = detector.step(state, signal)
        state = step.state
        return step
      }),
      wakeAt: Infinity,
      quietUntil: clock.now() + (quiet?.get(detector.name) ?? -Infinity),
      told: false,
      nearest: undefined,
    }
    all.push(running)
    for (const kind of detector.hears) routes.set(kind, [...(routes.get(kind) ?? []), running])
  }

  /** While the page is hidden its time stands still: it must not run back when the page is shown again. */
  const toVisible = <Timed extends { readonly at: PageTime }>(it: Timed): Timed => {
    const at = Math.min(it.at, hidden.since) - hidden.total
    return at === it.at ? it : { ...it, at }
  }

  const give = (running: Running, signal: Signal, heardAt: PageTime) => {
    const step = running.step(signal)
    // A detector in quarantine asks for nothing more.
    running.wakeAt = step?.wakeAt ?? Infinity
    if (!step) return
    const { name } = running.detector
    if (step.sample) sampled?.(`${name}.${step.sample.name}`, step.sample.value)
    if (step.near) {
      const miss = { ...step.near, name, at: later(signal.at, hidden.total) }
      missed?.(miss)
      if (miss.share >= (running.nearest?.share ?? 0)) running.nearest = miss
    }
    const { phase, onset = signal.at, evidence = {}, target } = step
    if (!phase) return
    const confirmed = phase === 'confirmed'
    const tell = (toldAt: PageTime) => {
      if (confirmed) {
        // A signal's own time may lie behind; what counts for the shopper is when it is told.
        const now = toldAt - hidden.total
        if (now < running.quietUntil) return
        running.quietUntil = now + cooldownMs
        running.nearest = undefined
      } else if (phase === 'ended' && !running.told) return
      if (phase !== 'suspect') running.told = confirmed
      const at = later(signal.at, hidden.total)
      found({ name, phase, at, onset: later(onset, hidden.total), heardAt: toldAt, evidence, target })
      if (confirmed) hear({ kind: 'moment', at, name, evidence }, toldAt)
    }
    // What nobody can see is told when the page is shown, unless it is over by then.
    const isHeld = confirmed && hidden.since < Infinity
    if (phase !== 'suspect') running.held = isHeld ? tell : undefined
    if (!isHeld) tell(heardAt)
  }

  /** One timer for the earliest wish; set anew only when that changed. */
  const arm = () => {
    let next = Infinity
    if (hidden.since === Infinity) for (const { wakeAt } of all) if (wakeAt < next) next = wakeAt
    if (next === timer.at) return
    timer.stop?.()
    timer.at = next
    timer.stop = next < Infinity ? clock.after(next + hidden.total - clock.now(), wake) : undefined
  }

  const wake = () => {
    const heardAt = clock.now()
    const due = (timer.at! + hidden.total) as PageTime
    timer.at = undefined
    drain(heardAt, due)
    for (const running of all) {
      const at = running.wakeAt as PageTime
      if (at + hidden.total <= heardAt) give(running, { kind: 'wake', at }, heardAt)
    }
    arm()
  }

  const hear = (signal: Signal, heardAt: PageTime) => {
    if (signal.kind === 'visibility') {
      hidden.since = Math.min(hidden.since, signal.at)
      if (signal.visible) {
        hidden.total += signal.at - hidden.since
        hidden.since = Infinity
        timer.at = undefined
        for (const running of all) {
          running.held?.(heardAt)
          running.held = undefined
        }
      }
    }
    const listeners = routes.get(signal.kind)
    if (listeners) {
      const shifted = toVisible(signal)
      const seen =
        shifted !== signal && shifted.kind === 'pointer'
          ? { ...shifted, samples: shifted.samples.map(toVisible) }
          : shifted
      for (const running of listeners) give(running, seen, heardAt)
    }
    arm()
  }

  return {
    hear,
    near: () => all.flatMap(({ nearest }) => nearest ?? []),
    handOver() {
      const at = clock.now()
      return new Map(
        all.map(({ detector: { name }, told, quietUntil }) => {
          if (told) found({ name, phase: 'ended', at, onset: at, heardAt: at, evidence: {} })
          return [name, quietUntil + hidden.total - Math.min(at, hidden.since)]
        }),
      )
    },
    stop() {
      timer.stop?.()
      routes.clear()
      all.splice(0)
    },
  }
}
