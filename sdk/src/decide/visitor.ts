import { update } from 'idb-keyval'
import type { Platform } from '../platform/platform'
import type { EpochTime } from '../time'
import type { Shown } from './decision'

/** A session ends after this much idleness; it spans tabs. */
const idleMs = 30 * 60_000
/** Limits look back over this many nudges; who was shown more in a day has other problems. */
const shownMax = 200
const dayMs = 24 * 3_600_000
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

interface Visitor {
  readonly id: string
  readonly visits: number
  /** When the visit before this one ended; 0 on the first. */
  readonly lastVisitAt: number
  readonly session: Session
  readonly shown: readonly ShownNudge[]
}

export interface VisitorOptions {
  readonly platform: Platform
  readonly uuid: (epochMs: number) => string
}

/**
 * Who the shopper is to a decision: the device's id, the session, and what was shown. Lives in memory; with
 * consent it is also kept in IndexedDB, and then what was kept before takes the memory's place.
 */
export function createVisitor({ platform, uuid }: VisitorOptions) {
  const { clock, store } = platform
  const now = () => clock.toEpoch(clock.now())
  const fresh = (at: EpochTime): Visitor => ({
    id: uuid(at),
    visits: 1,
    lastVisitAt: 0,
    session: { id: uuid(at), lastAt: at, moments: {} },
    shown: [],
  })
  const state = {
    visitor: fresh(now()),
    kept: false,
    loading: undefined as Promise<void> | undefined,
    told: false,
  }

  /** The session goes on, or (after 30 idle minutes) a new visit begins. */
  const touched = (visitor: Visitor, at: EpochTime): Visitor => {
    const { session } = visitor
    if (at - session.lastAt < idleMs) return { ...visitor, session: { ...session, lastAt: at } }
    return {
      ...visitor,
      visits: visitor.visits + 1,
      lastVisitAt: session.lastAt,
      session: { id: uuid(at), lastAt: at, moments: {} },
    }
  }

  /** Blocked or full storage: the visitor lives in memory, for this page. Said once. */
  const blocked = (error: unknown) => {
    if (!state.told)
      platform.say('warn', `IndexedDB fails (${String(error)}); what should be kept lives in memory`)
    state.told = true
  }

  const change = (next: (visitor: Visitor) => Visitor) => {
    state.visitor = next(state.visitor)
    if (!state.kept) return
    // Another tab may have written since: the change is made to what stands there now.
    void update<Visitor>(key, (kept) => next(kept ?? state.visitor), store.use).catch(blocked)
  }

  return {
    /** The data as it is now; touching it keeps the session alive. */
    current() {
      const at = now()
      state.visitor = touched(state.visitor, at)
      const { id, visits, lastVisitAt, session, shown } = state.visitor
      const daysSinceLastVisit = lastVisitAt ? Math.floor((at - lastVisitAt) / dayMs) : 0
      return { id, visits, daysSinceLastVisit, session, shown }
    },
    /** The id may be sent along: it is kept, so consent was given. */
    known: () => state.kept,
    blocked,
    /** Being read from the database right now, or undefined. */
    loading: () => state.loading,

    /** Consent came: takes the kept visitor's place, or keeps the one in memory. Again later: reads anew. */
    open(): Promise<void> {
      const taken = { visitor: state.visitor }
      const memory = state.kept ? undefined : state.visitor.shown
      state.kept = true
      const reading = update<Visitor>(
        key,
        (kept) => {
          const base = kept ? { ...kept, shown: [...kept.shown, ...(memory ?? [])] } : state.visitor
          return (taken.visitor = touched(base, now()))
        },
        store.use,
      )
        .then(() => {
          if (state.kept) state.visitor = taken.visitor
        })
        .catch(blocked)
        .then(() => {
          state.loading = undefined
        })
      state.loading = reading
      return reading
    },
    /** Consent went: a new id, nothing of the old one, and the database is gone. */
    close(): Promise<void> | undefined {
      const had = state.kept
      state.kept = false
      state.visitor = { ...fresh(now()), session: state.visitor.session }
      return had ? store.purge().catch(() => undefined) : undefined
    },
    spend: (shown: ShownNudge) =>
      change((visitor) => ({ ...visitor, shown: [...visitor.shown, shown].slice(-shownMax) })),
    count: (moment: string) =>
      change((visitor) => {
        const { session } = touched(visitor, now())
        const moments = { ...session.moments, [moment]: (session.moments[moment] ?? 0) + 1 }
        return { ...visitor, session: { ...session, moments } }
      }),
  }
}

export type VisitorMemory = ReturnType<typeof createVisitor>
