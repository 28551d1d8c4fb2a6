import { promisifyRequest } from 'idb-keyval'
import type { Platform } from '../platform/platform'
import { bought, carried, faded, nothing, viewed, type Profile, type Told } from './affinity'

const key = 'affinity'
const dayMs = 24 * 3_600_000
/**
 * What was looked at a fortnight ago counts half as much as what is looked at today. Long enough for a purchase that is
 * thought over across two weekends, short enough that last season's gift does not stand above this season's wish.
 */
const usualDays = 14

export interface LeaningsOptions {
  readonly platform: Platform
  /** Consent allows to keep them. */
  readonly mayKeep: () => boolean
  readonly halfLifeDays?: number | undefined
}

/** What conditions and texts read below `visitor`. */
export interface VisitorProfile {
  readonly affinity: Readonly<Record<string, number>>
  readonly lastPurchase?: Profile['lastPurchase']
}

/**
 * The shopper's leanings (`affinity.ts` has the arithmetic): under consent kept on this device and taken up by the next
 * page, otherwise for the life of the page; never sent.
 */
export function createLeanings({
  platform: { clock, store },
  mayKeep,
  halfLifeDays = usualDays,
}: LeaningsOptions) {
  const state = { profile: nothing, loading: undefined as Promise<void> | undefined }
  const told = (): Told => ({ now: clock.toEpoch(clock.now()), halfLifeMs: halfLifeDays * dayMs })
  type Change = (profile: Profile, told: Told) => Profile
  /** Made in memory, and not in the database yet. */
  const pending = new Set<Change>()

  /** Makes the change to what is kept: another tab may have learnt something meanwhile. */
  const keep = async (change: Change) => {
    try {
      const kept = await store.use('readwrite', async (records) => {
        const before = (await promisifyRequest<Profile | undefined>(records.get(key))) ?? nothing
        const next = change(before, told())
        if (next !== before) records.put(next, key)
        return next
      })
      if (pending.delete(change))
        state.profile = [...pending].reduce((profile, next) => next(profile, told()), kept)
    } catch {
      // Blocked storage: they live in memory, for this page. The store has said so.
      pending.delete(change)
    }
  }
  const learn = (change: Change) => {
    state.profile = change(state.profile, told())
    pending.add(change)
    if (mayKeep()) return void keep(change)
    // Without consent the changes wait, in case it comes: the last hundred.
    if (pending.size > 100) for (const first of pending) return void pending.delete(first)
  }

  return {
    viewed: (categories: unknown) => learn((profile, now) => viewed(profile, categories, now)),
    carried: (items: readonly unknown[]) => learn((profile, now) => carried(profile, items, now)),
    bought: (items: readonly unknown[], value: unknown) =>
      learn((profile, now) => bought(profile, items, { ...now, value })),

    /** Takes what earlier pages have kept, and adds what this page has learnt without consent. */
    load(): Promise<void> {
      if (!mayKeep()) return Promise.resolve()
      const waiting = [...pending]
      const same: Change = (profile) => profile
      pending.add(same)
      const reading: Promise<void> = Promise.all([...waiting, same].map(keep)).then(() => {
        if (state.loading === reading) state.loading = undefined
      })
      return (state.loading = reading)
    },
    /** Being read right now, or undefined. */
    loading: () => state.loading,
    profile(): VisitorProfile {
      const { leanings, lastPurchase } = faded(state.profile, told())
      const affinity = Object.fromEntries([...leanings].map(([category, { score }]) => [category, score]))
      return { affinity, ...(lastPurchase && { lastPurchase }) }
    },
    /** Consent went: nothing of it stays. */
    forget() {
      state.profile = nothing
      pending.clear()
    },
  }
}

export type Leanings = ReturnType<typeof createLeanings>
