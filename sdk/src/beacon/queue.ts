import type { Store } from '../platform/platform'
import type { Clock, Millis, PageTime, Stop } from '../time'
import {
  batchEvents,
  isFree,
  keptMs,
  leaseMs,
  type Entry,
  type Kept,
  type Loss,
  type Losses,
  type Told,
} from './entry'
import { renew, review, write } from './records'

const triggerEvents = 20
const triggerBytes = 14_000
const ringEvents = 200
const ringBytes = 256_000
const keptEvents = 1_000
const keptBytes = 1_000_000
/** So long a store that failed is left alone. */
const mendMs = 5_000
/** So long it is waited for: a request must not be. */
const answerMs = 2_000
/** A lease must outlast a request: keepalive, and once more without. */
const flightMs = 10_000

export interface QueueOptions {
  readonly clock: Clock
  readonly store: Store
  /** This page's name in the leases; no other page has it, not even one of the same tab. */
  readonly owner: string
  /** Keys of its records begin so: what waits for one collector is apart from what waits for another. */
  readonly prefix: string
  /** Hears that the store has failed, and in how long a commit may work again. */
  readonly onFault: (mendMs: Millis) => void
}

/**
 * The events that are made and not yet acknowledged: a ring in memory, in front of IndexedDB. Every event is in
 * exactly one state, so created = acknowledged + queued + lost holds at every instant. What another page took
 * over (its lease had run out, as it does while a page is frozen) is that page's to send and to count.
 *
 * Records are deleted by id and only after the collector has acknowledged them. Nothing is written before
 * `persist(true)`: without consent there is no database.
 */
