import { clicks } from './clicks'
import { clicksDefaults, type ClicksOptions } from './clicks-options'
import { settle } from './detector'

/**
 * The shopper presses one thing quickly and often, and it answers each time: a quantity stepper, the arrows of a
 * calendar or a carousel, next and previous. What would otherwise be taken for `rage-click`.
 *
 * Evidence: four presses on one target within 1 s, answered near the target within 300 ms each (one may go without: the
 * end of a carousel, the limit of a stepper). Complete when the last of them is answered, or would have been.
 *
 * Ends as `rage-click` does, but sooner: after 3 s without another press on it.
 */
export type MultiClickOptions = ClicksOptions & {
  /** How long after the last press there it goes on, ms. @default 3000 */
  lastsMs: number
}

const defaults: MultiClickOptions = {
  ...clicksDefaults,
  lastsMs: 3000,
}

export const multiClick = (options?: Partial<MultiClickOptions>) =>
  clicks({ name: 'multi-click', options: settle(defaults, options) })
