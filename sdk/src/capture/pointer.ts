import type { PointerSample } from '../terms'
import type { PageTime } from '../time'
import type { CaptureKit, Source } from './source'

/** Half a second of a 500 Hz mouse; when it is full the samples are handed over early. */
const size = 256

/**
 * The mouse's way. A move costs three stores and nothing else: samples wait here until some
 * other signal (or a detector's wake-up) needs them, and are then told in one go.
 */
export function pointer({ emit }: CaptureKit): Source {
  const times = new Float64Array(size)
  const xs = new Float64Array(size)
  const ys = new Float64Array(size)
  const state = { count: 0 }

  const drain = (heardAt: PageTime) => {
    if (state.count === 0) return
    const samples: PointerSample[] = []
    for (let i = 0; i < state.count; i++) {
      samples.push({ at: times[i] as PageTime, x: xs[i] as number, y: ys[i] as number })
    }
    state.count = 0
    emit({ kind: 'pointer', at: samples[samples.length - 1]!.at, samples }, heardAt)
  }

  return {
    drain,
    on: {
      pointermove(event, at, heardAt) {
        // With a button down it is a drag: a selection, a slider, a drawing.
        if (event.pointerType === 'touch' || event.buttons) return
        if (state.count === size) drain(heardAt)
        times[state.count] = at
        xs[state.count] = event.clientX
        ys[state.count++] = event.clientY
      },
    },
  }
}
