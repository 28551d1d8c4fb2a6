import type { ActDecision, Decision } from './decide'
import type { Found } from './detect'
import type { TooLate } from './lasting'
import type { Copy, Place } from './nudge'
import type { Showing } from './showing'
import type { Say, Signal } from './terms'
import type { Clock, EpochTime, Millis, PageTime, Stop } from './time'

/** The rooms as the flow sees them. */
export interface Rooms {
  readonly clock: Clock
  readonly uuid: (epochMs: EpochTime) => string
  /** Resolves when the visitor's data is there; undefined when it already is. */
  readonly profile: () => Promise<void> | undefined
  /** A promise, where the shop's own engine is asked too. */
  readonly decide: (found: Found) => Decision | Promise<Decision>
  /** What would be decided if the moment came now; undefined: that cannot be told. It is no decision, and leaves no trace. */
  readonly foresee: (found: Found) => Decision | undefined
  /** The nudge's texts, or the path of a missing value. */
  readonly compose: (decision: ActDecision) => { copy: Copy } | { missing: string }
  /** The page has a place for the nudge: its slot, the element it is anchored to. */
  readonly hasPlace: (decision: ActDecision, moment: Found) => Place
  /** The nudge's way from there on; it is there where there is a ruleset. */
  readonly showing: () => Showing | undefined
  readonly say: Say
  /** Keeps the decision for `explain()`. */
  readonly remember: (decision: Decision, moment: string, at: PageTime) => void
}

/** A confirmed moment on its way to a decision. */
interface Asked {
  readonly moment: Found
  readonly momentId: string
  readonly confirmed: PageTime
  readonly profiled: PageTime
  readonly tooLate: ReturnType<Showing['begin']> | undefined
  readonly sayMoment: Stop
}

/**
 * The flow, top to bottom: a moment is confirmed, the visitor's data is waited for, a decision is made, and its nudge
 * goes its way (`showing`) in the same task, or at the next calm instant. Every door is stamped with a time; events are
 * made after the pixels, never before.
 */
export function createPipeline(rooms: Rooms) {
  const { clock } = rooms
  const state = { stopped: false }

  /** A moment was found, or its phase changed. */
  const found = (moment: Found) => {
    const confirmed = clock.now()
    const momentId = rooms.uuid(clock.toEpoch(moment.at))
    const { name, phase, evidence, at } = moment
    const sayMoment = () => rooms.say({ type: 'moment', momentId, moment: { name, phase, evidence } }, at)
    const showing = rooms.showing()
    if (phase !== 'confirmed') {
      sayMoment()
      return phase === 'ended' ? showing?.over(name, at) : prepare(moment)
    }
    const tooLate = showing?.begin(moment)
    const waiting = rooms.profile()
    const act = () => answer({ moment, momentId, confirmed, profiled: clock.now(), tooLate, sayMoment })
    return waiting ? waiting.then(act) : act()
  }

  /** The moment is likely to come: what it would show is made while there is time. */
  const prepare = (moment: Found) => {
    const decision = rooms.foresee(moment)
    if (decision?.verdict !== 'show') return
    const composed = rooms.compose(decision)
    if ('copy' in composed) rooms.showing()?.prepare(decision, composed.copy, moment)
  }

  /** `deferred`: so long it has waited for a calm instant, ms, and waits no more. */
  const answer = (asked: Asked, deferred?: Millis): unknown => {
    if (state.stopped) return undefined
    const { moment, momentId, confirmed, profiled, tooLate, sayMoment } = asked
    const waited = deferred !== undefined
    const follow = (decision: Decision): unknown => {
      if (state.stopped) return undefined
      const showing = rooms.showing()
      let copy: Copy | undefined
      let hold: LateReason | undefined = tooLate?.(decision, waited)
      if (decision.verdict !== 'hold') {
        const composed = rooms.compose(decision)
        if ('copy' in composed) copy = composed.copy
        else hold ??= 'missing-value'
        // A ghost asks too: or the held-out would be counted on pages where nobody could have seen it.
        const place = rooms.hasPlace(decision, moment)
        if (place !== true) hold ??= place || 'no-place'
      } else if (decision.defer && !hold && !waited) {
        sayMoment()
        return showing?.defer(moment, decision.defer, () => answer(asked, clock.now() - profiled))
      }
      if (hold) decision = held(decision, hold)
      const decided = clock.now()
      const decisionId = rooms.uuid(clock.toEpoch(decided))
      const stamps = {
        onset: moment.onset,
        signal: moment.at,
        heard: moment.heardAt,
        confirmed,
        profiled,
        deferred,
        decided,
      }
      const chain = { momentId, decisionId, stamps, moment }
      if (decision.verdict === 'show' && copy) showing?.show(decision, copy, chain)
      if (decision.verdict === 'ghost') showing?.ghost(decision, chain)

      if (!waited) sayMoment()
      const { verdict, reason, rule, owner, by } = decision
      const { variant, step } = decision.verdict === 'hold' ? ({} as Partial<ActDecision>) : decision
      const deferredMs = waited ? Math.round(deferred) : undefined
      rooms.say(
        {
          type: 'decision',
          momentId,
          decisionId,
          decision: { verdict, rule, variant, step, reason, owner, deferredMs, ...by },
        },
        decided,
      )
      return rooms.remember(decision, moment.name, decided)
    }
    const decision = rooms.decide(moment)
    return decision instanceof Promise ? decision.then(follow) : follow(decision)
  }

  return {
    found,
    /** All signals pass here too: some cancel what is not painted yet. */
    hear: (signal: Signal) => rooms.showing()?.hear(signal),
    stop() {
      state.stopped = true
      rooms.showing()?.stop()
    },
  }
}

type LateReason = TooLate | 'missing-value' | 'no-place' | 'busy' | 'quarantined'

/** The decision stands explained as it was; the pipeline only found that it comes too late or cannot be told. */
const held = (decision: Decision, reason: LateReason): Decision => {
  const { rule, owner } = decision.verdict === 'hold' ? decision.defer! : decision
  return {
    verdict: 'hold',
    reason,
    rule,
    owner,
    by: decision.by,
    get trace() {
      return decision.trace
    },
  }
}
