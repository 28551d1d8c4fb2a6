import { promisifyRequest } from 'idb-keyval'
import type { Platform } from '../platform/platform'

/** The last so many samples of a kind: enough for a median, few enough to follow a person who changes. */
const samplesMax = 15
const key = 'own'
/**
 * Each sample is a record of its own until the next page joins them: mostly it is learnt at a press, and a press leaves the
 * page. A transaction that reads first needs a page that runs; one that is frozen on its way into the back/forward cache
 * would hold the database, and be thrown out of the cache for it (Chromium 156).
 */
const prefix = 'own/'

export type Samples = Readonly<Record<string, readonly number[]>>

/** What this shopper's own samples say: their median, and how many there are. */
interface Median {
  readonly median: number
  readonly samples: number
}

export interface OwnOptions {
  readonly platform: Platform
  /** Consent allows to keep them. */
  readonly mayKeep: () => boolean
}

/**
 * The shopper's own measures: how long he usually rests on a button before he presses it, and the like. What is slow
 * for one is usual for another, and fixed spans are wrong for both. Figures alone, kept on this device under
 * consent, otherwise for the life of the page; never sent.
 */
export function createOwn({ platform: { clock, random, store }, mayKeep }: OwnOptions) {
  const state: { samples: Samples } = { samples: {} }
  // Blocked storage: they live in memory, for this page. The store has said so.
  const quietly = (work: Promise<unknown>) => work.catch(() => {})

  return {
    /** Takes what earlier pages have kept. */
    async load() {
      if (!mayKeep()) return
      const read = store.use('readwrite', async (records) => {
        const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
        const [kept = {}, learnt] = await Promise.all([
          promisifyRequest<Samples | undefined>(records.get(key)),
          promisifyRequest<[string, number][]>(records.getAll(range)),
        ])
        const samples = learnt.reduce((all, [name, value]) => joined(all, name, value), kept)
        if (learnt.length) {
          records.delete(range)
          records.put(samples, key)
        }
        return samples
      })
      await quietly(read.then((kept) => (state.samples = { ...kept, ...state.samples })))
    },
    learn(name: string, value: number) {
      state.samples = joined(state.samples, name, value)
      if (!mayKeep()) return
      // Another tab, at the same time, has another name.
      const own = new DataView(random(4).buffer).getUint32(0)
      const record = `${prefix}${clock.toEpoch(clock.now())}-${own}`
      void quietly(store.use('readwrite', (records) => void records.put([name, value], record)))
    },
    of: (name: string) => medianOf(state.samples[name]),
    /** All of them: another object each time they have changed. */
    samples: () => state.samples,
    /** Consent went: nothing of it stays. */
    forget() {
      state.samples = {}
    },
  }
}

/** The samples with one more. */
export const joined = (kept: Samples, name: string, value: number): Samples => ({
  ...kept,
  [name]: [...(kept[name] ?? []), value].slice(-samplesMax),
})

export function medianOf(samples: readonly number[] = []): Median | undefined {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) return undefined
  const median = sorted.length % 2 ? upper : (upper + sorted[middle - 1]!) / 2
  return { median, samples: sorted.length }
}

export type OwnMeasures = ReturnType<typeof createOwn>
