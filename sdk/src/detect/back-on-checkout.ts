import { settle } from './detector'
import { stepBack } from './step-back'

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

const defaults: BackOnCheckoutOptions = { lastsMs: 30_000 }

export const backOnCheckout = (options?: Partial<BackOnCheckoutOptions>) =>
  stepBack('back-on-checkout', settle(defaults, options), ({ type }) => type !== 'checkout')
