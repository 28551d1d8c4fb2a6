import { promisifyRequest } from 'idb-keyval'
import type { Platform } from '../platform/platform'
import type { EpochTime, Millis } from '../time'
import type { Shown } from './decision'
import type { helped } from './helped'
import type { Permits } from './permits'

/** A session ends after this much idleness; it spans tabs. */
const idleMs = 30 * 60_000
/** That it goes on is kept so often at most; what other tabs have kept is known as often. */
const touchMs = 4_000
/** Nudges in memory; what is kept is fewer, and condensed. */
const shownMax = 1000
const dayMs = 24 * 3_600_000
/** So long a decision waits for the database; what it brings later takes the memory's place then. */
const waitMs = 2_000 as Millis
const key = 'visitor'

export interface ShownNudge extends Shown {
  readonly decision: string
}

interface Session {
  readonly id: string
  readonly lastAt: number
  /** How often each moment was confirmed in it. */
  readonly moments: Readonly<Record<string, number>>
}

export interface Visitor {
  readonly id: string
  readonly visits: number
  /** When the visit before this one ended; 0 on the first. */
  readonly lastVisitAt: number
  readonly session: Session
  readonly shown: readonly ShownNudge[]
}

export type Change = (visitor: Visitor) => Visitor

export interface VisitorOptions {
  readonly platform: Platform
  readonly uuid: (epochMs: number) => string
  /** What is loaded beside the ruleset: what other tabs may show is settled in the same transactions. */
  readonly acting: { readonly permits?: Pick<Permits, 'take'>; readonly helped?: typeof helped }
}

/**
 * Who the shopper is to a decision: the device's id, the session, and what was shown. Lives in memory; with
 * consent it is also kept in IndexedDB, and then what was kept before takes the memory's place.
 */
export function createVisitor({ platform, uuid, acting }: VisitorOptions) {
  const { clock, store } = platform
  const now = () => clock.toEpoch(clock.now())
  const fresh = (at: EpochTime): Visitor => ({
    id: uuid(at),
    visits: 1,
    lastVisitAt: 0,
    session: { id: uuid(at), lastAt: at, moments: {} },
    shown: [],
  })
  const state = { visitor: fresh(now()), kept: false, loading: undefined as Promise<void> | undefined }
  /** Changes that are made in memory and not yet in the database, by the transaction that makes them there. */
  const pending = new Set<Change[]>()
  /** Those of a transaction that waits for its turn: what comes meanwhile is made in the same. */
  let joint: Change[] | undefined
  /** The database did not take what memory has. */
  let isAhead = false

  /** The session goes on, or (after 30 idle minutes) a new visit begins. */
  const touch = (at = now(), id = uuid(at)): Change => {
    return (visitor) => {
      const { session, visits } = visitor
      return Math.abs(at - session.lastAt) < idleMs
        ? { ...visitor, session: { ...session, lastAt: at } }
        : {
            ...visitor,
            visits: visits + 1,
            lastVisitAt: session.lastAt,
            session: { id, lastAt: at, moments: {} },
          }
    }
  }

  /** What was shown as memory knows it is added to what the database knows: in this session. */
  const join = ({ shown: known }: Visitor): Change => {
    const touched = touch()
    return (kept) => {
      const visitor = touched(kept)
      const { shown, session } = visitor
      const has = new Set(shown.map(({ decision }) => decision))
      const more = known.filter(({ decision }) => !has.has(decision))
      return { ...visitor, shown: [...shown, ...more.map((it) => ({ ...it, session: session.id }))] }
    }
  }
  const made = (changes: readonly Change[], before: Visitor) =>
    changes.reduce((visitor, change) => change(visitor), before)
  /** Makes the changes to what stands in the database now: another tab may have written since. */
  const keep = async (changes: Change[], before: Visitor) => {
    pending.add(changes)
    const take = acting.permits?.take()
    try {
      const taken = await store.use('readwrite', async (records) => {
        const kept = (await promisifyRequest<Visitor | undefined>(records.get(key))) ?? before
        joint = undefined
        const taken = made(isAhead ? [join(before), ...changes] : changes, kept)
        await take?.(records, taken)
        records.put(taken, key)
        return taken
      })
      if (pending.delete(changes)) state.visitor = made([...pending].flat(), taken)
      isAhead = false
    } catch {
      // Blocked storage: the visitor lives in memory, for this page. The store has said so.
      isAhead = true
      joint = undefined
      pending.delete(changes)
    }
  }
  const change = (next: Change) => {
    const before = state.visitor
    state.visitor = next(before)
    if (!state.kept) return
    if (joint) joint.push(next)
    else void keep((joint = [next]), before)
  }

  return {
    /** The data as it is now; touching it keeps the session alive. */
    current() {
      const at = now()
      // Not as the page goes: with a transaction open it would not get into the back/forward cache.
      if (Math.abs(at - state.visitor.session.lastAt) > touchMs && document.visibilityState === 'visible')
        change(touch(at))
      const { id, visits, lastVisitAt, session, shown } = state.visitor
      const daysSinceLastVisit = lastVisitAt ? Math.floor((at - lastVisitAt) / dayMs) : 0
      return { id, visits, daysSinceLastVisit, session, shown }
    },
    /** The id may be sent along: it is kept, so consent was given. */
    known: () => state.kept,
    /** Being read from the database right now, or undefined. */
    loading: () => state.loading,

    /** Consent came: takes the kept visitor's place, or keeps the one in memory. Again later: reads anew. */
    open(): Promise<void> {
      const before = state.visitor
      state.kept = true
      const read = keep([join(before)], before)
      const reading = new Promise<void>((resolve) => {
        const stop = clock.after(waitMs, resolve)
        void read.then(() => {
          stop()
          resolve()
        })
      }).then(() => {
        if (state.loading === reading) state.loading = undefined
      })
      return (state.loading = reading)
    },
    /** Consent went, or was never there: a new id, nothing of the old one, and the database is gone. */
    close(): Promise<void> {
      state.kept = false
      joint = undefined
      pending.clear()
      state.visitor = { ...fresh(now()), session: state.visitor.session }
      return store.purge().catch(() => undefined)
    },
    spend: (shown: ShownNudge) =>
      change((visitor) => ({ ...visitor, shown: [...visitor.shown, shown].slice(-shownMax) })),
    /** Something shown has helped: that decision, or (an outcome came) all of this session. */
    help: (by: string, decision?: string) => acting.helped && change(acting.helped(by, decision)),
    snooze(decision: string, forMs: number) {
      const until = now() + forMs
      change((visitor) => ({
        ...visitor,
        shown: visitor.shown.map((it) => (it.decision === decision ? { ...it, snoozedUntil: until } : it)),
      }))
    },
    count(moment: string) {
      const touched = touch()
      change((visitor) => {
        const { session, ...rest } = touched(visitor)
        const before = Object.hasOwn(session.moments, moment) ? session.moments[moment]! : 0
        const moments = { ...session.moments, [moment]: before + 1 }
        return { ...rest, session: { ...session, moments } }
      })
    },
  }
}

export type VisitorMemory = ReturnType<typeof createVisitor>
