import { createClock } from './clock'
import { createListen } from './listen'
import { send } from './send'
import { createStore } from './store'
import { tabMemory } from './tab-memory'
import type { Guard } from '../guard'
import type { Stop } from '../time'
import type { Part, Platform } from './platform'

/** The real platform. @param load fetches a part that is not in the main file. */
export function browserPlatform(guard: Guard, load: (part: string) => Promise<Part>): Platform {
  const clock = createClock(guard)
  const listen = createListen(clock, guard)
  return {
    clock,
    guard,
    listen,
    store: createStore(),
    tab: tabMemory,
    send,
    load,
    random: (size) => crypto.getRandomValues(new Uint8Array(size)),
    afterFrame(run) {
      const stops: Stop[] = []
      const frame = requestAnimationFrame(guard('frame', () => stops.push(clock.after(0, run))))
      return () => {
        cancelAnimationFrame(frame)
        for (const stop of stops) stop()
      }
    },
    whenIdle(run) {
      const guarded = guard('idle', run)
      const idle = () => {
        if ('requestIdleCallback' in window) {
          const handle = requestIdleCallback(guarded)
          return () => cancelIdleCallback(handle)
        }
        return clock.after(200, run)
      }
      if (document.readyState === 'complete') return idle()
      const stops = [listen(window, 'load', () => stops.push(idle()))]
      return () => stops.forEach((stop) => stop())
    },
    say: (level, line) => console[level](`splitsecond: ${line}`),
  }
}
