/** What `decide` is asked and what it answers: types, no code. */
import type { HoldReason } from '../../schema/event'
import type { Cancel, NudgeSpec } from '../../schema/ruleset'
import type { Consent, Evidence, Unrest } from '../terms'

/** Something this visitor was shown; a ghost counts as shown, else the holdout would see more moments. */
export interface Shown {
  /** The shopper wants to hear no more of its rule until then, epoch ms. */
  readonly snoozedUntil?: number
  readonly rule: string
  /** The limit group of that rule, if it has one. */
  readonly group?: string | undefined
  /** Epoch ms. */
  readonly at: number
  readonly session: string
  /** What it cost, where that is told. */
  readonly cost?: number | undefined
  /** The step of its rule's ladder. */
  readonly step?: string | undefined
  /** By what it helped: `clicked`, and the names of outcomes that came after it. */
  readonly helped?: readonly string[] | undefined
  /** It stands for so many of its kind, of which it is the last. Default: 1. */
  readonly times?: number | undefined
}

/** A nudge that stands in the page, or is on its way there. */
export interface Standing {
  readonly rule: string
  readonly slot: string
  readonly priority: number
  /** Nothing stands beside a modal. */
  readonly modal: boolean
  /** Nothing of ours is before the shopper's eyes: a modal may come beside it. */
  readonly bare?: boolean
}

export interface Busy {
  /** Why this is no calm instant; empty: it is one. */
  readonly unrest?: readonly Unrest[]
  readonly standing?: readonly Standing[]
}

export interface DecideInput {
  readonly moment: { readonly name: string; readonly evidence: Evidence }
  /**
   * The nested object that conditions read; `moment` is added to it from the evidence. `flags` may be a function from
   * a flag's key to its value: it is asked for those alone that a rule of the moment names.
   */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly visitor?:
    | {
        /** The device's id, which all buckets are taken by. Without it nobody is held out. */
        readonly id?: string | undefined
        readonly shown?: readonly Shown[] | undefined
        /** Absent: the session of the newest thing shown, while that is less than 30 minutes ago. */
        readonly session?: string | undefined
        /** Absent: granted. */
        readonly consent?: Consent | undefined
        /**
         * Keys of the limits' scopes that may be spent from, where other tabs spend from them too: what they are is
         * between the SDK and itself. Absent: nobody else does.
         */
        readonly permits?: ReadonlySet<string> | undefined
      }
    | undefined
  /** Epoch ms. */
  readonly now: number
  /** When the server last said that this is the ruleset, epoch ms. Absent: it is of no age. */
  readonly confirmedAt?: number | undefined
  /** What is in the way of a nudge; `true`: everything, so that each rule that would show holds with `busy`. */
  readonly busy?: boolean | Busy | undefined
}

/** One line of the explanation: what was looked at, what it was, what was wanted. */
export interface TraceEntry {
  readonly rule: string
  /** The step of its ladder that the line belongs to. */
  readonly step?: string
  /** `cart.total $gte`, `limits.perSession`, `ruleset.holdout`, … */
  readonly clause: string
  readonly observed: unknown
  readonly wanted: unknown
  /** `false` too where the attribute is missing, so that the clause could not be decided. */
  readonly passed: boolean
  /** How far `observed` is from `wanted`, where both are numbers. */
  readonly distance?: number
}

/** Who decided, where a remote decider is configured. */
export interface DecidedBy {
  readonly decider: 'local' | 'remote'
  /** What came of asking the remote one; absent: it was not asked. */
  readonly remote?: 'won' | 'late' | 'failed' | 'paused'
  /** How long it was waited for, ms. */
  readonly waitedMs?: number
}

interface Explained {
  readonly by?: DecidedBy | undefined
  /** Computed when read, from a snapshot taken when it was decided. */
  readonly trace: readonly TraceEntry[]
}

/** Show it, or (a held-out visitor) do everything but show it. */
export interface ActDecision extends Explained {
  readonly verdict: 'show' | 'ghost'
  readonly reason: 'shown' | 'holdout'
  readonly rule: string
  readonly variant: string
  readonly owner: string | undefined
  readonly nudge: NudgeSpec
  readonly validForMs: number
  readonly cancelOn: readonly Cancel[]
  /** The limit group, the cost and the step of a ladder, to write into `Shown`. */
  readonly group: string | undefined
  readonly cost: number | undefined
  readonly step: string | undefined
  /** Where no other nudge may stand beside it, and the priority with which it stands there. */
  readonly slot: string
  readonly priority: number
}

/** The rule of highest priority that only waits for its slot, or for a calm instant. */
export interface Deferred extends Pick<
  ActDecision,
  'rule' | 'owner' | 'slot' | 'priority' | 'validForMs' | 'cancelOn'
> {
  /** No other nudge may stand beside it, in whatever slot. */
  readonly alone: boolean
  /** What he is busy with that does not hold it back: a dialog that it may stand in, typing that it is about. */
  readonly despite: readonly Unrest[]
}

export interface HoldDecision extends Explained {
  readonly verdict: 'hold'
  readonly reason: HoldReason
  /** The rule of highest priority that held; none when no rule names the moment. */
  readonly rule?: string
  readonly owner?: string | undefined
  /** Nothing can be shown now, but something as soon as its slot is free and the instant is calm: decide anew then. */
  readonly defer?: Deferred
}

export type Decision = ActDecision | HoldDecision
