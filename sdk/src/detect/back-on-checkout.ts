import type { PageTime } from '../time'
import { later } from '../time'
import { near, settle, type Detector } from './detector'

/**
 * The shopper goes back from checkout: in an SPA by a step back in the session history, over page loads as the
 * page he *reaches* knows it (from `navigation.activation`, the back/forward cache, or the tab's way).
 *
 * Evidence is one such step from a page of type `checkout` to a page of another type. Silent after an order
 * was completed, and for 5 minutes after a payment on another origin (3-D Secure sends people back and forth).
 * A step back inside checkout is a moment of its own. Back to another origin cannot be seen and is not guessed.
 *
 * Ends when the shopper goes on (forward, another page), puts a new product into the cart, leaves, or after 30 s.
 */
export type BackOnCheckoutOptions = {
  /** How long after the step the shopper is taken to be still in doubt, ms. @default 30000 */
  lastsMs: number
}

interface State {
  readonly since?: PageTime | undefined
}

const defaults: BackOnCheckoutOptions = { lastsMs: 30_000 }

export function backOnCheckout(options?: Partial<BackOnCheckoutOptions>): Detector<State> {
  const o = settle(defaults, options)
  const { lastsMs } = o
  return {
    name: 'back-on-checkout',
    options: o,
    hears: ['navigate', 'cart', 'wake'],
    start: {},

    step({ since }, signal) {
      const { at } = signal
      const running = since !== undefined
      if (signal.kind === 'navigate') {
        const { from, to, back, ordered, paying } = signal
        const ended = { state: {}, ...(running ? { phase: 'ended' as const } : {}) }
        if (!back || from?.type !== 'checkout' || to.type === 'checkout') return ended
        const evidence = { from: from.type, to: to.type, loaded: signal.how !== 'traverse' || at === 0 }
        if (ordered || paying)
          return { ...ended, ...near(1, evidence, ordered ? 'has ordered' : 'is paying') }
        return { state: { since: at }, phase: 'confirmed', evidence, wakeAt: later(at, lastsMs) }
      }
      const goesOn = running && !(signal.kind === 'cart' ? signal.added > 0 : at >= since + lastsMs)
      if (goesOn) return { state: { since }, wakeAt: later(since, lastsMs) }
      return { state: {}, ...(running ? { phase: 'ended' as const } : {}) }
    },
  }
}
