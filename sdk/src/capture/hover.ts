import { decisions } from './decisions'
import type { CaptureKit, Source } from './source'

/** The mouse enters a decision element, or leaves all of them. Also tells `press` which one a press fell on. */
export function hover(kit: CaptureKit): Source {
  const { elements, emit } = kit
  const find = decisions(kit)
  const state = { over: null as Element | null }
  kit.decision = (element) => elements.target(find.of(element))

  return {
    on: {
      mouseover({ target, clientX: x, clientY: y }, at, heardAt) {
        const over = find.of(target)
        if (over === state.over) return
        state.over = over
        emit({ kind: 'hover', at, x, y, target: elements.target(over) }, heardAt)
      },
      mouseout({ relatedTarget, clientX: x, clientY: y }, at, heardAt) {
        if (relatedTarget || !state.over) return
        state.over = null
        emit({ kind: 'hover', at, x, y, target: null }, heardAt)
      },
    },
  }
}
