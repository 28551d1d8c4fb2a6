import type { CaptureKit, Source } from './source'

/** The mouse leaves the document, or comes back into it. */
export function leave({ emit }: CaptureKit): Source {
  return {
    on: {
      mouseover({ relatedTarget }, at, heardAt) {
        if (!relatedTarget) emit({ kind: 'enter', at }, heardAt)
      },
      mouseout({ relatedTarget, clientY: y, buttons }, at, heardAt) {
        if (relatedTarget) return
        // An open select, an autofill pop-up, a checkout widget's frame: the mouse is where the focus is.
        const inField = !!document.activeElement?.matches('input,select,textarea,iframe,[contenteditable]')
        emit({ kind: 'leave', at, y, pressed: buttons > 0, inField }, heardAt)
      },
      resize: (_event, at, heardAt) => emit({ kind: 'resize', at }, heardAt),
    },
  }
}
