import type { Channel } from '../schema/event'
import type { ActDecision, Busy } from './decide'
import type { collide } from './decide/instant'
import { createDeferrals } from './deferrals'
import type { Found } from './detect'
import { createLasting, type LastingRooms, type TooLate } from './lasting'
import type { Copy, Mounting } from './nudge'
import { costOf, fit, fitMs, splits, type Stamps } from './splits'
import type { NudgeEnd, Say, Signal, Unrest } from './terms'
import type { Millis, PageTime, Stop } from './time'

/** What the life of a nudge needs of the others. */
export interface ShowingRooms extends LastingRooms {
  /** `painted` is called once, in the first task after the frame that shows it. @returns takes it down; undefined: it failed */
  readonly mount: (mounting: Mounting, painted: (at: PageTime) => void) => Stop | undefined
  /** Makes a nudge in advance: mounting it is but revealing it then; `drop`: it is not needed. */
  readonly prepare: (mounting: Mounting) => void
  readonly drop: Stop
  /** Runs in the first task after the next frame: where a paint would be seen. */
  readonly afterFrame: (run: () => void) => Stop
  /** What the shopper is busy with; empty: a calm instant. */
  readonly unrest: () => readonly Unrest[]
  readonly collide: typeof collide
  /** The decision is spent: limits, cooldown and gap count from here. */
  readonly spend: (decision: ActDecision, decisionId: string) => void
  /** The customer followed an action of it, or wants to hear no more of it for so long. */
  readonly helped: (decisionId: string) => void
  readonly snoozed: (decisionId: string, forMs: number) => void
  readonly channel: (surface: string) => Channel
  readonly say: Say
}

/** Why what was decided never came before the customer's eyes. */
type Missed = TooLate | 'no-place' | 'quarantined'

/** What the events of one decision have in common. */
export interface Chain {
  readonly momentId: string
  readonly decisionId: string
  readonly stamps: Stamps
  readonly moment: Found
}

/** A nudge on its way to the customer, or before his eyes. */
interface Running {
  readonly decision: ActDecision
  readonly moment: string
  /** Takes it down, unless it was painted. */
  readonly miss: (reason: Missed) => void
  readonly settle: (over: PageTime, used?: boolean) => void
  /** Its rule is no more. */
  readonly retire: Stop
  readonly down: Stop
  painted?: PageTime
}

/**
 * From the moment to what became of it: a decision waits for a calm instant where its rule says so, the nudge is mounted
 * in the same task, the frame that shows it is seen, its limits are spent, and whether the customer was still in the
 * moment is settled. One nudge at a time in each slot.
 */
