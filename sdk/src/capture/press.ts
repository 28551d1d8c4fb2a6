import type { PageTime } from '../time'
import type { CaptureKit, Source } from './source'

/**
 * Presses. A pointerdown counts when its pointerup comes without a pointercancel between (a cancelled one was
 * a scroll or a pinch). Enter or Space on a control makes a click with no pointer: a press without a place.
 */
export function press(kit: CaptureKit): Source {
  const { elements, emit } = kit
  const state = { id: -1, lastAt: -Infinity }

  const tell = (
    event: MouseEvent,
    pointer: 'mouse' | 'touch' | 'pen' | 'key',
    at: PageTime,
    heardAt: PageTime,
  ) => {
    // First as the page sees it: our own UI is ours down to its last button.
    const target = elements.target(event.target) && elements.target(kit.control?.(event) ?? event.target)
    if (!target) return
    const { clientX: x, clientY: y } = event
    const decision = kit.decision?.(event.target) ?? null
    const expects = kit.expects?.(event) ?? 'change'
    emit({ kind: 'press', at, pointer, x, y, target, decision, expects }, heardAt)
  }

  return {
    on: {
      pointerdown(event) {
        // A second finger makes a pinch of it: whatever was under the first was not meant.
        state.id = event.isPrimary && event.button === 0 ? event.pointerId : -1
      },
      pointercancel() {
        state.id = -1
      },
      pointerup(event, at, heardAt) {
        if (event.pointerId !== state.id) return
        state.id = -1
        state.lastAt = at
        tell(event, event.pointerType as 'mouse', at, heardAt)
      },
      click(event, at, heardAt) {
        // A label's second, synthetic click has no pointer either, but follows a press at once.
        if ((event as PointerEvent).pointerId !== -1 || event.detail > 0 || at - state.lastAt < 100) return
        tell(event, 'key', at, heardAt)
      },
    },
  }
}
