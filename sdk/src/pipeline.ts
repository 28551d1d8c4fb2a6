import type { Channel } from '../schema/event'
import type { Cancel } from '../schema/ruleset'
import type { ActDecision, Decision } from './decide'
import type { Found } from './detect'
import type { Copy } from './nudge'
import { fit, fitMs, splits, type Stamps } from './splits'
import type { NudgeEnd, Signal } from './terms'
import type { Clock, EpochTime, PageTime, Stop } from './time'

/** What one event says beyond the fields that all events have. */
export type Say = (fields: Record<string, unknown> & { type: string }, at: PageTime) => void

/** The rooms as the flow sees them. */
export interface Rooms {
  readonly clock: Clock
  readonly uuid: (epochMs: EpochTime) => string
  /** Resolves when the visitor's data is there; undefined when it already is. */
  readonly profile: () => Promise<void> | undefined
  readonly decide: (found: Found) => Decision
  /** The nudge's texts, or the path of a missing value. */
  readonly compose: (decision: ActDecision) => { copy: Copy } | { missing: string }
  readonly mount: (nudge: {
    decision: ActDecision
    copy: Copy
    decisionId: string
    painted: (at: PageTime) => void
    used: (end: NudgeEnd, action?: number) => void
  }) => Stop
  /** Runs in the first task after the next frame: where a paint would be seen. */
  readonly afterFrame: (run: () => void) => Stop
  /** The decision is spent: limits, cooldown and gap count from here. */
  readonly spend: (decision: ActDecision, decisionId: string) => void
  readonly channel: (surface: string) => Channel
  readonly say: Say
  /** Keeps the decision for `explain()`. */
  readonly remember: (decision: Decision, moment: string, at: PageTime) => void
}

/** What the events of one decision have in common. */
interface Chain {
  readonly momentId: string
  readonly decisionId: string
  readonly stamps: Stamps
  readonly moment: Found
}

/** A nudge on its way to the customer, or before his eyes. */
interface Running {
  readonly moment: string
  readonly cancelOn: readonly Cancel[]
  /** Takes it down; true when it was never painted. */
  readonly miss: (reason: 'moment-over' | 'cancelled') => void
  readonly settle: (over: PageTime, used?: boolean) => void
  readonly down: Stop
  painted?: PageTime
}

/** Signals that may cancel a decision before it is painted, by the names of `cancelOn`. */
const cancels = (signal: Signal): Cancel | undefined => {
  const { kind } = signal
  if (kind === 'navigate') return kind
  if (kind === 'scroll') return signal.byShopper ? kind : undefined
  if (kind === 'field') return signal.action === 'input' ? 'typing' : undefined
  if (kind === 'form') return signal.action === 'submit' ? 'submit' : undefined
  return kind === 'cart' && signal.added ? 'add-to-cart' : undefined
}

/**
 * The whole flow, top to bottom: a moment is confirmed, the visitor's data is waited for, a decision is made, a nudge
 * is mounted in the same task, the frame that shows it is seen, and whether the customer was still in the moment
 * is settled. Every door is stamped with a time; events are made after the pixels, never before.
 */
