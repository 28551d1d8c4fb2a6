import type { BeaconEvent } from '../../schema/event'
import type { Store } from '../platform/platform'
import type { Clock, EpochTime, PageTime } from '../time'
import { sweep, write } from './records'

/** Why an event was given up. */
export type Loss = 'overflow' | 'too-big' | 'rejected' | 'expired' | 'consent' | 'storage' | 'quota'

/** An event on its way; what the database keeps of it is `Kept`. */
export interface Entry {
  readonly event: BeaconEvent
  readonly size: number
  /** Epoch ms of its making by the shopper's clock; for events of this page the page's own clock is better. */
  readonly made: EpochTime
  readonly madeHere?: PageTime
  attempts: number
  /** Not to be sent before. */
  dueAt: PageTime
  sending: boolean
  stored: boolean
}

/** A record of the database. The lease says which tab may send it, until when. */
interface Kept {
  readonly event: BeaconEvent
  readonly size: number
  readonly made: EpochTime
  readonly attempts: number
  readonly tab: string
  readonly leasedUntil: number
}

const ringEvents = 200
const ringBytes = 256_000
const keptEvents = 1_000
const keptBytes = 1_000_000
const keptMs = 24 * 3_600_000
/** How long a tab that says nothing more keeps its events from the others. */
export const leaseMs = 15_000
const prefix = 'e:'

export interface QueueOptions {
  readonly clock: Clock
  readonly store: Store
  readonly tab: string
  /** The database failed; from then on the queue lives in memory alone. */
  readonly onStoreFault: (error: unknown) => void
}

/**
 * The events that are made and not yet acknowledged: a ring in memory, in front of IndexedDB. Every event is in
 * exactly one state, so created = acknowledged + queued + lost holds at every instant.
 *
 * Records are deleted by id and only after the collector has acknowledged them. Nothing is written before
 * `persist(true)`: without consent there is no database.
 */
export function createQueue({ clock, store, tab, onStoreFault }: QueueOptions) {
  const entries = new Map<string, Entry>()
  const counts = { created: 0, acknowledged: 0, lost: {} as Partial<Record<Loss, number>> }
  const state = { persist: false, broken: false, bytes: 0 }

  const attempt = async (work: () => Promise<void>) => {
    if (!state.persist || state.broken) return
    try {
      await work()
    } catch (error) {
      state.broken = true
      onStoreFault(error)
    }
  }
  const keep = (entry: Entry): [string, Kept] => {
    const { event, size, made, attempts } = entry
    const leasedUntil = clock.toEpoch(clock.now()) + leaseMs + Math.max(0, entry.dueAt - clock.now())
    return [prefix + event.id, { event, size, made, attempts, tab, leasedUntil }]
  }
  const forget = (entry: Entry) => {
    if (entries.delete(entry.event.id)) state.bytes -= entry.size
  }
  const lose = (gone: readonly Entry[], why: Loss) => {
    for (const entry of gone) {
      if (!entries.has(entry.event.id)) continue
      forget(entry)
      counts.lost[why] = (counts.lost[why] ?? 0) + 1
    }
    const stored = gone.filter((entry) => entry.stored).map((entry) => prefix + entry.event.id)
    if (stored.length) void attempt(() => write(store.use, [], stored))
  }
  const take = (entry: Entry) => {
    counts.created++
    entries.set(entry.event.id, entry)
    state.bytes += entry.size
    for (const oldest of entries.values()) {
      if (entries.size <= ringEvents && state.bytes <= ringBytes) break
      if (!oldest.sending) lose([oldest], 'overflow')
    }
  }

  return {
    entries: () => [...entries.values()],
    counts: () => ({ ...counts, lost: { ...counts.lost }, queued: entries.size }),

    add(event: BeaconEvent, size: number, at: PageTime) {
      take({
        event,
        size,
        made: clock.toEpoch(at),
        madeHere: at,
        attempts: 0,
        dueAt: at,
        sending: false,
        stored: false,
      })
    },
    lose,

    acknowledge(done: readonly Entry[]) {
      for (const entry of done) {
        if (!entries.has(entry.event.id)) continue
        forget(entry)
        counts.acknowledged++
      }
      return attempt(() =>
        write(
          store.use,
          [],
          done.map((entry) => prefix + entry.event.id),
        ),
      )
    },

    /** Writes what is only in memory; and again those whose state has changed, which renews their lease. */
    commit(changed: readonly Entry[] = []) {
      const fresh = [...entries.values()].filter((entry) => !entry.stored)
      const put = [...new Set([...fresh, ...changed.filter((entry) => entries.has(entry.event.id))])]
      if (put.length === 0) return Promise.resolve()
      return attempt(async () => {
        await write(store.use, put.map(keep))
        for (const entry of put) entry.stored = true
      })
    },

    /** Takes over, up to the ring's room, what this tab or a tab that is gone has left in the database. */
    adopt() {
      return attempt(async () => {
        const now = clock.toEpoch(clock.now())
        const found: Entry[] = []
        const total = { events: 0, bytes: 0, lost: {} as Partial<Record<Loss, number>> }
        await sweep<Kept>(store.use, prefix, (kept) => {
          total.events++
          total.bytes += kept.size
          const why =
            now - kept.made > keptMs
              ? 'expired'
              : total.events > keptEvents || total.bytes > keptBytes
                ? 'overflow'
                : undefined
          if (why) {
            if (entries.has(kept.event.id)) return undefined
            total.lost[why] = (total.lost[why] ?? 0) + 1
            return null
          }
          const free = kept.leasedUntil <= now && !entries.has(kept.event.id)
          if (!free || entries.size + found.length >= ringEvents / 2) return undefined
          const { event, size, made, attempts } = kept
          found.push({ event, size, made, attempts, dueAt: clock.now(), sending: false, stored: true })
          return { ...kept, tab, leasedUntil: now + leaseMs }
        })
        for (const [why, count] of Object.entries(total.lost) as [Loss, number][]) {
          counts.created += count
          counts.lost[why] = (counts.lost[why] ?? 0) + count
        }
        for (const entry of found) take(entry)
      })
    },

    /** With consent: memory and database. Without: what is here stays in memory. */
    persist(on: boolean) {
      state.persist = on
      if (!on) for (const entry of entries.values()) entry.stored = false
    },
  }
}

export type Queue = ReturnType<typeof createQueue>
