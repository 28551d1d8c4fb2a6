import type { Surface } from './surface'

/**
 * A nudge in the live region: announced once by screen readers, takes no focus, lies above everything (top
 * layer). A toast sits in a corner, a bar across the top; the style sheet knows which.
 */
export const toast: Surface = {
  mount(mounting, kit) {
    const element = document.createElement('div')
    const stop = kit.fill(element, mounting)
    const { region } = kit
    // Bars above, toasts below: the style sheet keeps them apart.
    if (mounting.spec.surface === 'bar') region.prepend(element)
    else region.append(element)
    // Where there is no popover the region's z-index has to do.
    if (region.childElementCount === 1) region.showPopover?.()
    return {
      element,
      stop() {
        stop()
        element.remove()
        if (!region.firstChild) region.hidePopover?.()
      },
    }
  },
}
