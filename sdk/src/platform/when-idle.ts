import type { Stop } from '../time'
import type { Platform } from './platform'

/** Runs once, when the page has loaded and the browser has nothing better to do. */
export function whenIdle({ clock, guard, listen }: Platform, run: () => void): Stop {
  const guarded = guard('idle', run)
  const idle = () => {
    // Safari has no idle callback: a moment later will do.
    if (!('requestIdleCallback' in window)) return clock.after(200, run)
    const handle = requestIdleCallback(guarded)
    return () => cancelIdleCallback(handle)
  }
  if (document.readyState === 'complete') return idle()
  const stops: Stop[] = [listen(window, 'load', () => stops.push(idle()))]
  return () => stops.forEach((stop) => stop())
}
