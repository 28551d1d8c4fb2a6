import type { BeaconEvent } from '../../schema/event'

/** What belongs to the batch, not to its events. */
export interface BatchContext {
  readonly url: string
  /** The shop's public key at the collector; public means public. */
  readonly key: string | undefined
  /** Epoch ms. */
  readonly sentAt: number
  /** Counts from 1. */
  readonly attempt: number
}

export interface EncodedBatch {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** A wire format: how events become a request, and how its answer reads. */
export interface Encoder {
  encode(events: readonly BeaconEvent[], context: BatchContext): EncodedBatch
  /** Indices of the events that a 2xx answer refuses none the less. */
  refused(answer: string): readonly number[]
}
