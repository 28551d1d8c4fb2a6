import type { EpochTime, PageTime } from '../time'

/**
 * Why an event was given up. Storage that is full or blocked loses none while the page lives: it stays in memory and is
 * sent. What memory holds when such a page dies nobody is left to count; the gap in `seq` tells.
 */
export type Loss = 'overflow' | 'too-big' | 'rejected' | 'expired' | 'consent'
export type Losses = Partial<Record<Loss, number>>

/** What is fixed when an event is made. */
export interface Told {
  readonly id: string
  /** The event as JSON: what the page does to its data afterwards changes nothing. */
  readonly text: string
  /** Bytes that it takes in a batch. */
  readonly size: number
  /** For a loss event: what it reports; when it is lost itself, that is reported anew. */
  readonly reports?: Losses | undefined
}

/** An event on its way; what the database keeps of it is `Kept`. */
export interface Entry extends Told {
  /** Epoch ms of its making by the shopper's clock; for events of this page the page's own clock is better. */
  readonly made: EpochTime
  readonly madeHere: PageTime | undefined
  attempts: number
  /** The largest batch that it may travel in: halved when a batch is refused as a whole. */
  most: number
  /** Not to be sent before. */
  dueAt: PageTime
  sending: boolean
  /** In the database or on its way there: until then (epoch ms) no other page takes it over. */
  leasedUntil: number | undefined
}

/** A record of the database. The lease says which page may send it, until when; what else is of that page is void. */
export interface Kept extends Entry {
  readonly owner: string
  leasedUntil: number
}

export const batchEvents = 20
export const lastRetryMs = 5 * 60_000
/** Older events are of no use to a collector. */
export const keptMs = 24 * 3_600_000
/** How long a page that says nothing more keeps its events from the others. */
export const leaseMs = 15_000

/** A lease from further ahead than any may last is of a clock that was set back since. */
export const isFree = ({ leasedUntil }: Kept, now: number) =>
  leasedUntil <= now || leasedUntil > now + leaseMs + lastRetryMs
