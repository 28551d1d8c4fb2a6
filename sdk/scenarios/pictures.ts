import { scenarios } from '.'
import { draw } from './draw'

/** The scenario that shows each moment best, by its title. */
const shown: Readonly<Record<string, string>> = {
  hesitation: 'a thinker decides at last',
  'back-on-checkout': 'back from checkout and forward again',
  'checkout-step-back': 'a step back inside checkout',
  'rage-typing': 'rage typing, then the field is left',
  'exit-intent': 'out to the tabs, back, and on reading',
  'rage-click': 'rage, then something else is pressed',
  'multi-click': 'a quantity stepper is pressed six times',
  'dead-click': 'a dead button, and then nothing for long',
  'error-click': 'a button fails, and then nothing',
  'thrashed-cursor': 'the mouse is shaken on its way to the price, and rests',
  'quick-back': 'a glance at a page that is no product, and back',
  'form-abandonment': 'a form is given up, and then nothing',
  'cart-hesitation': 'a rest on the way to checkout, then a look at shipping',
  'tab-return': 'the shopper is back after a while in another tab',
}

/** The pictures of `docs/moments.md`, by moment. */
export const pictures = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(shown).map(([name, title]) => [
      name,
      draw(
        scenarios.find((it) => it.title === title)!,
        name,
      ),
    ]),
  )
