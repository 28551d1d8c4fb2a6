import type { BeaconEvent } from '../../schema/event'
import type { Told } from './entry'

/** A larger event loses its free-form part, and is given up when that does not help. */
const eventBytes = 8_000
/** What sending adds to an event: the end of its line, and the digits of its age. */
const addedBytes = 10

/**
 * The event as it will be sent, or undefined when it is too big or cannot be told as JSON.
 *
 * @param weigh bytes that an event (as JSON) takes in a batch; throws where it is too big for any. Default: as a line
 */
export function tell(event: BeaconEvent, weigh: ((text: string) => number) | undefined): Told | undefined {
  try {
    // A page's own JSON may answer anything.
    const text: unknown = JSON.stringify(event)
    if (typeof text !== 'string') return undefined
    const bytes = new TextEncoder().encode(text).length
    if (bytes > eventBytes) return undefined
    const reports = event.type === 'loss' ? event.counts : undefined
    return { id: event.id, text, size: weigh?.(text) ?? bytes + addedBytes, reports }
  } catch {
    return undefined
  }
}
