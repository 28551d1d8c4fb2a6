import { promisifyRequest } from 'idb-keyval'
import type { Platform } from '../platform/platform'
import type { EpochTime, Stop } from '../time'
import type { CompiledRuleset } from './compile'
import { condense } from './condense'
import { hasRoom, scopesOf, type Scopes } from './scopes'
import type { Visitor, VisitorMemory } from './visitor'

/** So long a lease keeps its permits from the other tabs: those of a tab that died come free then. */
const leaseMs = 10_000
/** So long this tab spends from it. The rest is for what was decided in time and is not painted yet. */
const spendMs = 7_000
/** Where another tab had what this one wanted: that may have ended meanwhile. */
const retryMs = 1_000
const prefix = 'permits/'
const none: ReadonlySet<string> = new Set()

/** A record of the database, one for each tab. */
interface Lease {
  readonly owner: string
  /** Epoch ms. */
  readonly until: number
  /** The scopes in which it may show one nudge more. */
  readonly keys: readonly string[]
}

/** What this tab holds. */
interface Held {
  readonly at: EpochTime
  readonly keys: ReadonlySet<string>
  readonly ruleset: CompiledRuleset | undefined
  /** The newest decision that was shown by then: a newer one has spent the permits. */
  readonly newest: string | undefined
  /** Another tab has what this one wanted. */
  readonly short: boolean
}

export interface PermitsOptions {
  readonly platform: Pick<Platform, 'clock' | 'listen' | 'store' | 'tab'>
  readonly visitor: VisitorMemory
  /** `view` is this page's name in the leases; no other page has it. */
  readonly context: { readonly view: string }
  readonly armed: { readonly ruleset?: CompiledRuleset | undefined }
  /** Where it puts what ends it. */
  readonly stops: Stop[]
}

/** A lease that ends later than any could is of a clock that was set back since. */
const isLive = ({ until }: Lease, now: number) => until > now && until <= now + leaseMs

/**
 * Limits hold across tabs although a decision reads memory alone: a tab leases permits ahead, one for each scope that
 * limits count in, and spends only what it holds. Each transaction over the visitor's data renews the lease (`take`): what
 * was shown, and what the other tabs may still show, are read and answered in one, and no tab comes between.
 *
 * A permit that is held and not used (a decision was missed, or cancelled) is still there; one that was used is gone from the
 * instant of the paint, until the transaction that keeps the paint has leased anew. A tab that is hidden, left or loses the
 * focus gives its permits back. Without consent, or with storage that fails, there are no permits and none is needed.
 */
