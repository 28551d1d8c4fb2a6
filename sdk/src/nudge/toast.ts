import type { Surface } from './surface'

/**
 * A nudge in the live region: announced once by screen readers, takes no focus, lies above everything (top
 * layer). A toast sits in a corner, a bar across the top; the style sheet knows which.
 */
export const toast: Surface = {
  make(mounting, kit) {
    const element = document.createElement('div')
    const stops = [kit.fill(element, mounting)]
    return {
      element,
      // Bars above, toasts below: the style sheet keeps them apart.
      reveal: () => void stops.push(kit.lay(element, mounting.spec.surface === 'bar')),
      stop: () => stops.forEach((stop) => stop()),
    }
  },
}
