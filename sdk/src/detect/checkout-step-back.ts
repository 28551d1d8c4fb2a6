import { settle } from './detector'
import { stepBack } from './step-back'

/**
 * The shopper goes a step back inside checkout: from payment to delivery, say, to look at the address again or to
 * choose a cheaper parcel. He is still buying, and a word about what he looks for helps more than a word that holds him.
 *
 * Evidence is one step back in the session history from a page of type `checkout` to another one of that type. The
 * guards are those of back-on-checkout: silent after an order, and for 5 minutes after a payment on another origin.
 *
 * Ends when the shopper goes on (forward, another page), puts a new product into the cart, leaves, or after 30 s.
 */
export type CheckoutStepBackOptions = {
  /** How long after the step the shopper is taken to be still looking, ms. @default 30000 (as back-on-checkout) */
  lastsMs: number
}

const defaults: CheckoutStepBackOptions = { lastsMs: 30_000 }

export const checkoutStepBack = (options?: Partial<CheckoutStepBackOptions>) =>
  stepBack('checkout-step-back', settle(defaults, options), ({ type }) => type === 'checkout')