export function createShowing(rooms: ShowingRooms) {
  const { clock } = rooms
  const lasting = createLasting(rooms)
  const running = new Map<string, Running>()
  const standing = () =>
    [...running.values()].map(({ decision: { rule, slot, priority, nudge } }) => ({
      rule,
      slot,
      priority,
      modal: nudge.surface === 'modal',
      bare: nudge.surface === 'reorder',
    }))
  const deferrals = createDeferrals(
    clock,
    (deferred) =>
      rooms.unrest().every((it) => deferred.despite.includes(it)) &&
      !standing().some((it) => rooms.collide(deferred, it)),
  )
  const resolution: { ms: Millis | undefined } = { ms: undefined }
  const clockMs = () => (resolution.ms ??= clock.resolution())

  const teller = ({ rule, variant, step, nudge, by }: ActDecision, { momentId, decisionId }: Chain) => {
    const channel = rooms.channel(nudge.surface)
    const said = { type: 'nudge', rule, variant, step, decisionId, momentId, channel, decider: by?.decider }
    return (fields: Record<string, unknown>, at: PageTime) => rooms.say({ ...said, ...fields }, at)
  }
  /** What is not painted is missed, what is painted settles. */
  const conclude = (at: PageTime, moment?: string) => {
    for (const it of running.values())
      if (moment === undefined || it.moment === moment) {
        it.settle(at)
        it.miss('moment-over')
      }
  }
  const ahead: { moment: string | undefined } = { moment: undefined }
  const end = (moment: string) => {
    if (ahead.moment === moment) rooms.drop()
    lasting.end(moment)
    deferrals.over(moment)
  }

  return {
    begin: lasting.begin,
    /** A moment is on its way, and this is what it would show: it is made, and nobody hears of it. */
    prepare({ rule, variant, nudge }: ActDecision, copy: Copy, { name, target }: Found) {
      ahead.moment = name
      const marks = { rule, variant, surface: nudge.surface, decision: '' }
      rooms.prepare({ spec: nudge, copy, marks, target, used() {} })
    },
    /** Waits for its slot and a calm instant, as long as the moment is worth it; then `again` decides anew, for good. */
    defer: deferrals.defer,

    show(decision: ActDecision, copy: Copy, chain: Chain) {
      const { decisionId, stamps, moment } = chain
      const { rule, variant, nudge, slot, validForMs, by } = decision
      const say = teller(decision, chain)
      const own: { settled: boolean; timer: Stop; mounted: PageTime | undefined } = {
        settled: false,
        timer: () => {},
        mounted: undefined,
      }

      const settle = (over?: PageTime, used = false) => {
        const { painted } = it
        if (painted === undefined || own.settled) return
        own.settled = true
        own.timer()
        const figures = splits({ ...stamps, mounted: own.mounted, painted }, clockMs())
        const cost = costOf(figures, by?.waitedMs)
        say({ phase: 'shown', splits: figures, fit: fit(painted, over, used), cost }, painted)
      }
      const painted = (at: PageTime) => {
        it.painted = at
        own.timer()
        rooms.spend(decision, decisionId)
        own.timer = clock.after(fitMs, () => settle())
      }
      const used = (end: NudgeEnd, action?: number, product?: string) => {
        const at = clock.now()
        // Its place is gone before anybody saw it there.
        if (end === 'expired' && it.painted === undefined) return miss('no-place')
        // Used before the frame was reported: it was seen none the less.
        if (it.painted === undefined) painted(at)
        settle(at, end !== 'expired')
        if (end === 'clicked') rooms.helped(decisionId)
        const { do: act, forMs = 0 } = nudge.actions?.[action ?? -1] ?? {}
        if (act === 'snooze') rooms.snoozed(decisionId, forMs)
        down()
        say({ phase: end, action, product, shownMs: Math.round(at - (it.painted ?? at)) }, at)
      }
      const down = () => {
        own.timer()
        unmount?.()
        if (running.get(slot) === it) running.delete(slot)
      }
      const miss = (reason: Missed) => {
        if (it.painted !== undefined) return
        down()
        say({ phase: 'missed', fit: 'missed', reason }, clock.now())
      }
      const retire = () => (it.painted === undefined ? miss('cancelled') : used('expired'))
      const it: Running = { decision, moment: moment.name, miss, settle, retire, down }
      const marks = { rule, variant, surface: nudge.surface, decision: decisionId }
      const unmount = rooms.mount({ spec: nudge, copy, marks, target: moment.target, used }, painted)
      own.mounted = clock.now()
      // Told after the decision itself.
      own.timer = unmount
        ? lasting.expires(moment, validForMs, () => miss('moment-over'))
        : clock.after(0, () => miss('quarantined'))
      running.set(slot, it)
    },

    /** The held-out visitor's decision goes the same way to the instant of the would-be paint, and spends the same. */
    ghost(decision: ActDecision, chain: Chain) {
      const { decisionId, stamps, moment } = chain
      const { slot, validForMs } = decision
      const gone = () => {
        if (running.get(slot) === it) running.delete(slot)
        stops.forEach((stop) => stop())
      }
      const painted = () => {
        gone()
        rooms.spend(decision, decisionId)
        teller(decision, chain)({ phase: 'ghost', splits: splits(stamps, clockMs()) }, clock.now())
      }
      const stops = [lasting.expires(moment, validForMs, gone), rooms.afterFrame(painted)]
      const ends = { miss: gone, retire: gone, down: gone }
      const it: Running = { decision, moment: moment.name, settle() {}, ...ends }
      running.set(slot, it)
    },

    /** All signals pass here: some cancel what is not painted yet, where a rule named them in `cancelOn`. */
    hear(signal: Signal) {
      const by = lasting.hear(signal)
      if (!by) return
      deferrals.cancel(by)
      for (const { decision, miss } of running.values()) if (decision.cancelOn.includes(by)) miss('cancelled')
    },
    /** The moment is over: what it brought settles now. */
    over(moment: string, at: PageTime) {
      end(moment)
      conclude(at, moment)
    },
    /** Another ruleset has come, and it lacks these rules. */
    retire(isLost: (rule: string) => boolean) {
      for (const { decision, retire } of running.values()) if (isLost(decision.rule)) retire()
    },
    /** The customer can no longer see the page (hidden, left): what is not settled settles now. */
    leave(at: PageTime) {
      deferrals.moments().forEach(end)
      rooms.drop()
      conclude(at)
    },
    /** The page has thrown out what was shown: it is over for the customer, too. */
    lose() {
      conclude(clock.now())
      for (const { down } of running.values()) down()
    },
    /** What would be in the way of a nudge now. */
    busy: (): Required<Busy> => ({ unrest: rooms.unrest(), standing: standing() }),
    stop() {
      lasting.stop()
      deferrals.stop()
      for (const { down } of running.values()) down()
    },
  }
}

export type Showing = ReturnType<typeof createShowing>