export function createPermits({ platform, visitor, context, armed, stops }: PermitsOptions) {
  const { clock, listen, store, tab } = platform
  const owner = context.view
  const own = prefix + owner
  const state = {
    held: undefined as Held | undefined,
    /** The lease is in the database, or on its way there. */
    written: false,
    /** Leases that were kept, and those that were given back. */
    kept: 0,
    given: 0,
    broken: false,
    /** Left for another page (whoever is in the back/forward cache may come back), or stopped. */
    gone: false,
    asking: undefined as Promise<void> | undefined,
    /** When a decision last asked what it may spend. */
    askedAt: -Infinity,
  }
  const known = { ruleset: undefined as CompiledRuleset | undefined, scopes: new Map() as Scopes }
  const isHere = () => !state.gone && document.visibilityState === 'visible'
  const epoch = () => clock.toEpoch(clock.now())

  const scopes = () => {
    const { ruleset } = armed
    if (ruleset && ruleset !== known.ruleset) Object.assign(known, { ruleset, scopes: scopesOf(ruleset) })
    return known.scopes
  }
  const needed = () => visitor.known() && !state.broken && scopes().size > 0
  /** How old the lease is; Infinity where it is none any more. */
  const age = () => {
    const { held } = state
    const isValid =
      held && held.ruleset === armed.ruleset && held.newest === visitor.current().shown.at(-1)?.decision
    const ms = isValid ? epoch() - held.at : Infinity
    return ms >= 0 ? ms : Infinity
  }
  /** Reads the visitor, which leases. */
  const ask = () => {
    const { kept, given } = state
    return (state.asking ??= visitor.open().then(() => {
      state.asking = undefined
      // Storage fails: limits hold in memory, for this page. The store has said so.
      if (needed() && isHere() && kept === state.kept && given === state.given) state.broken = true
    }))
  }

  const giveBack = () => {
    state.held = undefined
    state.given++
    if (!state.written) return
    state.written = false
    // With nothing to read it needs no page that runs: one that is about to be cached may go.
    if (visitor.known())
      void store.use('readwrite', (records) => void records.delete(own)).catch(() => undefined)
  }
  const leave = () => {
    state.gone = true
    giveBack()
  }
  stops.push(
    listen(window, 'visibilitychange', () => isHere() || giveBack()),
    listen(window, 'pagehide', leave),
    listen(window, 'pageshow', () => void (state.gone = false)),
    // The shopper goes on in another window, and this one can be seen still. What was just decided may be on its way to
    // the pixels: its permits stay until the lease ends.
    listen(
      window,
      'blur',
      () => document.hasFocus() || epoch() - state.askedAt < leaseMs - spendMs || giveBack(),
    ),
    leave,
  )

  const loading = (): Promise<void> | undefined => {
    const reading = visitor.loading()
    if (reading) return reading.then(loading)
    if (!needed() || !isHere() || age() < (state.held?.short ? retryMs : spendMs)) return undefined
    return ask()
  }

  return {
    /**
     * Called as a transaction that keeps the visitor is asked for; what it gives leases anew within that. What was shown to
     * him is condensed in `visitor` itself.
     */
    take() {
      const { given } = state
      return async (records: IDBObjectStore, visitor: Visitor): Promise<void> => {
        const shown = condense(visitor.shown)
        Object.assign(visitor, { shown })
        const wanted = scopes()
        const { ruleset } = armed
        // Given back meanwhile: the transaction that deletes the lease comes after this one.
        if (!wanted.size || !isHere() || given !== state.given) return
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
        const all = await promisifyRequest<Lease[]>(records.getAll(range))
        if (given !== state.given) return
        const now = epoch()
        // The page that was left may have had no time to give its permits back.
        const before = tab.succeed(owner)
        const elsewhere = new Map<string, number>()
        for (const lease of all)
          if (lease.owner !== owner)
            if (lease.owner !== before && isLive(lease, now))
              for (const key of lease.keys) elsewhere.set(key, (elsewhere.get(key) ?? 0) + 1)
            else records.delete(prefix + lease.owner)
        const seen = { shown, session: visitor.session.id, now }
        const keys: string[] = []
        let short = false
        for (const [key, scope] of wanted) {
          const others = elsewhere.get(key)
          if (!others || hasRoom(scope, others, seen)) keys.push(key)
          else short ||= hasRoom(scope, 0, seen)
        }
        state.written = true
        records.put({ owner, until: now + leaseMs, keys } satisfies Lease, own)
        records.transaction.addEventListener('complete', () => {
          state.kept++
          state.broken = false
          if (given !== state.given) return
          state.held = { at: now, keys: new Set(keys), ruleset, newest: shown.at(-1)?.decision, short }
        })
      }
    },

    /** What a decision may spend from now; undefined: no permit is needed. */
    current(): ReadonlySet<string> | undefined {
      if (!needed()) return undefined
      state.askedAt = epoch()
      return age() < spendMs ? state.held!.keys : none
    },

    /**
     * Resolves when the visitor's data and the lease are there; undefined when they are. A page on which nothing was done
     * for a while reads them anew, as one that has just been loaded does. Asked at every signal, it keeps them there.
     */
    loading,
  }
}

export type Permits = ReturnType<typeof createPermits>
