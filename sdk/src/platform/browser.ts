import { createClock } from './clock'
import { createListen } from './listen'
import { createStore } from './store'
import { tabMemory } from './tab-memory'
import type { Guard } from '../guard'
import type { Stop } from '../time'
import type { Platform } from './platform'

/** The real platform. */
export function browserPlatform(guard: Guard): Platform {
  const clock = createClock(guard)
  const listen = createListen(clock, guard)
  const say: Platform['say'] = (level, line) => console[level](`splitsecond: ${line}`)
  return {
    clock,
    guard,
    listen,
    store: createStore(clock, (error) =>
      say('warn', `IndexedDB fails (${String(error)}); what should be kept lives in memory`),
    ),
    tab: tabMemory,
    random: (size) => crypto.getRandomValues(new Uint8Array(size)),
    afterFrame(run) {
      const stops: Stop[] = []
      const frame = requestAnimationFrame(guard('frame', () => stops.push(clock.after(0, run)), true))
      return () => {
        cancelAnimationFrame(frame)
        for (const stop of stops) stop()
      }
    },
    say,
  }
}