export function createPipeline(rooms: Rooms) {
  const { clock } = rooms
  const state: { running?: Running | undefined; stopped?: boolean } = {}
  /** Moments that are confirmed and not over, with what the shopper did since. */
  const live = new Map<string, Set<Cancel>>()
  let clockMs: number | undefined

  /** A moment was found, or its phase changed. */
  const found = (moment: Found) => {
    const confirmed = clock.now()
    const momentId = rooms.uuid(clock.toEpoch(moment.at))
    const { name, phase, evidence, at } = moment
    const sayMoment = () => rooms.say({ type: 'moment', momentId, moment: { name, phase, evidence } }, at)
    if (phase !== 'confirmed') {
      if (phase === 'ended') over(name, at)
      return sayMoment()
    }
    const since = new Set<Cancel>()
    live.set(name, since)
    const waiting = rooms.profile()
    const act = () => answer(moment, momentId, confirmed, since, sayMoment)
    return waiting ? waiting.then(act) : act()
  }

  const answer = (
    moment: Found,
    momentId: string,
    confirmed: PageTime,
    since: Set<Cancel>,
    sayMoment: Stop,
  ) => {
    if (state.stopped) return
    const profiled = clock.now()
    let decision = rooms.decide(moment)
    let copy: Copy | undefined
    if (decision.verdict !== 'hold') {
      const { validForMs, cancelOn } = decision
      const composed = rooms.compose(decision)
      const hold =
        profiled - moment.at > validForMs || live.get(moment.name) !== since
          ? 'moment-over'
          : cancelOn.some((cancel) => since.has(cancel))
            ? 'cancelled'
            : 'missing' in composed
              ? 'missing-value'
              : undefined
      if ('copy' in composed) copy = composed.copy
      if (hold) decision = held(decision, hold)
    }
    const decided = clock.now()
    const decisionId = rooms.uuid(clock.toEpoch(decided))
    const stamps: Stamps = {
      onset: moment.onset,
      signal: moment.at,
      heard: moment.heardAt,
      confirmed,
      profiled,
      decided,
    }
    const chain = { momentId, decisionId, stamps, moment }
    if (decision.verdict === 'show' && copy) show(decision, copy, chain)
    if (decision.verdict === 'ghost') ghost(decision, chain)

    sayMoment()
    const { verdict, reason, rule, owner } = decision
    const variant = decision.verdict === 'hold' ? undefined : decision.variant
    rooms.say(
      { type: 'decision', momentId, decisionId, decision: { verdict, rule, variant, reason, owner } },
      decided,
    )
    rooms.remember(decision, moment.name, decided)
  }

  const show = (decision: ActDecision, copy: Copy, { momentId, decisionId, stamps, moment }: Chain) => {
    const channel = rooms.channel(decision.nudge.surface)
    const { rule, variant } = decision
    const say = (fields: Record<string, unknown>, at: PageTime) =>
      rooms.say({ type: 'nudge', rule, variant, decisionId, momentId, channel, ...fields }, at)
    const own: { settled: boolean; timer: Stop; mounted?: PageTime } = { settled: false, timer: () => {} }

    const settle = (over?: PageTime, used = false) => {
      const { painted } = running
      if (painted === undefined || own.settled) return
      own.settled = true
      own.timer()
      const full = { ...stamps, mounted: own.mounted, painted }
      clockMs ??= clock.resolution()
      const figures = splits(full, clockMs)
      const cost = Math.round((figures.detect + figures.decide + (figures.mount ?? 0)) * 10) / 10
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
    const unmount = rooms.mount({ decision, copy, decisionId, painted, used })
    own.mounted = clock.now()
    state.running = running
  }

  /** The held-out visitor's decision goes the same way to the instant of the would-be paint, and spends the same. */
  const ghost = (decision: ActDecision, { momentId, decisionId, stamps, moment }: Chain) => {
    const { rule, variant, nudge } = decision
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
      rooms.say(
        { type: 'nudge', phase: 'ghost', rule, variant, decisionId, momentId, channel, splits: figures },
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
  }

  const over = (name: string, at: PageTime) => {
    live.delete(name)
    if (state.running?.moment === name) leave(at)
  }
  const leave = (at: PageTime) => {
    state.running?.settle(at)
    state.running?.miss('moment-over')
  }

  return {
    found,
    /** All signals pass here too: some cancel what is not painted yet. */
    hear(signal: Signal) {
      const cancel = cancels(signal)
      if (!cancel) return
      for (const since of live.values()) since.add(cancel)
      if (state.running?.cancelOn.includes(cancel)) state.running.miss('cancelled')
    },
    /** The customer can no longer see the page (hidden, left): what is not settled settles now. */
    leave,
    /** A nudge is on the screen, or on its way there. */
    busy: () => state.running !== undefined,
    stop() {
      state.stopped = true
      state.running?.down()
      live.clear()
    },
  }
}

export type Pipeline = ReturnType<typeof createPipeline>

/** The decision stands explained as it was; the pipeline only found that it comes too late or cannot be told. */
const held = (decision: ActDecision, reason: 'moment-over' | 'cancelled' | 'missing-value'): Decision => ({
  verdict: 'hold',
  reason,
  rule: decision.rule,
  owner: decision.owner,
  get trace() {
    return decision.trace
  },
})
