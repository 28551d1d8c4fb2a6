import type { Cancel } from '../schema/ruleset'
import type { Decision } from './decide'
import type { Found } from './detect'
import type { Signal } from './terms'
import type { Clock, Millis, Stop } from './time'

/** Why a decision comes too late. */
export type TooLate = 'moment-over' | 'cancelled'

/** Signals that may cancel a decision before it is painted, by the names of `cancelOn`. */
const cancels = (signal: Signal): Cancel | undefined => {
  const { kind } = signal
  if (kind === 'navigate') return kind
  if (kind === 'scroll') return signal.byShopper ? kind : undefined
  if (kind === 'field') return signal.action === 'input' ? 'typing' : undefined
  if (kind === 'form') return signal.action === 'submit' ? 'submit' : undefined
  return kind === 'cart' && signal.added ? 'add-to-cart' : undefined
}

export interface LastingRooms {
  readonly clock: Clock
  /** Runs right before the next frame is painted. */
  readonly beforeFrame: (run: () => void) => Stop
}

/** The moments that are confirmed and not over, each with what the shopper did since. */
export function createLasting({ clock, beforeFrame }: LastingRooms) {
  const lasting = new Map<string, Set<Cancel>>()

  return {
    /** A moment is confirmed. @returns says why a decision comes too late for it, if it does */
    begin({ name, at }: Found) {
      const since = new Set<Cancel>()
      lasting.set(name, since)
      /** `waited`: what was held back until its time was over holds for the reason that held it back. */
      return (decision: Decision, waited: boolean): TooLate | undefined => {
        const held = decision.verdict === 'hold'
        const bounds = held ? decision.defer : decision
        if (!bounds) return undefined
        if (lasting.get(name) !== since) return 'moment-over'
        if (bounds.cancelOn.some((cancel) => since.has(cancel))) return 'cancelled'
        return clock.now() - at > bounds.validForMs && !(held && waited) ? 'moment-over' : undefined
      }
    },
    /** Looks at the time again until it is painted, right before the paint too: a busy page may let the moment pass. */
    expires({ at }: Found, validForMs: Millis, over: Stop): Stop {
      const stops = [
        clock.after(at + validForMs - clock.now(), over),
        beforeFrame(() => void (clock.now() - at > validForMs && over())),
      ]
      return () => stops.forEach((stop) => stop())
    },
    end: (name: string) => void lasting.delete(name),
    /** @returns what the signal may cancel */
    hear(signal: Signal): Cancel | undefined {
      const by = cancels(signal)
      if (by) for (const since of lasting.values()) since.add(by)
      return by
    },
    stop: () => lasting.clear(),
  }
}
