import type { PageTime } from '../time'
import type { CaptureKit, Source } from './source'

/** A fling goes on by itself: scrolling that goes on without a break this long is still the hand's. */
const momentumGapMs = 150
/** How soon after the hand's last input a scroll is taken as its doing. */
const handMs = 500
/** One wheel signal a burst is enough: it only says "busy scrolling". */
const wheelGapMs = 250

export function scroll({ emit, lastInput }: CaptureKit): Source {
  const state = { at: -Infinity, byShopper: false, wheelAt: -Infinity }

  return {
    on: {
      wheel(_event, at, heardAt) {
        if (at - state.wheelAt < wheelGapMs) return
        state.wheelAt = at
        emit({ kind: 'wheel', at }, heardAt)
      },
      scroll(event, at: PageTime, heardAt) {
        const root = event.target === document
        const goesOn = state.byShopper && at - state.at < momentumGapMs
        state.byShopper = goesOn || at - (lastInput() ?? -Infinity) < handMs
        state.at = at
        // The frame's layout is clean when scroll events run, so reading these forces nothing.
        const { scrollHeight, clientHeight } = document.documentElement
        const y = window.scrollY
        const depth = root ? y / Math.max(1, scrollHeight - clientHeight) : 0
        emit({ kind: 'scroll', at, y: root ? y : 0, depth, root, byShopper: state.byShopper }, heardAt)
      },
    },
  }
}
