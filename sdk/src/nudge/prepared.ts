import type { Stop } from '../time'
import type { Made, Mounting, Surface, SurfaceKit } from './surface'

/** A nudge that is made before its moment is confirmed. */
export interface Prepared {
  /** What was made, if it is this that is wanted: the same nudge, the same words, about the same element. */
  take(mounting: Mounting): Made | undefined
  readonly stop: Stop
}

/**
 * Makes a nudge in advance: its texts stand, its style is there, its picture is loaded and decoded. Whose decision shows
 * it, and who hears how it ends, is known only when it is taken.
 */
export function prepared(wanted: Mounting, surface: Surface, kit: SurfaceKit): Prepared {
  const own = { ...wanted, marks: { ...wanted.marks }, used: wanted.used }
  const words = JSON.stringify(wanted.copy)
  const made = surface.make({ ...own, marks: own.marks, used: (...how) => own.used(...how) }, kit)
  for (const picture of made.element?.querySelectorAll('img') ?? [])
    void picture.decode().then(
      // Decoded, it need not come a frame later than the words.
      () => (picture.decoding = 'sync'),
      () => {},
    )
  return {
    take({ spec, copy, target, marks, used }) {
      if (spec !== wanted.spec || target !== wanted.target || JSON.stringify(copy) !== words) return undefined
      Object.assign(own.marks, marks)
      own.used = used
      return made
    },
    stop: made.stop,
  }
}
