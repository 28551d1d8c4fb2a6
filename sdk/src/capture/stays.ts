import type { Stay } from '../terms'
import type { Clock, EpochTime, PageTime } from '../time'

/** A stay as the tab keeps it over page loads: in wall-clock time. */
export type KeptStay = Omit<Stay, 'at'> & { readonly at: EpochTime }

/** Two quick looks into a product from a list are four stays; two more, so that one look between does not hide them. */
const mostStays = 6

/** How long each page is before the shopper's eyes. */
export function createStays({ toEpoch }: Pick<Clock, 'toEpoch'>) {
  const here = { visibleMs: 0, failed: false }
  /** Until when its visible time is added up; NaN while it is hidden. */
  const seen = { at: NaN }

  /** The page is shown or hidden. */
  const see = (at: PageTime) => {
    here.visibleMs += at - seen.at || 0
    seen.at = document.hidden ? NaN : at
  }
  return {
    see,
    /** The page of that type is left now. */
    leave(stays: readonly KeptStay[], type: string, at: PageTime): readonly KeptStay[] {
      see(at)
      return [...stays, { ...here, type, at: toEpoch(at) }].slice(-mostStays)
    },
    /**
     * A page of that type is all that is known to lie between: the browser brought this one back before that one had
     * told how long it was seen. No longer than this one was away.
     */
    between(stays: readonly KeptStay[], type: string, now: PageTime): readonly KeptStay[] {
      const at = toEpoch(now)
      return stays.concat({ type, at, visibleMs: at - (stays.at(-1)?.at ?? 0), failed: false })
    },
    reach(at: PageTime, failed: boolean) {
      see(at)
      Object.assign(here, { visibleMs: 0, failed })
    },
    /** As signals have it. */
    told: (stays: readonly KeptStay[]): Stay[] =>
      stays.map((stay) => ({ ...stay, at: (stay.at - toEpoch(0 as PageTime)) as PageTime })),
  }
}
