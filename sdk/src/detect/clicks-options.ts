/** What `rage-click` and `multi-click` have in common: quick presses on one target, and how the page answered. */
export type ClicksOptions = {
  /** Presses on one target. @default 4 (Amplitude, Mixpanel, New Relic, Splunk; 3 fires on calm people) */
  presses: number
  /** Span within which they count, ms. @default 1000 (the same vendors) */
  withinMs: number
  /** How far from the first of them each may lie, px. @default 30 (Mixpanel, PostHog) */
  distancePx: number
  /** Touch: the same, px. @default 44 (the least size of a touch target in the platforms' guidelines) */
  touchDistancePx: number
  /** An answer near the target within this is an answer to the press, ms. @default 300 */
  responseMs: number
  /**
   * Presses among them without an answer that make it rage. One alone is the end of a carousel, or the limit of a
   * stepper. @default 2
   */
  unanswered: number
}

/** Of rage alone: fewer presses will do on what is suspect of being dead. */
export type DeadOptions = {
  /** Presses on a target that is suspect of being dead. @default 3 */
  deadPresses: number
  /** Span within which those count, ms. @default 2000 */
  deadWithinMs: number
  /** Silence of the whole page after a press that makes its target suspect, ms. @default 1000 */
  suspectMs: number
}

export const clicksDefaults: ClicksOptions = {
  presses: 4,
  withinMs: 1000,
  distancePx: 30,
  touchDistancePx: 44,
  responseMs: 300,
  unanswered: 2,
}
