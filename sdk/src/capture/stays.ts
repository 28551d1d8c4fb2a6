import type { PageRef, Stay } from '../terms'
import type { Clock, EpochTime, PageTime } from '../time'
import type { CaptureKit, Source } from './source'

/** A stay as the tab keeps it over page loads: in wall-clock time. */
export type KeptStay = Omit<Stay, 'at'> & { readonly at: EpochTime }

/** Two quick looks into a product from a list are four stays; two more, so that one look between does not hide them. */
export const mostStays = 6

/** How long each page of the tab's way was before the shopper's eyes; asked by `navigation` where it is loaded. */
export interface Stays {
  /** The source that tells it of the page being shown and hidden. */
  source(kit: CaptureKit): Source
  /**
   * A page is reached: `within` this document, which was `from` until now, or by a load or from the page cache, with
   * what the tab has `kept` of the pages before. Answers the stays as signals have them.
   */
  reach(at: PageTime, within: boolean, from: PageRef | null, kept?: readonly KeptStay[]): readonly Stay[]
  /** The page of that type is left now; `kept` as above, for a page that was never reached before us. */
  leave(at: PageTime, type: string, kept?: readonly KeptStay[]): readonly KeptStay[]
}

export function createStays(): Stays {
  const here = { visibleMs: 0, failed: false }
  const state: {
    /** Undefined until a page is reached or left: a ruleset may ask for stays long after the page began. */
    kept?: readonly KeptStay[]
    clock?: Clock
    /** Until when the page's visible time is added up; NaN while it is hidden. */
    seenAt: number
  } = { seenAt: 0 }

  const toEpoch = (at: PageTime) => state.clock?.toEpoch(at) ?? (0 as EpochTime)
  const see = (at: PageTime) => {
    here.visibleMs += at - state.seenAt || 0
    state.seenAt = document.hidden ? NaN : at
  }
  const leave: Stays['leave'] = (at, type, kept = []) => {
    see(at)
    return (state.kept = [...(state.kept ?? kept), { ...here, type, at: toEpoch(at) }].slice(-mostStays))
  }
  /**
   * From the page cache a page may be back before the one between has told how long it was seen: it was no longer than
   * this one was away.
   */
  const between = (now: PageTime, type: string) => {
    const at = toEpoch(now)
    const left = state.kept?.at(-1)
    return left ? [...state.kept!, { type, at, visibleMs: at - left.at, failed: false }] : []
  }
  const isFault = () => {
    const [load] = performance.getEntriesByType('navigation') as { responseStatus?: number }[]
    return (load?.responseStatus ?? 0) >= 400
  }

  return {
    source({ clock }) {
      state.clock = clock
      if (document.hidden) state.seenAt = NaN
      return { on: { visibilitychange: (_event, at) => see(at) } }
    },
    leave,
    reach(at, within, from, kept) {
      const type = from?.type ?? ''
      if (within) leave(at, type, kept)
      else state.kept = kept ?? between(at, type)
      see(at)
      Object.assign(here, { visibleMs: 0, failed: !within && isFault() })
      return state.kept!.map((stay) => ({ ...stay, at: (stay.at - toEpoch(0 as PageTime)) as PageTime }))
    },
  }
}
