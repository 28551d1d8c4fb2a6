import type { BeaconEvent } from '../../schema/event'
import { bare } from '../bare'
import { ofNavigator } from '../of-navigator'
import type { Answer, Send } from '../platform/platform'
import type { Clock, Millis, PageTime } from '../time'
import { later } from '../time'
import type { Wire } from './encoder'
import { keptMs, lastRetryMs, type Entry } from './entry'
import type { Queue } from './queue'

/** A quarter of the 64 KiB of keepalive bodies that the whole page shares: the shop's own beacons must still fly. */
const inFlightBytes = 16_000
const inFlightRequests = 4
const batchBytes = 14_000
const timeoutMs = 5_000
const firstRetryMs = 1_000
const tries = 10
/** After so many failures a batch is cut in half each time, until the one bad event stands alone. */
const bisectAfter = 3
/** A request that failed without a word may have arrived (a CORS-denied one does): after so many, go slow. */
const silentTries = 3
/** What stands for an answer where none came: the request failed, or it took too long. */
type Heard = Pick<Answer, 'status' | 'text' | 'header'>
const failed: Heard = { status: 0, text: '', header: () => null }
const late: Heard = { ...failed }
/** Fresh events gather for so long. */
export const gatherMs = 5_000

/**
 * `due`: what is due, unless the collector is to be left alone · `back`: the network or the page is back, so no
 * need to wait out a failure · `flush`: all, now · `leaving`: all, and nothing that needs a living page.
 */
export type Urgency = 'due' | 'back' | 'flush' | 'leaving'

export interface Most {
  readonly batch: number
  readonly bytes: number
  readonly requests: number
}

export interface DeliveryOptions {
  readonly clock: Clock
  readonly queue: Queue
  readonly send: Send
  readonly encoder: Wire
  /** What of the page's room in flight is this format's, where there are several. */
  readonly most?: Most | undefined
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
export function createDelivery(options: DeliveryOptions) {
  const { clock, queue, send, encoder, url, key, random, onTrouble } = options
  const { most = { batch: batchBytes, bytes: inFlightBytes, requests: inFlightRequests } } = bare(options)
  const flying = { bytes: 0, requests: new Set<Promise<void>>() }
  const never = -Infinity as PageTime
  /** `asked`: the collector itself said when to come again. */
  const state = { took: true, failures: 0, failedAt: never, pausedUntil: never, asked: false }

  /** The next of `all` that may go together: due, not under way, tried equally often, small enough. */
  const next = (all: readonly Entry[], urgency: Urgency): Entry[] => {
    const now = clock.now()
    const batch: Entry[] = []
    let room = Math.min(most.batch, most.bytes - flying.bytes)
    for (const entry of all) {
      if (entry.sending || !queue.has(entry)) continue
      // A leaving page has no time to ask the database whose it is: then it is the next page's.
      if (urgency === 'due' ? entry.dueAt > now : urgency === 'leaving' && queue.stale(entry)) continue
      const [head = entry] = batch
      if (entry.attempts !== head.attempts) continue
      room -= entry.size
      // One that is larger than this format's share goes alone.
      if ((room < 0 && (batch.length || flying.bytes)) || batch.length >= Math.min(head.most, entry.most))
        break
      batch.push(entry)
    }
    return batch
  }

  const retry = (batch: readonly Entry[], at: PageTime, answer: Heard) => {
    const now = clock.now()
    const { status } = answer
    const waitMs = retryAfter(answer.header('retry-after'), clock.toEpoch(now))
    const offline = !status && !ofNavigator(({ onLine }) => onLine, true)
    const wait = (attempts: number) => {
      if (waitMs !== undefined) return Math.min(lastRetryMs, Math.max(firstRetryMs, waitMs))
      // One that took too long is no refusal: the collector or the machine is slow, as with a 503.
      if (offline || (answer === failed && attempts >= silentTries)) return lastRetryMs
      return random() * Math.min(lastRetryMs, firstRetryMs * 2 ** attempts)
    }
    // Requests that fail together are one failure of the collector's.
    if (state.failedAt <= at) state.failures++
    state.failedAt = now
    state.asked = waitMs !== undefined
    state.pausedUntil = later(now, wait(state.failures))
    // What was sent together stays together.
    const dueAt = later(now, wait(batch[0]!.attempts + 1))
    for (const entry of batch) {
      // A try with no network, or before its turn because the page was hidden, uses up none.
      if (!offline && entry.dueAt <= at) entry.attempts++
      entry.dueAt = dueAt
      if (status >= 500 && entry.attempts >= bisectAfter) entry.most = Math.max(1, batch.length >> 1)
    }
    const tooOld = clock.toEpoch(now) - keptMs
    queue.lose(
      batch.filter(({ attempts, made }) => attempts >= tries || made < tooOld),
      'expired',
    )
    return Promise.all([queue.renew(batch), queue.commit()])
  }

  const lose = (batch: readonly Entry[], why: 'too-big' | 'rejected') => {
    queue.lose(batch, why)
    return queue.commit()
  }

  const settle = (batch: readonly Entry[], at: PageTime, answer: Heard): Promise<unknown> => {
    const { status } = answer
    state.took = status >= 200 && status < 300
    if (state.took) {
      state.failures = 0
      state.pausedUntil = never
      const refused = new Set(encoder.refused(answer.text, batch.length))
      queue.lose(
        batch.filter((_entry, index) => refused.has(index)),
        'rejected',
      )
      if (refused.size)
        onTrouble(
          `the collector refused ${refused.size} of ${batch.length} events: ${answer.text.slice(0, 300)}`,
        )
      return queue.acknowledge(batch)
    }
    const splits = encoder.splitsOn?.includes(status) && batch.length > 1
    if (status === 413 || splits) {
      if (batch.length === 1) return lose(batch, 'too-big')
      for (const entry of batch) entry.most = batch.length >> 1
      return Promise.resolve()
    }
    onTrouble(`the collector ${url} answers ${status || 'nothing'}; events are kept and tried again`)
    if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) return lose(batch, 'rejected')
    return retry(batch, at, answer)
  }

