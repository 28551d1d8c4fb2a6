import type { Cancel } from '../schema/ruleset'
import type { Deferred } from './decide'
import type { Found } from './detect'
import type { Clock, PageTime } from './time'

/** What is waited for is looked at so often: a dialog that is taken out, or a focus that goes into a frame, tells nobody. */
const lookMs = 100

interface Waiting extends Deferred {
  readonly moment: string
  readonly until: PageTime
  readonly again: () => unknown
}

/** Decisions that wait for their slot and for a calm instant, each as long as its moment is worth it. */
export function createDeferrals(clock: Clock, isFree: (deferred: Deferred) => boolean) {
  const waiting = new Set<Waiting>()
  const timer = { stop: () => {} }

  const decide = (one: Waiting) => {
    // One that went before may have ended it.
    if (!waiting.delete(one)) return
    if (!waiting.size) timer.stop()
    one.again()
  }
  const decideThose = (which: (one: Waiting) => boolean) => {
    // The highest first; of equals the one that waits longest.
    for (const one of [...waiting].sort((a, b) => b.priority - a.priority)) if (which(one)) decide(one)
  }
  const look = () => {
    timer.stop()
    decideThose((one) => clock.now() >= one.until || isFree(one))
    const leftMs = [...waiting].map(({ until }) => until - clock.now())
    if (waiting.size) timer.stop = clock.after(Math.min(lookMs, ...leftMs), look)
  }

  return {
    /** `again` decides anew, once: when it is free to show, or when it is too late to wait on. */
    defer({ name, at }: Found, deferred: Deferred, again: () => unknown) {
      waiting.add({ ...deferred, moment: name, until: (at + deferred.validForMs) as PageTime, again })
      look()
    },
    cancel: (by: Cancel) => decideThose(({ cancelOn }) => cancelOn.includes(by)),
    over: (name: string) => decideThose(({ moment }) => moment === name),
    /** Whoever waits, by the names of the moments. */
    moments: () => [...waiting].map(({ moment }) => moment),
    stop() {
      timer.stop()
      waiting.clear()
    },
  }
}
