import type { BeaconEvent } from '../schema/event'
import type { NudgeSpec } from '../schema/ruleset'
import type { Decision } from './decide'
import type { Missed } from './detect'
import type { Cart, Consent, Evidence } from './terms'
import type { Stop } from './time'

export interface Explained {
  readonly at: number
  readonly moment: string
  readonly decision: Decision
  /** Buttons that were left out, since the page has nothing for them: `chat`, `coupon`. */
  readonly hidden?: readonly string[]
}

/** What `start` returns, and what the global `splitsecond` becomes. */
export interface Handle {
  /**
   * Says what page this is; holds until the next navigation. Other keys are readable as `page.*` until the next call;
   * `critical: true` keeps nudges back that would disturb.
   */
  page(page: { readonly type?: string; readonly critical?: boolean; readonly [key: string]: unknown }): void
  /** Traits of the shopper (`visitor.*`) and the account (`account.*`). Never changes a bucket. */
  identify(traits: {
    readonly id?: string
    readonly account?: object
    readonly [trait: string]: unknown
  }): void
  /** More attributes for conditions: `{ score: { churn: 0.7 }, flags: { … } }`. */
  set(attributes: Readonly<Record<string, unknown>>): void
  cart(cart: Cart): void
  /** An outcome: `order_complete`, `support_contact`, … */
  track(name: string, data?: Readonly<Record<string, unknown>>): void
  /** Raises a moment of the page's own. */
  moment(name: string, evidence?: Evidence): void
  consent(tier: Consent): void
  /**
   * Hands over a function of the shop's own that buttons of nudges need: `coupon` takes a code (and says which nudge it was),
   * `chat` opens the chat. What they answer, or reject with, as text is shown. `events` takes the events of the format
   * `callback`. Returns what takes it back.
   */
  provide(name: 'coupon' | 'chat' | 'events', run: (...given: readonly unknown[]) => unknown): Stop
  /** Hears events as they are made, whether or not they are sent. */
  on(type: BeaconEvent['type'], listener: (event: BeaconEvent) => void): Stop
  /**
   * The last 100 decisions with their full trace, newest first; of one rule, where one is named. `moments` tells how
   * near each moment was that began and has not come (since it last came).
   */
  explain(rule?: string): readonly Explained[] & { readonly moments: readonly Missed[] }
  /**
   * What the detectors heard, as JSON lines for `splitsecond replay`; no text, no value, no id. The first call begins
   * it (it loads a part, and the detectors begin anew) and answers with nothing; each further one answers with all
   * that was heard since. Called in the queue before the script is there, it has the page from its beginning.
   */
  record(): string
  /** Asks the network for the ruleset now; resolves when what it names is watched. */
  refresh(): Promise<void>
  /**
   * Shows a nudge with no moment, no decision and no event: that of a rule (of its first variant, or of the variant or step
   * named), or one that no rule has yet. Whatever would keep it back does not; a missing value is seen by its name.
   */
  preview(what: string | NudgeSpec, variant?: string): Promise<void>
  /** Sends what waits; resolves when the collector has answered. */
  flush(): Promise<void>
  /** Leaves the page as it was. */
  stop(): void
}

/** Calls that the page made before the script was there: `splitsecond.q.push(['page', { type: 'cart' }])`. */
export type Call = readonly [name: keyof Handle, ...args: unknown[]]
