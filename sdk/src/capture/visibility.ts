import type { CaptureKit, Source } from './source'

export function visibility({ emit }: CaptureKit): Source {
  const state = { hiddenAt: Infinity }
  return {
    on: {
      visibilitychange(_event, at, heardAt) {
        const visible = !document.hidden
        const hiddenMs = visible ? Math.max(0, at - state.hiddenAt) : 0
        state.hiddenAt = visible ? Infinity : Math.min(state.hiddenAt, at)
        emit({ kind: 'visibility', at, visible, hiddenMs }, heardAt)
      },
    },
  }
}
