import type { BeaconEvent } from '../schema/event'
import type { Send, Sending } from '../src/platform/platform'
import type { Clock, Millis } from '../src/time'

/** How the network and the collector treat one request. */
export interface Reply {
  /** 0: the connection fails, and `fetch` rejects. @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly text?: string
  readonly afterMs?: Millis
  /** No answer ever: the request is aborted when its time is over. */
  readonly hang?: boolean
  /** The collector has stored what came. @default a 2xx */
  readonly arrives?: boolean
}

export interface Sent extends Sending {
  readonly url: string
  /** Page time at which it was sent. */
  readonly at: number
  /** The same for all pages. */
  readonly epoch: number
  readonly events: readonly BeaconEvent[]
  readonly bytes: number
  readonly reply: Reply
  answered: boolean
  /** Epoch ms at which the page heard the answer. */
  answeredAt?: number
}

/** The collector has stored what came, whatever the page hears of it. */
export const arrives = ({ arrives, hang = false, status = 200 }: Reply) =>
  arrives ?? (!hang && status >= 200 && status < 300)

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const eventsOf = (body: string | undefined) =>
  (body ?? '').split('\n').flatMap((line): BeaconEvent[] => {
    try {
      return [JSON.parse(line) as BeaconEvent]
    } catch {
      return []
    }
  })

/** A network that does as it is told, request by request. A page that is gone or frozen hears nothing: its clock says so. */
export function createFakeSend(clock: Clock, reply: (request: Sent) => Reply) {
  const sent: Sent[] = []
  const flying = new Set<Sent>()
  const most = { keepaliveBytes: 0, requests: 0 }
  const stored = new Map<string, number>()

  const send: Send = (url, sending) => {
    const bytes = bytesOf(sending.body ?? '')
    const now = clock.now()
    const draft = {
      ...sending,
      url,
      at: now,
      epoch: clock.toEpoch(now),
      events: eventsOf(sending.body),
      bytes,
      answered: false,
    }
    const request: Sent = { ...draft, reply: {} }
    const answer = reply(request)
    Object.assign(request, { reply: answer })
    sent.push(request)
    flying.add(request)
    const kept = [...flying].filter(({ keepalive }) => keepalive)
    most.keepaliveBytes = Math.max(
      most.keepaliveBytes,
      kept.reduce((sum, it) => sum + it.bytes, 0),
    )
    most.requests = Math.max(most.requests, flying.size)

    const { status = 200, headers = {}, text = '', afterMs = 0, hang = false } = answer
    if (arrives(answer)) for (const { id } of request.events) stored.set(id, (stored.get(id) ?? 0) + 1)
    return new Promise((resolve, reject) => {
      const late = hang || afterMs > sending.timeoutMs
      clock.after(late ? sending.timeoutMs : afterMs, () => {
        flying.delete(request)
        request.answered = true
        request.answeredAt = clock.toEpoch(clock.now())
        if (late) reject(new DOMException('This operation was aborted', 'AbortError'))
        else if (status === 0) reject(new TypeError('Failed to fetch'))
        else {
          const bytes = new TextEncoder().encode(text).buffer
          resolve({ status, text, bytes, header: (name) => headers[name.toLowerCase()] ?? null })
        }
      })
    })
  }
  return {
    send,
    sent,
    flying,
    /** The most that was ever under way at once. */
    most,
    /** What the collector has, by id: how often it came. */
    stored,
    /** Ids by request. */
    batches: () => sent.map(({ events }) => events.map(({ id }) => id)),
  }
}
