import type { Stop } from '../time'
import type { Platform } from './platform'

/** Runs once, right before the next frame is painted: what is taken down there was never seen. */
export function beforeFrame({ guard }: Platform, run: () => void): Stop {
  const frame = requestAnimationFrame(guard('frame', run, true))
  return () => cancelAnimationFrame(frame)
}
