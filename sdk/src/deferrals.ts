import type { Cancel } from '../schema/ruleset'
import type { Deferred } from './decide'
import type { Found } from './detect'
import type { Clock, Stop } from './time'

/** What is waited for is looked at so often: a dialog that is taken out, or a focus that goes into a frame, tells nobody. */
const lookMs = 100

/** Decisions that wait for their slot and for a calm instant, each as long as its moment is worth it. */
export function createDeferrals(clock: Clock, isFree: (deferred: Deferred) => boolean) {
  const waiting = new Set<{
    readonly moment: string
    readonly cancelOn: readonly Cancel[]
    readonly decide: () => void
    readonly stop: Stop
  }>()
  const decideThose = (which: (moment: string, cancelOn: readonly Cancel[]) => boolean) => {
    for (const { moment, cancelOn, decide } of waiting) if (which(moment, cancelOn)) decide()
  }

  return {
    /** `again` decides anew, once: when it is free to show, or when it is too late to wait on. */
    defer({ name, at }: Found, deferred: Deferred, again: () => unknown) {
      const { validForMs, cancelOn } = deferred
      const timer = { stop: () => {} }
      const stop = () => {
        timer.stop()
        waiting.delete(own)
      }
      const decide = () => {
        stop()
        again()
      }
      const look = () => {
        const leftMs = at + validForMs - clock.now()
        if (leftMs <= 0 || isFree(deferred)) decide()
        else timer.stop = clock.after(Math.min(leftMs, lookMs), look)
      }
      const own = { moment: name, cancelOn, decide, stop }
      waiting.add(own)
      look()
    },
    cancel: (by: Cancel) => decideThose((_moment, cancelOn) => cancelOn.includes(by)),
    over: (name: string) => decideThose((moment) => moment === name),
    /** Whoever waits, by the names of the moments. */
    moments: () => [...waiting].map(({ moment }) => moment),
    stop() {
      for (const { stop } of waiting) stop()
    },
  }
}
