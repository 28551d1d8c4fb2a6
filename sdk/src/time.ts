/**
 * The project's times. Everything inside a page is `PageTime`; wall-clock time is made from it in one
 * place (`Clock.toEpoch`), when an event leaves the page. Subtracting across the two does not compile.
 */

/** Milliseconds since this page's time origin: what `performance.now()` and `event.timeStamp` speak. */
export type PageTime = number & { readonly unit: 'page-ms' }

/** Milliseconds since 1970-01-01 UTC, by the shopper's own clock (which may be wrong). */
export type EpochTime = number & { readonly unit: 'epoch-ms' }

/** A span in milliseconds. */
export type Millis = number

/** Ends a subscription, a timer or a whole part. Calling it twice does nothing more. */
export type Stop = () => void

/** The only source of time in the house; a test passes a fake one. */
export interface Clock {
  now(): PageTime
  toEpoch(at: PageTime): EpochTime
  /** Smallest step the clock can show, ms: no span is known better than this. */
  resolution(): Millis
  /** Runs once, `delay` ms from now (at once if negative, still in a later task). */
  after(delay: Millis, run: () => void): Stop
}

/** `at + span`, kept a PageTime. */
export const later = (at: PageTime, span: Millis): PageTime => (at + span) as PageTime