export function createQueue({ clock, store, owner, prefix, onFault }: QueueOptions) {
  const entries = new Map<string, Entry>()
  const counts = { created: 0, acknowledged: 0, lost: {} as Losses }
  /** `broken`: the store failed when it was last used. `late`: so much of what it was asked is not answered yet. */
  const state = { persist: false, broken: false, late: 0, againAt: 0, bytes: 0, more: false }
  /** What was lost and in no report yet. */
  let unreported: Losses | undefined
  /** Records to delete at the next commit. */
  let dead: string[] = []
  /** Ids that went while the database was being read: what is read then must not bring them back. */
  let gone: Set<string> | undefined

  const epoch = () => clock.toEpoch(clock.now())
  const keyOf = ({ id }: Told) => prefix + id
  /**
   * Uses the store, where it may. One that fails has said so: what is in memory stays there and is sent, and a use
   * some seconds later tries again. Not each of them: a store that never answers would hold up every request.
   *
   * @param leased what `work` gives new leases
   * @param last there may be no other time
   * @returns whether it worked
   */
  const attempt = async (work: () => Promise<unknown>, leased: readonly Entry[] = [], last = false) => {
    if (!state.persist) return false
    // One that is still at it is asked nothing more, until it answers: that would pile up.
    if (state.late) return false
    const mendsIn = state.broken && !last ? state.againAt - clock.now() : 0
    if (mendsIn > 0) {
      onFault(mendsIn)
      return false
    }
    const before = leased.map(({ leasedUntil }) => leasedUntil)
    const own = { settled: false, late: false }
    const working = work().finally(() => {
      own.settled = true
      if (!own.late) return
      state.late--
      onFault(mendMs)
    })
    let stop: Stop = () => {}
    try {
      // What is done later all the same does no harm: each record is written whole, and deleted by its id.
      await Promise.race([
        working,
        new Promise((_, reject) => (stop = clock.after(answerMs, () => reject()))),
      ])
      state.broken = false
    } catch {
      state.broken = true
      own.late = !own.settled
      if (own.late) state.late++
      state.againAt = clock.now() + mendMs
      onFault(mendMs)
      // Nothing of it was written; what has no lease at all by now was not even there.
      leased.forEach((entry, index) => (entry.leasedUntil &&= before[index]))
    }
    stop()
    return !state.broken
  }
  const keep = (entry: Entry): Kept => {
    const leasedUntil = (entry.leasedUntil = epoch() + leaseMs + Math.max(0, entry.dueAt - clock.now()))
    return { ...entry, owner, leasedUntil }
  }
  const hold = (held: readonly Entry[], sending: boolean) => {
    for (const entry of held) entry.sending = sending
  }
  const forget = (entry: Entry) => {
    if (!entries.delete(entry.id)) return false
    state.bytes -= entry.size
    gone?.add(entry.id)
    return true
  }
  const bury = (entry: Entry) => {
    if (!forget(entry)) return false
    if (entry.leasedUntil !== undefined) dead.push(keyOf(entry))
    return true
  }
  /** Another page might have it before a request (`ms`) is over. */
  const stale = ({ leasedUntil = Infinity }: Entry, ms = flightMs) =>
    !state.broken && leasedUntil < epoch() + ms
  const up = (losses: Losses, why: Loss, count = 1) => void (losses[why] = (losses[why] ?? 0) + count)
  const countLost = ({ reports }: Partial<Told>, why: Loss) => {
    if (reports) {
      counts.created--
      for (const [reason, count] of Object.entries(reports)) up((unreported ??= {}), reason as Loss, count)
      return
    }
    up(counts.lost, why)
    up((unreported ??= {}), why)
  }
  const lose = (lost: readonly Entry[], why: Loss) => {
    for (const entry of lost) if (bury(entry)) countLost(entry, why)
  }
  const take = (entry: Entry) => {
    counts.created++
    entries.set(entry.id, entry)
    state.bytes += entry.size
    // The report of what was lost costs no event its place; the next event makes up for it.
    if (entry.reports || (entries.size <= ringEvents && state.bytes <= ringBytes)) return
    for (const oldest of entries.values()) {
      if (entries.size <= ringEvents && state.bytes <= ringBytes) break
      if (!oldest.sending) lose([oldest], 'overflow')
    }
  }
  /** Writes what is only in memory, and deletes what is done with. `last`: there may be no other time. */
  const commit = async (last?: boolean) => {
    const fresh = [...entries.values()].filter(({ leasedUntil }) => leasedUntil === undefined)
    if (!fresh.length && !dead.length) return
    const remove = dead
    dead = []
    const written = await attempt(
      () => write(store.use, { put: fresh.map((entry) => [keyOf(entry), keep(entry)]), remove }),
      fresh,
      last,
    )
    // What is not deleted would come again on every visit; the database holds no more than that.
    if (!written && state.persist) dead = [...dead, ...remove].slice(0, keptEvents)
  }

  return {
    entries: () => [...entries.values()],
    /** There is enough for a request that is not under way. */
    full() {
      let [events, bytes] = [0, 0]
      for (const { sending, size } of entries.values()) {
        if (sending) continue
        events++
        bytes += size
      }
      return events >= triggerEvents || bytes >= triggerBytes
    },
    has: ({ id }: Entry) => entries.has(id),
    counts: () => ({ ...counts, lost: { ...counts.lost }, queued: entries.size }),
    hold,
    stale,
    commit,
    lose,

    add(told: Told, at: PageTime) {
      const state = { attempts: 0, most: batchEvents, dueAt: at, sending: false, leasedUntil: undefined }
      take({ ...told, made: clock.toEpoch(at), madeHere: at, ...state })
    },
    /** Events that cannot even be queued. */
    miss(lost: Losses) {
      for (const [why, count] of Object.entries(lost))
        for (let one = 0; one < count; one++) {
          counts.created++
          countLost({}, why as Loss)
        }
    },
    /** What was lost and in no report yet; from now on it is in one. */
    takeUnreported() {
      const taken = unreported
      unreported = undefined
      return taken
    },
    acknowledge(done: readonly Entry[]) {
      for (const entry of done) if (bury(entry)) counts.acknowledged++
      return commit()
    },

    /**
     * Writes a batch's new state and renews its leases, or gives up what another page has taken over.
     * Only those whose lease does not outlast a request, if `soon`: then often none, and there is nothing to wait for.
     */
    renew(batch: readonly Entry[], soon = false): Promise<unknown> | undefined {
      const old = batch.filter((entry) => entry.leasedUntil !== undefined && (!soon || stale(entry)))
      if (!old.length) return undefined
      return attempt(
        () =>
          renew(store.use, old.map(keyOf), (kept, index) => {
            const entry = old[index]!
            // Its first write may have failed meanwhile.
            if (!entries.has(entry.id) || entry.leasedUntil === undefined) return undefined
            if (kept && (kept.owner === owner || isFree(kept, epoch()))) return keep(entry)
            // Gone before its lease was over: no page took it, the database was emptied. (What was taken over may have
            // been acknowledged to the page that made it, when that thawed.)
            if (!kept && entry.madeHere !== undefined && entry.leasedUntil > epoch()) lose([entry], 'consent')
            else if (forget(entry)) counts.created--
            return undefined
          }),
        old,
      )
    },

    /** There is more to take over, and room for it. */
    wantsMore: () => state.more && entries.size < ringEvents / 2,

    /**
     * Takes over, up to the ring's room, what a page that is gone has left in the database.
     *
     * @returns in how long the next lease of another page ends, ms; if that page is gone, there is more then
     */
    async adopt(): Promise<Millis | undefined> {
      if (gone) return undefined
      let freeIn: Millis | undefined
      const since = (gone = new Set())
      const found: Kept[] = []
      const lost: [Kept, Loss][] = []
      const read = await attempt(() =>
        review(store.use, prefix, (all) => {
          const now = epoch()
          const left = { events: all.length, bytes: all.reduce((sum, { size }) => sum + size, 0) }
          const room = { events: ringEvents / 2 - entries.size, bytes: ringBytes / 2 - state.bytes }
          state.more = false
          for (const kept of all) {
            if (entries.has(kept.id)) continue
            if (!isFree(kept, now)) {
              freeIn = Math.min(freeIn ?? Infinity, kept.leasedUntil - now)
              continue
            }
            const old = now - kept.made > keptMs
            if (old || left.events > keptEvents || left.bytes > keptBytes) {
              left.events--
              left.bytes -= kept.size
              lost.push([kept, old ? 'expired' : 'overflow'])
            } else if (room.events > 0 && room.bytes >= kept.size) {
              room.events--
              room.bytes -= kept.size
              found.push(kept)
            } else state.more = true
          }
          return {
            put: found.map((kept) => [keyOf(kept), { ...kept, owner, leasedUntil: now + leaseMs }]),
            remove: lost.map(([kept]) => keyOf(kept)),
          }
        }),
      )
      gone = undefined
      // Consent may have gone meanwhile, and the database with it.
      if (!read || !state.persist) return undefined
      for (const [kept, why] of lost) {
        counts.created++
        countLost(kept, why)
      }
      for (const kept of found)
        if (!since.has(kept.id) && !entries.has(kept.id))
          take({
            ...kept,
            madeHere: undefined,
            dueAt: clock.now(),
            sending: false,
            leasedUntil: epoch() + leaseMs,
          })
      return freeIn
    },

    /** With consent: memory and database. Without: what is here stays in memory. */
    persist(on: boolean) {
      Object.assign(state, { persist: on, more: false })
      if (on) return
      dead = []
      for (const entry of entries.values()) entry.leasedUntil = undefined
    },
  }
}

export type Queue = ReturnType<typeof createQueue>
