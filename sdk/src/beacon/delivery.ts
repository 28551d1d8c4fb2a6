import type { Send } from '../platform/platform'
import type { Clock, Millis } from '../time'
import { later } from '../time'
import type { Encoder } from './encoder'
import type { Entry, Queue } from './queue'

/** A quarter of the 64 KiB of keepalive bodies that the whole page shares: the shop's own beacons must still fly. */
const inFlightBytes = 16_000
const inFlightRequests = 4
const batchEvents = 20
const batchBytes = 14_000
const timeoutMs = 5_000
const firstRetryMs = 1_000
const lastRetryMs = 5 * 60_000
const tries = 10
/** After so many equal failures a batch is cut in half each time, until the one bad event stands alone. */
const bisectAfter = 3

export interface DeliveryOptions {
  readonly clock: Clock
  readonly queue: Queue
  readonly send: Send
  readonly encoder: Encoder
  readonly url: string
  readonly key: string | undefined
  /** 0 ≤ random < 1; spreads the retries of many shoppers. */
  readonly random: () => number
  /** Hears once that the collector cannot be reached or refuses, in words for a developer. */
  readonly onTrouble: (line: string) => void
}

/**
 * Queue → collector. Batches are cut before they are too big; a failed one waits its own time (full jitter, 1 s to
 * 5 min, 10 tries) while others go on; an answer is always read to its end.
 */
export function createDelivery({
  clock,
  queue,
  send,
  encoder,
  url,
  key,
  random,
  onTrouble,
}: DeliveryOptions) {
  const flying = { bytes: 0, requests: new Set<Promise<void>>() }
  const state = { failures: 0, pausedUntil: -Infinity }

  /** The next events that may go together: due, not under way, tried equally often, small enough. */
  const next = (leaving: boolean): Entry[] => {
    const now = clock.now()
    const waiting = queue.entries().filter((entry) => !entry.sending && (leaving || entry.dueAt <= now))
    const attempts = waiting[0]?.attempts ?? 0
    const most =
      attempts < bisectAfter ? batchEvents : Math.max(1, batchEvents >> (attempts - bisectAfter + 1))
    const batch: Entry[] = []
    let bytes = 0
    for (const entry of waiting) {
      if (entry.attempts !== attempts) continue
      const room = Math.min(batchBytes, inFlightBytes - flying.bytes) - bytes
      if (batch.length === most || entry.size > room) break
      batch.push(entry)
      bytes += entry.size
    }
    return batch
  }

  const retry = (batch: readonly Entry[], waitMs?: Millis) => {
    state.failures++
    const now = clock.now()
    const spread = (attempts: number) => random() * Math.min(lastRetryMs, firstRetryMs * 2 ** attempts)
    state.pausedUntil = later(now, Math.min(lastRetryMs, waitMs ?? spread(state.failures)))
    for (const entry of batch) {
      entry.attempts++
      entry.dueAt = later(now, Math.min(lastRetryMs, waitMs ?? spread(entry.attempts)))
    }
    queue.lose(
      batch.filter((entry) => entry.attempts >= tries),
      'expired',
    )
    return queue.commit(batch)
  }

  const settle = async (batch: readonly Entry[], status: number, text: string, wait: string | null) => {
    if (status >= 200 && status < 300) {
      state.failures = 0
      state.pausedUntil = -Infinity
      const refused = new Set(encoder.refused(text))
      queue.lose(
        batch.filter((_entry, index) => refused.has(index)),
        'rejected',
      )
      if (refused.size)
        onTrouble(`the collector refused ${refused.size} of ${batch.length} events: ${text.slice(0, 300)}`)
      return queue.acknowledge(batch.filter((_entry, index) => !refused.has(index)))
    }
    onTrouble(`the collector ${url} answers ${status || 'nothing'}; events are kept and tried again`)
    if (status === 413 && batch.length > 1) {
      // Too much at once: as if it had failed often enough to be cut in half.
      for (const entry of batch) entry.attempts = Math.max(entry.attempts, bisectAfter)
      return retry(batch, 0)
    }
    if (status === 413) return queue.lose(batch, 'too-big')
    if (status >= 400 && status < 500 && ![408, 425, 429].includes(status))
      return queue.lose(batch, 'rejected')
    return retry(batch, retryAfter(wait, clock.toEpoch(clock.now())))
  }

  const fly = async (batch: readonly Entry[], leaving: boolean) => {
    const now = clock.now()
    const sentAt = clock.toEpoch(now)
    const events = batch.map(({ event, made, madeHere }) => {
      const ageMs = Math.max(0, Math.round(madeHere === undefined ? sentAt - made : now - madeHere))
      return { ...event, ageMs }
    })
    const attempt = (batch[0]?.attempts ?? 0) + 1
    const { url: address, headers, body } = encoder.encode(events, { url, key, sentAt, attempt })
    const request = { method: 'POST', headers, body, timeoutMs } as const
    const size = batch.reduce((sum, entry) => sum + entry.size, 0)
    for (const entry of batch) entry.sending = true
    flying.bytes += size
    try {
      const answer = await send(address, { ...request, keepalive: true }).catch((error: unknown) => {
        // Over the page's shared quota looks like a network fault: once more without it, while the page lives.
        if (leaving) throw error
        return send(address, request)
      })
      await settle(batch, answer.status, answer.text, answer.header('retry-after'))
    } catch {
      await settle(batch, 0, '', null)
    } finally {
      flying.bytes -= size
      for (const entry of batch) entry.sending = false
    }
  }

  return {
    /**
     * Sends what is due; resolves when that is answered. `leaving`: the page goes, so nothing waits its turn.
     */
    async deliver(leaving = false): Promise<void> {
      if (!leaving && state.pausedUntil > clock.now()) return
      while (flying.requests.size < inFlightRequests) {
        const batch = next(leaving)
        if (batch.length === 0) break
        const flight = fly(batch, leaving).finally(() => flying.requests.delete(flight))
        flying.requests.add(flight)
      }
      await Promise.all(flying.requests)
    },
    /** When the next try is worth it, or undefined when nothing waits. */
    dueAt: () => {
      const waiting = queue.entries().filter((entry) => !entry.sending)
      return waiting.length
        ? Math.max(state.pausedUntil, Math.min(...waiting.map((entry) => entry.dueAt)))
        : undefined
    },
  }
}

/** `Retry-After` in seconds or as a date. */
const retryAfter = (header: string | null, now: number): Millis | undefined => {
  if (!header) return undefined
  const ms = Number(header) >= 0 ? Number(header) * 1000 : Date.parse(header) - now
  return ms >= 0 ? ms : undefined
}
