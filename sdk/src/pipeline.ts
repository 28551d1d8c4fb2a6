import type { Cancel } from '../schema/ruleset'
import type { ActDecision, Decision } from './decide'
import type { Found } from './detect'
import type { Copy } from './nudge'
import type { Showing } from './showing'
import type { Say, Signal } from './terms'
import type { Clock, EpochTime, PageTime, Stop } from './time'

/** The rooms as the flow sees them. */
export interface Rooms {
  readonly clock: Clock
  readonly uuid: (epochMs: EpochTime) => string
  /** Resolves when the visitor's data is there; undefined when it already is. */
  readonly profile: () => Promise<void> | undefined
  /** A promise, where the shop's own engine is asked too. */
  readonly decide: (found: Found) => Decision | Promise<Decision>
  /** The nudge's texts, or the path of a missing value. */
  readonly compose: (decision: ActDecision) => { copy: Copy } | { missing: string }
  /** The nudge's way from there on; it is there where there is a ruleset. */
  readonly showing: () => Showing | undefined
  readonly say: Say
  /** Keeps the decision for `explain()`. */
  readonly remember: (decision: Decision, moment: string, at: PageTime) => void
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
 * The flow, top to bottom: a moment is confirmed, the visitor's data is waited for, a decision is made, and its nudge
 * goes its way (`showing`) in the same task. Every door is stamped with a time; events are made after the pixels,
 * never before.
 */
export function createPipeline(rooms: Rooms) {
  const { clock } = rooms
  const state = { stopped: false }
  /** Moments that are confirmed and not over, with what the shopper did since. */
  const live = new Map<string, Set<Cancel>>()

  /** A moment was found, or its phase changed. */
  const found = (moment: Found) => {
    const confirmed = clock.now()
    const momentId = rooms.uuid(clock.toEpoch(moment.at))
    const { name, phase, evidence, at } = moment
    const sayMoment = () => rooms.say({ type: 'moment', momentId, moment: { name, phase, evidence } }, at)
    if (phase !== 'confirmed') {
      if (phase === 'ended') {
        live.delete(name)
        rooms.showing()?.over(name, at)
      }
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
    if (state.stopped) return undefined
    const profiled = clock.now()
    const follow = (decision: Decision) => {
      if (state.stopped) return
      let copy: Copy | undefined
      if (decision.verdict !== 'hold') {
        const { validForMs, cancelOn } = decision
        const composed = rooms.compose(decision)
        const hold =
          clock.now() - moment.at > validForMs || live.get(moment.name) !== since
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
      const stamps = {
        onset: moment.onset,
        signal: moment.at,
        heard: moment.heardAt,
        confirmed,
        profiled,
        decided,
      }
      const chain = { momentId, decisionId, stamps, moment }
      const showing = rooms.showing()
      if (decision.verdict === 'show' && copy) showing?.show(decision, copy, chain)
      if (decision.verdict === 'ghost') showing?.ghost(decision, chain)

      sayMoment()
      const { verdict, reason, rule, owner, by } = decision
      const { variant, step } = decision.verdict === 'hold' ? ({} as Partial<ActDecision>) : decision
      rooms.say(
        {
          type: 'decision',
          momentId,
          decisionId,
          decision: { verdict, rule, variant, step, reason, owner, ...by },
        },
        decided,
      )
      rooms.remember(decision, moment.name, decided)
    }
    const decision = rooms.decide(moment)
    return decision instanceof Promise ? decision.then(follow) : follow(decision)
  }

  return {
    found,
    /** All signals pass here too: some cancel what is not painted yet. */
    hear(signal: Signal) {
      const cancel = cancels(signal)
      if (!cancel) return
      for (const since of live.values()) since.add(cancel)
      rooms.showing()?.cancel(cancel)
    },
    stop() {
      state.stopped = true
      live.clear()
      rooms.showing()?.stop()
    },
  }
}

/** The decision stands explained as it was; the pipeline only found that it comes too late or cannot be told. */
const held = (decision: ActDecision, reason: 'moment-over' | 'cancelled' | 'missing-value'): Decision => ({
  verdict: 'hold',
  reason,
  rule: decision.rule,
  owner: decision.owner,
  by: decision.by,
  get trace() {
    return decision.trace
  },
})
