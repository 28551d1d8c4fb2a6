import { bare } from '../bare'
import type { Guard } from '../guard'
import type { Clock, PageTime } from '../time'
import type { Listen } from './platform'

/**
 * Registers one passive listener whose callback enters through the guard.
 *
 * `event.timeStamp` is believed only in (0, now]: some engines report another epoch or 0 for input events,
 * and a time from the future would make a split negative.
 */
export function createListen(clock: Clock, guard: Guard): Listen {
  return (target, type, heard, given = { capture: true }) => {
    const on = guard(
      `listen/${type}`,
      (event: Event) => {
        // Chromium (156) sends its own `compositionend` as a scripted one.
        if (!event.isTrusted && type !== 'compositionend') return
        const heardAt = clock.now()
        const { timeStamp } = event
        heard(event, timeStamp > 0 && timeStamp <= heardAt ? (timeStamp as PageTime) : heardAt, heardAt)
      },
      true,
    )
    const options = bare({ ...given, passive: true })
    target.addEventListener(type, on, options)
    return () => target.removeEventListener(type, on, options)
  }
}
