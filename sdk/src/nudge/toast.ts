import type { Surface } from './surface'

/**
 * A nudge in the live region: announced once by screen readers, takes no focus, lies above everything (top
 * layer). A toast sits in a corner, a bar across the top; the style sheet knows which.
 */
export const toast: Surface = {
  mount(mounting, kit) {
    const element = document.createElement('div')
    const stop = kit.fill(element, mounting)
    // Bars above, toasts below: the style sheet keeps them apart.
    const takeOut = kit.lay(element, mounting.spec.surface === 'bar')
    return {
      element,
      stop() {
        stop()
        takeOut()
      },
    }
  },
}
