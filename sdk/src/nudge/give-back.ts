import type { Platform } from '../platform/platform'
import type { Stop } from '../time'

/**
 * Whoever went into a nudge by keyboard is where he was before when it goes: with the control that he pressed the focus
 * would be lost, and his way through the page would begin anew. A native dialog does so itself.
 */
export function giveBack(element: HTMLElement, { listen }: Pick<Platform, 'listen'>): Stop {
  const own: { before: unknown } = { before: undefined }
  const stop = listen(element, 'focusin', (event) => {
    const { relatedTarget } = event as FocusEvent
    if (!element.contains(relatedTarget as Node | null)) own.before = relatedTarget
  })
  return () => {
    stop()
    // Not after a press by mouse or finger: it would open the keyboard of a phone.
    if (own.before instanceof HTMLElement && element.querySelector(':focus-visible'))
      own.before.focus({ preventScroll: true })
  }
}
