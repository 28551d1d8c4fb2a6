import type { CaptureKit, Source } from './source'

export function visibility({ emit }: CaptureKit): Source {
  const state = { hiddenAt: Infinity, left: false }
  return {
    on: {
      pagehide: () => (state.left = true),
      visibilitychange(_event, at, heardAt) {
        const visible = !document.hidden
        // A page that comes from the page cache was left, not hidden: the shopper went another way round.
        const hiddenMs = visible && !state.left ? Math.max(0, at - state.hiddenAt) : 0
        if (visible) state.left = false
        state.hiddenAt = visible ? Infinity : Math.min(state.hiddenAt, at)
        emit({ kind: 'visibility', at, visible, hiddenMs }, heardAt)
      },
    },
  }
}
