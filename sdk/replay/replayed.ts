/** What a replay is asked, and what it answers: types, no code. */
import type { TraceHeader } from '../schema/trace'
import type { Decision, TraceEntry } from '../src/decide'
import type { Found, Missed } from '../src/detect'
import type { Evidence } from '../src/terms'
import type { PageTime } from '../src/time'
import type { Beside } from './situation'

export interface ReplayOptions extends Beside {
  /** The ruleset as published. Without one, the moments are found and nothing is decided. */
  readonly ruleset?: unknown
  /** Options of moments, over those of the ruleset: `{ 'exit-intent': { confirmMs: 400 } }`. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Moments to watch. @default what the ruleset asks for; all, where there is no ruleset */
  readonly moments?: readonly string[]
  /** The shopper's own samples before the trace, where it holds none: `{ 'hesitation.dwell': [640, 810] }`. */
  readonly own?: Readonly<Record<string, readonly number[]>>
}

/** A moment that had begun and did not come. */
export interface Faded {
  readonly name: string
  readonly at: PageTime
  /** Share (0–1) of what was wanted. */
  readonly share: number
  readonly evidence: Evidence
  readonly why: string
}

export interface Decided {
  readonly moment: string
  readonly at: PageTime
  readonly verdict: Decision['verdict']
  readonly reason: Decision['reason']
  readonly rule?: string | undefined
  readonly variant?: string | undefined
  /** Computed when read. */
  readonly trace: readonly TraceEntry[]
}

export interface ReplayedNudge {
  readonly at: PageTime
  readonly rule: string
  readonly phase: string
}

export interface Replayed {
  readonly header: TraceHeader
  /** What was watched. */
  readonly watched: readonly string[]
  /** Suspected, confirmed and ended moments, as they were found. */
  readonly moments: readonly Found[]
  readonly faded: readonly Faded[]
  /** The nearest that each moment came which did not come at all. */
  readonly near: readonly Missed[]
  readonly decisions: readonly Decided[]
  readonly nudges: readonly ReplayedNudge[]
  readonly from: PageTime
  readonly until: PageTime
  /** How much of that the page was visible, ms. */
  readonly visibleMs: number
  /** Rules that are left out, options that are not known, detectors that failed: a line each. */
  readonly complaints: readonly string[]
}
