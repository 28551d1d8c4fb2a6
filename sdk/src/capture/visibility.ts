import type { CaptureKit, Source } from './source'

export function visibility({ emit }: CaptureKit): Source {
  /** NaN once the page was left: if it comes from the page cache then, the shopper went round, and was not away. */
  const state = { hiddenAt: Infinity }
  return {
    on: {
      pagehide() {
        state.hiddenAt = NaN
      },
      visibilitychange(_event, at, heardAt) {
        const visible = document.visibilityState === 'visible'
        const hiddenMs = visible ? Math.max(0, at - state.hiddenAt) || 0 : 0
        state.hiddenAt = visible ? Infinity : Math.min(state.hiddenAt, at)
        emit({ kind: 'visibility', at, visible, hiddenMs }, heardAt)
      },
    },
  }
}
