import type { Channel } from '../schema/event'
import type { Cancel } from '../schema/ruleset'
import type { ActDecision } from './decide'
import type { Found } from './detect'
import type { Copy, Mounting } from './nudge'
import { fit, fitMs, splits, type Stamps } from './splits'
import type { NudgeEnd, Say } from './terms'
import type { Clock, PageTime, Stop } from './time'

/** What the life of a nudge needs of the others. */
export interface ShowingRooms {
  readonly clock: Clock
  /** `painted` is called once, in the first task after the frame that shows it. @returns takes it down */
  readonly mount: (mounting: Mounting, painted: (at: PageTime) => void) => Stop
  /** Runs in the first task after the next frame: where a paint would be seen. */
  readonly afterFrame: (run: () => void) => Stop
  /** The decision is spent: limits, cooldown and gap count from here. */
  readonly spend: (decision: ActDecision, decisionId: string) => void
  /** The customer followed an action of it. */
  readonly helped: (decisionId: string) => void
  readonly channel: (surface: string) => Channel
  readonly say: Say
}

/** What the events of one decision have in common. */
export interface Chain {
  readonly momentId: string
  readonly decisionId: string
  readonly stamps: Stamps
  readonly moment: Found
}

/** A nudge on its way to the customer, or before his eyes. */
interface Running {
  readonly moment: string
  readonly cancelOn: readonly Cancel[]
  /** Takes it down, unless it was painted. */
  readonly miss: (reason: 'moment-over' | 'cancelled') => void
  readonly settle: (over: PageTime, used?: boolean) => void
  readonly down: Stop
  painted?: PageTime
}

/**
 * From the decision to what became of it: the nudge is mounted in the same task, the frame that shows it is seen, its
 * limits are spent, and whether the customer was still in the moment is settled. One at a time.
 */
export function createShowing(rooms: ShowingRooms) {
  const { clock } = rooms
  const state: { running?: Running | undefined } = {}
  let clockMs: number | undefined

  const leave = (at: PageTime) => {
    state.running?.settle(at)
    state.running?.miss('moment-over')
  }

  return {
    show(decision: ActDecision, copy: Copy, { momentId, decisionId, stamps, moment }: Chain) {
      const { rule, variant, step, nudge, by } = decision
      const channel = rooms.channel(nudge.surface)
      const say = (fields: Record<string, unknown>, at: PageTime) =>
        rooms.say(
          {
            type: 'nudge',
            rule,
            variant,
            step,
            decisionId,
            momentId,
            channel,
            decider: by?.decider,
            ...fields,
          },
          at,
        )
      const own: { settled: boolean; timer: Stop; mounted?: PageTime } = { settled: false, timer: () => {} }

      const settle = (over?: PageTime, used = false) => {
        const { painted } = running
        if (painted === undefined || own.settled) return
        own.settled = true
        own.timer()
        const full = { ...stamps, mounted: own.mounted, painted }
        clockMs ??= clock.resolution()
        const figures = splits(full, clockMs)
        const { detect, decide, mount } = figures
        // What was waited for another decider was none of the main thread's.
        const cost = Math.round((detect + decide - (by?.waitedMs ?? 0) + (mount ?? 0)) * 10) / 10
        say({ phase: 'shown', splits: figures, fit: fit(painted, over, used), cost }, painted)
      }
      const painted = (at: PageTime) => {
        running.painted = at
        rooms.spend(decision, decisionId)
        own.timer = clock.after(fitMs, () => settle())
      }
      const used = (end: NudgeEnd, action?: number) => {
        const at = clock.now()
        // Used before the frame was reported: it was seen none the less.
        if (running.painted === undefined) painted(at)
        settle(at, end !== 'expired')
        if (end === 'clicked') rooms.helped(decisionId)
        down()
        say({ phase: end, action, shownMs: Math.round(at - (running.painted ?? at)) }, at)
      }
      const down = () => {
        own.timer()
        unmount()
        if (state.running === running) state.running = undefined
      }
      const miss = (reason: 'moment-over' | 'cancelled') => {
        if (running.painted !== undefined) return
        down()
        say({ phase: 'missed', fit: 'missed', reason }, clock.now())
      }
      const running: Running = { moment: moment.name, cancelOn: decision.cancelOn, miss, settle, down }
      const marks = { rule, variant, surface: nudge.surface, decision: decisionId }
      const unmount = rooms.mount({ spec: nudge, copy, marks, used }, painted)
      own.mounted = clock.now()
      state.running = running
    },

    /** The held-out visitor's decision goes the same way to the instant of the would-be paint, and spends the same. */
    ghost(decision: ActDecision, { momentId, decisionId, stamps, moment }: Chain) {
      const { rule, variant, step, nudge, by } = decision
      const gone = () => {
        if (state.running === running) state.running = undefined
        stop()
      }
      const stop = rooms.afterFrame(() => {
        gone()
        rooms.spend(decision, decisionId)
        clockMs ??= clock.resolution()
        const channel = rooms.channel(nudge.surface)
        const figures = splits(stamps, clockMs)
        const { decider } = by ?? {}
        rooms.say(
          {
            type: 'nudge',
            phase: 'ghost',
            rule,
            variant,
            step,
            decisionId,
            momentId,
            channel,
            decider,
            splits: figures,
          },
          clock.now(),
        )
      })
      const running: Running = {
        moment: moment.name,
        cancelOn: decision.cancelOn,
        miss: gone,
        settle: () => {},
        down: gone,
      }
      state.running = running
    },

    /** The shopper did something: what is not painted and named it in `cancelOn` is cancelled. */
    cancel(by: Cancel) {
      if (state.running?.cancelOn.includes(by)) state.running.miss('cancelled')
    },
    /** The moment is over: what it brought settles now. */
    over(moment: string, at: PageTime) {
      if (state.running?.moment === moment) leave(at)
    },
    /** The customer can no longer see the page (hidden, left): what is not settled settles now. */
    leave,
    /** The page has thrown out what was shown: it is over for the customer, too. */
    lose() {
      leave(clock.now())
      state.running?.down()
    },
    /** A nudge is on the screen, or on its way there. */
    busy: () => state.running !== undefined,
    stop: () => state.running?.down(),
  }
}

export type Showing = ReturnType<typeof createShowing>
