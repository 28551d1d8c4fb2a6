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

/** A wire format: how events become a request, what the format can do, and how its answer reads. */
export interface Encoder {
  readonly name: string
  /** The browser asks first (OPTIONS) on another origin. */
  readonly preflight: boolean
  /** `sendBeacon` could carry it: a plain content type and no header. */
  readonly beaconable: boolean
  /** Largest body in bytes that the receiver takes. */
  readonly maxBytes: number
  /** The receiver stores an event once, however often it arrives. */
  readonly deduplicates: boolean
  encode(events: readonly BeaconEvent[], context: BatchContext): EncodedBatch
  /** Indices of the events that a 2xx answer refuses none the less. */
  refused(answer: string): readonly number[]
}
