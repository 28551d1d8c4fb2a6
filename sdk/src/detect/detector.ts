import type { Evidence, MomentPhase, Signal, SignalKind } from '../terms'
import type { PageTime } from '../time'

/**
 * A moment's definition: a pure state machine over signals. It has no timer, no DOM and no clock; it asks to
 * be woken by returning `wakeAt`. The same signals in give the same moments out, so a recorded trace is a test.
 *
 * All times a detector sees are *visible* time: the runner takes the spans out in which the page was hidden.
 */
export interface Detector<State> {
  readonly name: string
  readonly hears: readonly SignalKind[]
  readonly start: State
  step(state: State, signal: Signal): Step<State>
}

/** What a step found. `at` is the instant at which the evidence was complete (default: the signal's time). */
export interface Step<State> {
  readonly state: State
  readonly phase?: MomentPhase
  /** When the behaviour began; default `at`. */
  readonly onset?: PageTime
  readonly evidence?: Evidence
  /** The next time to be woken; replaces the one before, none when absent. */
  readonly wakeAt?: PageTime | undefined
}

/** Makes a detector from its options, as they stand in the ruleset under `moments.<name>`. */
export type MakeDetector = (options?: never) => Detector<unknown>
