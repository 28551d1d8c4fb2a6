import type { BeaconEvent } from '../../schema/event'

/** What belongs to the batch, not to its events. */
export interface BatchContext {
  /** The collector's address, as `data-collector` gives it. */
  readonly url: string
  /** The shop's public key at the collector; public means public. */
  readonly key?: string | undefined
  /** Epoch ms. */
  readonly sentAt: number
  /** Counts from 1. */
  readonly attempt: number
}

export interface EncodedBatch {
  /** @default the collector's address as it is */
  readonly url?: string
  /** Beside the content type. */
  readonly headers?: Record<string, string>
  readonly body: string
  /** It may outlive the page. @default true, where it is not larger than what is this format's to have in flight */
  readonly keepalive?: boolean
}

/** What is true of every format. */
interface Facts {
  /** What `data-format` calls it; what waits for its collector is kept on the device under this name. */
  readonly name: string
  /** Events that it is for; the others are not queued for it. @default all */
  readonly takes?: (event: BeaconEvent) => boolean
}

/** A wire format: how events become a request, and how its answer reads. */
export interface Encoder extends Facts {
  /** All but `text/plain` make a browser ask another origin beforehand whether it may send (a preflight). */
  readonly contentType: string
  /** Bytes that one request may have, where a collector wants less than the 14,000 that are sent at most. */
  readonly largestBody?: number
  /**
   * Answers, beside 413, by which a batch is refused for one of its events: it is cut in half until the bad one
   * stands alone.
   */
  readonly splitsOn?: readonly number[]
  encode(events: readonly BeaconEvent[], context: BatchContext): EncodedBatch
  /** Indices of the events that a 2xx answer refuses none the less. @default none */
  refused?(answer: string, sent: number): readonly number[]
}

/** What delivery needs of an encoder. */
export type Wire = Pick<Encoder, 'encode' | 'splitsOn'> & Required<Pick<Encoder, 'refused'>>

/** What the page brought by `splitsecond.provide`. */
export type Provided = ReadonlyMap<string, (...given: unknown[]) => unknown>

/** A format that is no request: the events stay in the page. */
export interface InPage extends Facts {
  /** Hands them over. What throws, rejects or is not done in 5 s was not delivered, and comes again. */
  hand(events: readonly BeaconEvent[], provided: Provided): unknown
}

export type Format = Encoder | InPage
