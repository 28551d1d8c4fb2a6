import type { PageRef } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { near, type Detector, type Step } from './detector'

interface State {
  readonly since?: PageTime | undefined
}

/**
 * A step back from a page of type `checkout`: what it means hangs on where it leads (`leadsTo`). Silent after an order
 * was completed, and for 5 minutes after a payment on another origin (3-D Secure sends people back and forth).
 *
 * Ends when the shopper goes on (forward, another page), puts a new product into the cart, or after `lastsMs`.
 */
export function stepBack(
  name: string,
  options: { readonly lastsMs: number },
  leadsTo: (to: PageRef) => boolean,
): Detector<State> {
  const { lastsMs } = options
  const over = (running: boolean): Step<State> => ({
    state: {},
    ...(running ? { phase: 'ended' as const } : {}),
  })
  return {
    name,
    options,
    hears: ['navigate', 'cart', 'wake'],
    start: {},

    step({ since }, signal) {
      const { at } = signal
      const running = since !== undefined
      if (signal.kind === 'navigate') {
        const { from, to, back, ordered, paying } = signal
        if (!back || from?.type !== 'checkout' || !leadsTo(to)) return over(running)
        const evidence = { from: from.type, to: to.type, loaded: signal.how !== 'traverse' || at === 0 }
        if (ordered || paying)
          return { ...over(running), ...near(1, evidence, ordered ? 'has ordered' : 'is paying') }
        return { state: { since: at }, phase: 'confirmed', evidence, wakeAt: later(at, lastsMs) }
      }
      const goesOn = running && !(signal.kind === 'cart' ? signal.added > 0 : at >= since + lastsMs)
      return goesOn ? { state: { since }, wakeAt: later(since, lastsMs) } : over(running)
    },
  }
}
