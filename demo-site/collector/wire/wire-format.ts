/**
 * The forms in which events arrive. Each turns a body into the same batch and says in its own words what came of
 * it; limits, store and statuses are none of its business.
 */
import type { Received } from '../columns'

export interface Refused {
  /** Where it stood in the body, as the format counts. */
  readonly at: number
  readonly reason: string
}

export interface Batch {
  readonly events: readonly Received[]
  readonly refused: readonly Refused[]
}

export interface Answer {
  readonly status: 200 | 400
  readonly body: object
}

export interface WireFormat {
  readonly contentType: string
  /** A text where the body as a whole cannot be read: what was wanted and what was found. */
  read(body: Uint8Array, receivedAt: number): Batch | string
  answer(batch: Batch): Answer
  /** How a failure of the whole request is told. */
  problem(text: string): object
}

export const error = (text: string): object => ({ error: text })
