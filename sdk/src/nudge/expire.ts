import type { Platform } from '../platform/platform'
import type { Stop } from '../time'
import type { Mounting } from './surface'

/**
 * Closes a nudge by itself. The clock stands while the page is hidden, and while the mouse or the focus is on the nudge
 * (WCAG 2.2.1): both must have gone.
 */
export function expire(
  element: HTMLElement,
  { spec: { durationMs }, used }: Mounting,
  { clock, listen }: Platform,
): readonly Stop[] {
  if (!durationMs) return []
  const held = { mouse: false, focus: false }
  const state = { leftMs: durationMs, stop: () => {} }

  const look = () => {
    state.stop()
    if (held.mouse || held.focus || document.visibilityState === 'hidden') return
    const since = clock.now()
    const stop = clock.after(state.leftMs, () => used('expired'))
    state.stop = () => {
      stop()
      state.leftMs -= clock.now() - since
      state.stop = () => {}
    }
  }
  const on = (type: string, by: keyof typeof held, holds: boolean) => {
    const heard = () => {
      held[by] = holds
      look()
    }
    // Not captured: from line to line, which it enters and leaves, the mouse stays on the nudge.
    return listen(element, type, heard, { capture: false })
  }
  look()
  return [
    () => state.stop(),
    on('mouseenter', 'mouse', true),
    on('mouseleave', 'mouse', false),
    on('focusin', 'focus', true),
    on('focusout', 'focus', false),
    listen(document, 'visibilitychange', look),
  ]
}
