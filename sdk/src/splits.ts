import type { GhostSplits, Splits } from '../schema/event'
import { later, type Millis, type PageTime } from './time'

/** The instants of one chain, stamped by the pipeline as it goes; what never came is absent. */
export interface Stamps {
  /** The behaviour began. */
  readonly onset: PageTime
  /** The evidence was complete. */
  readonly signal: PageTime
  /** Our first line of code ran. */
  readonly heard: PageTime
  readonly confirmed: PageTime
  /** The visitor's data was there. */
  readonly profiled: PageTime
  /** How long after that the instant was calm, where the decision waited for one, ms; absent: it did not. */
  readonly deferred?: Millis | undefined
  readonly decided: PageTime
  readonly mounted?: PageTime | undefined
  readonly painted?: PageTime | undefined
}

/** ≥ this much of being painted must overlap the moment for the nudge to be in it. */
export const fitMs = 500

const round = (span: number) => Math.round(span * 10) / 10

/**
 * Stamps → the splits of the contract, ms, rounded to 0.1; sums are taken before rounding. What a rule chose to wait for
 * (`wait`, `deferred`) stands beside the sums, in none.
 */
export function splits(stamps: Stamps, clockMs: Millis): Splits | GhostSplits {
  const { onset, signal, heard, confirmed, profiled, deferred = 0, decided, mounted, painted } = stamps
  const span = (from: PageTime | undefined, to: PageTime | undefined) =>
    from === undefined || to === undefined ? null : round(to - from)
  return {
    wait: round(signal - onset),
    ...(deferred > 0 && { deferred: round(deferred) }),
    capture: round(heard - signal),
    detect: round(confirmed - heard),
    profile: round(profiled - confirmed),
    decide: round(decided - profiled - deferred),
    mount: span(decided, mounted),
    paint: span(mounted, painted),
    signalToDecision: round(decided - signal - deferred),
    decisionToAction: span(decided, mounted),
    actionToCustomer: span(mounted, painted),
    total: span(later(signal, deferred), painted),
    clockMs: Math.round(clockMs * 1000) / 1000,
  } as Splits | GhostSplits
}

/**
 * Was the customer still in the moment? Painted, and at least 500 ms of it overlapped the moment, or the nudge was
 * used. `over` is when the moment ended or the customer could no longer see (hidden, gone); absent: neither yet.
 */
export function fit(painted: PageTime, over: PageTime | undefined, used: boolean): 'in-moment' | 'late' {
  return used || over === undefined || over - painted >= fitMs ? 'in-moment' : 'late'
}

/** Main-thread time from hearing the signal to the mounted nudge, ms; what was waited for another decider was none. */
export const costOf = ({ detect, decide, mount }: Splits | GhostSplits, waitedMs: Millis = 0) =>
  round(detect + decide - waitedMs + (mount ?? 0))
