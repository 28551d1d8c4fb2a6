import type { PageTime } from '../time'
import type { Source } from './source'

/**
 * When the shopper last did something by hand. Tells a scroll or a focus that the shopper made from one that
 * a script made; makes no signals of its own.
 */
export function createHand(): { source: Source; lastInput: () => PageTime | undefined } {
  const state = { at: undefined as PageTime | undefined }
  const on = (_event: Event, at: PageTime) => {
    state.at = at
  }
  return {
    source: { on: { pointerdown: on, keydown: on, wheel: on, touchmove: on } },
    lastInput: () => state.at,
  }
}
