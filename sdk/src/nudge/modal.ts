import type { Surface } from './surface'

/** A native dialog: the browser traps focus, makes the page inert, closes it by Escape and restores focus. */
export const modal: Surface = {
  make(mounting, kit) {
    const element = document.createElement('dialog')
    const stopFilling = kit.fill(element, mounting)
    const { title, body } = mounting.copy
    element.setAttribute('aria-labelledby', title ? 'title' : 'body')
    if (title && body) element.setAttribute('aria-describedby', 'body')
    // Focus goes to the dialog itself: a button under the shopper's next keystroke would be used by accident.
    element.tabIndex = -1
    element.autofocus = true
    const stops = [
      stopFilling,
      kit.listen(element, 'cancel', () => mounting.used('dismissed')),
      kit.listen(element, 'click', (event) => {
        // Inside the dialog's box the target is a child; the dialog itself is hit on its backdrop and padding.
        const { left, right, top, bottom } = element.getBoundingClientRect()
        const { clientX: x, clientY: y } = event as MouseEvent
        if (event.target === element && (x < left || x > right || y < top || y > bottom))
          mounting.used('dismissed')
      }),
    ]
    return {
      element,
      reveal() {
        // Opened empty: the browser lays out all that it holds to see what may have the focus.
        const filling = [...element.childNodes]
        element.replaceChildren()
        kit.root.append(element)
        element.showModal()
        element.append(...filling)
        // Not twice: each time the page is laid out. Browsers differ in whether a dialog may have it itself.
        if (kit.root.activeElement !== element) element.focus()
      },
      stop() {
        for (const stop of stops) stop()
        element.close()
        element.remove()
      },
    }
  },
}
