import type { CaptureKit, Source } from './source'

export function visibility({ emit }: CaptureKit): Source {
  return {
    on: {
      visibilitychange(_event, at, heardAt) {
        emit({ kind: 'visibility', at, visible: document.visibilityState === 'visible' }, heardAt)
      },
    },
  }
}
