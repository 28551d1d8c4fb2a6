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
  /** Its options, all of them, as they are in force: what the ruleset gives, else the defaults. */
  readonly options: Options
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
  /** The element it is about. */
  readonly target?: number
  /** The next time to be woken; replaces the one before, none when absent. */
  readonly wakeAt?: PageTime | undefined
  /** How near it came to the moment, when a beginning came to nothing or went on. */
  readonly near?: Near
  /** What is usual with this shopper: how long, how many. */
  readonly sample?: Sample
}

/** One observation of what a shopper does when he is calm: the stuff of his own measure. */
export interface Sample {
  readonly name: string
  readonly value: number
}

/** Evidence that was not enough. */
export interface Near {
  /** Share (0–1) of what is wanted. */
  readonly share: number
  readonly evidence: Evidence
  /** Why it came to nothing; absent while it may still come. */
  readonly why?: string
}

/** Less than this share of what is wanted is no beginning. */
export const beginning = 0.25

/** How near a beginning came that comes to nothing now; nothing when it had hardly begun. */
export const near = (share: number, evidence: Evidence, why?: string): { near?: Near } =>
  share >= beginning ? { near: { share: Math.min(1, share), evidence, ...(why ? { why } : {}) } } : {}

/** Names of options and their values; spans in ms, distances in px, as their names say. */
export type Options = Readonly<Record<string, number>>

/** What this shopper's own samples of that name say: the median of the last ones, and how many there are. */
export type Own = (name: string) => { readonly median: number; readonly samples: number } | undefined

/** Makes a detector from its options, as they stand in the ruleset under `moments.<name>`. */
export type MakeDetector = (options?: never, own?: Own) => Detector<unknown>

/** So many samples make a measure; with fewer the option stands. */
const ownMin = 5
/** A pause twice as long as one's usual one. Per-person baselines do better than fixed pauses. */
const ownFactor = 2

/** A threshold that rises to twice the shopper's own median of `name`, never below the option. */
export function raised(threshold: number, own: Own | undefined, name: string): number {
  const measure = own?.(name)
  return measure && measure.samples >= ownMin ? Math.max(threshold, ownFactor * measure.median) : threshold
}

/**
 * The options in force: those given that are numbers ≥ 0 and known by name, else the defaults. What was given and is
 * not in force is named on the console by whoever compares the two.
 */
export function settle<Known extends object>(defaults: Known, given: object = {}): Known {
  const taken = Object.entries(given).filter(
    ([name, value]) => Object.hasOwn(defaults, name) && Number.isFinite(value) && (value as number) >= 0,
  )
  return { ...defaults, ...Object.fromEntries(taken) }
}