  const encode = (batch: readonly Entry[], now: PageTime) => {
    const sentAt = clock.toEpoch(now)
    const events = batch.map(({ text, made, madeHere }) => {
      const ageMs = Math.max(0, Math.round(madeHere === undefined ? sentAt - made : now - madeHere))
      return { ...(JSON.parse(text) as BeaconEvent), ageMs }
    })
    return encoder.encode(events, { url, key, sentAt, attempt: batch[0]!.attempts + 1 })
  }

  const exchange = async (batch: readonly Entry[], leaving: boolean): Promise<void> => {
    const at = clock.now()
    const { url: address = url, keepalive = true, ...encoded } = encode(batch, at)
    const ask = (keepalive: boolean): Promise<Heard> =>
      send(address, { method: 'POST', timeoutMs, ...encoded, keepalive }).catch((error?: Error) =>
        error?.name === 'AbortError' ? late : failed,
      )
    let answer = await ask(keepalive)
    // Over the page's shared quota looks like a network fault. A page that was frozen hears of it late, and what it
    // sent may be another's by now.
    if (answer === failed && keepalive && !batch.some((entry) => queue.stale(entry, timeoutMs))) {
      if (leaving && batch.length > 1) {
        queue.hold(batch.slice(batch.length >> 1), false)
        return exchange(batch.slice(0, batch.length >> 1), leaving)
      }
      if (!leaving) answer = await ask(false)
    }
    await settle(batch, at, answer)
  }

  const fly = async (batch: readonly Entry[], leaving: boolean) => {
    const size = batch.reduce((sum, entry) => sum + entry.size, 0)
    queue.hold(batch, true)
    flying.bytes += size
    try {
      // Mostly there is nothing to wait for, and the request leaves in this very task: the page may have no other.
      const renewed = queue.renew(batch, true)
      if (renewed) await renewed
      queue.lose(
        batch.filter(({ text }) => !isJson(text)),
        'rejected',
      )
      const ours = batch.filter(queue.has)
      if (ours.length) await exchange(ours, leaving)
    } finally {
      flying.bytes -= size
      queue.hold(batch, false)
    }
  }

  return {
    /** Sends what waits, round by round as long as the collector takes it; resolves when all that is answered. */
    async deliver(urgency: Urgency = 'due'): Promise<void> {
      const paused = state.pausedUntil > clock.now()
      if (paused && (urgency === 'due' || (urgency === 'back' && state.asked))) return
      // What is made meanwhile waits for its own turn.
      const all = queue.entries()
      for (;;) {
        while (flying.requests.size < most.requests) {
          const batch = next(all, urgency)
          if (batch.length === 0) break
          const flight = fly(batch, urgency === 'leaving').finally(() => flying.requests.delete(flight))
          flying.requests.add(flight)
        }
        if (flying.requests.size === 0) break
        // An array: Zone.js waits for no other (0.16, as a script), and this would go round for ever.
        // eslint-disable-next-line unicorn/no-useless-spread -- see above
        await Promise.all([...flying.requests])
        if (state.failures > 0) break
      }
    },
    /** The collector took what it was last sent. */
    well: () => state.took,
    /** A request more may fly now. */
    ready: () => state.pausedUntil <= clock.now() && flying.bytes <= most.bytes - most.batch,
    pausedUntil: () => state.pausedUntil,
    /** When the next try is worth it, or undefined when nothing waits. Fresh events gather for a while. */
    dueAt(): PageTime | undefined {
      let first = Infinity
      for (const { sending, attempts, dueAt } of queue.entries())
        if (!sending) first = Math.min(first, attempts ? dueAt : later(dueAt, gatherMs))
      return first < Infinity ? (Math.max(first, state.pausedUntil) as PageTime) : undefined
    },
  }
}

/** A record that was damaged since it was kept would hold up all that it is sent with. */
const isJson = (text: string) => {
  try {
    return JSON.parse(text) instanceof Object
  } catch {
    return false
  }
}

/** `Retry-After` in seconds or as a date. */
const retryAfter = (header: string | null, now: number): Millis | undefined => {
  if (!header) return undefined
  const ms = Number(header) >= 0 ? Number(header) * 1000 : Date.parse(header) - now
  return ms >= 0 ? ms : undefined
}
