import type { BeaconEvent } from '../../schema/event'
import type { Platform, Send } from '../platform/platform'
import type { PageTime, Stop } from '../time'
import { createDelivery } from './delivery'
import { ndjson } from './encode/ndjson'
import { createQueue, leaseMs, type Queue } from './queue'

const triggerEvents = 20
const triggerBytes = 14_000
const triggerMs = 5_000
const commitMs = 250
/** A larger event loses its free-form part, and is given up when that does not help. */
const eventBytes = 8_000

export interface BeaconOptions {
  readonly platform: Platform
  readonly send: Send
  /** The database fails: from then on events live in memory alone. */
  readonly onStoreFault: (error: unknown) => void
  readonly url: string
  readonly key: string | undefined
  readonly tab: string
  /** Makes the summary event of what was lost since the last one. */
  readonly lossEvent: (counts: Record<string, number>) => BeaconEvent
}

export interface Beacon {
  add(event: BeaconEvent, at: PageTime): void
  /** Consent came: what is in memory goes to the database and out. */
  open(): void
  /** Consent went: memory is emptied; the caller purges the database. */
  close(): void
  /** Sends all that waits; resolves when it is answered, well or not. */
  flush(): Promise<void>
  counts: Queue['counts']
  stop: Stop
}

/** Events → collector, with nothing lost that could be kept. Sends and stores nothing before `open()`. */
export function createBeacon({
  platform,
  send,
  onStoreFault,
  url,
  key,
  tab,
  lossEvent,
}: BeaconOptions): Beacon {
  const { clock, guard, listen, say, store } = platform
  const told = new Set<string>()
  const once = (kind: string) => (line: string) => {
    if (!told.has(kind)) say('warn', line)
    told.add(kind)
  }
  const queue = createQueue({
    clock,
    store,
    tab,
    onStoreFault,
  })
  const random = () => new DataView(platform.random(4).buffer).getUint32(0) / 2 ** 32
  const delivery = createDelivery({
    clock,
    queue,
    send,
    encoder: ndjson,
    url,
    key,
    random,
    onTrouble: once('collector'),
  })

  const state = { open: false, cached: false, reported: {} as Record<string, number> }
  const timers: { send?: Stop | undefined; commit?: Stop | undefined } = {}

  const reportLoss = () => {
    const { lost } = queue.counts()
    const fresh = Object.entries(lost).map(
      ([why, count]) => [why, count - (state.reported[why] ?? 0)] as const,
    )
    const counts = Object.fromEntries(fresh.filter(([, count]) => count > 0))
    state.reported = lost
    if (Object.keys(counts).length === 0) return
    const event = lossEvent(counts)
    queue.add(event, sizeOf(event), clock.now())
  }

  const deliver = guard('beacon', async (leaving?: boolean) => {
    if (!state.open) return
    timers.send?.()
    timers.send = undefined
    reportLoss()
    await delivery.deliver(leaving)
    schedule()
  })
  const commit = guard('beacon/commit', () => {
    timers.commit?.()
    timers.commit = undefined
    return queue.commit()
  })
  const schedule = (delay?: number) => {
    if (!state.open || timers.send) return
    const dueAt = delivery.dueAt()
    if (dueAt !== undefined)
      timers.send = clock.after(delay ?? Math.max(triggerMs, dueAt - clock.now()), () => void deliver())
  }

  const leave = () => {
    // Not on the way into the back/forward cache: a transaction that is still open when the next page wants the
    // database costs the shopper the cached page (Chromium 156).
    if (!state.cached) void commit()
    void deliver(true)
  }
  const back = () => {
    state.cached = false
    void commit()
    void deliver()
  }
  const stops = [
    // Bubble phase on window: after everybody else's last words.
    listen(
      window,
      'pagehide',
      (event) => ((state.cached = (event as PageTransitionEvent).persisted), leave()),
      {
        capture: false,
      },
    ),
    listen(window, 'visibilitychange', () => document.visibilityState === 'hidden' && leave(), {
      capture: false,
    }),
    listen(document, 'freeze', leave),
    listen(window, 'online', back),
    listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && back()),
  ]
  const adopt = () => queue.adopt().then(() => schedule())

  return {
    add(event, at) {
      const slim = sizeOf(event) > eventBytes ? slimmed(event) : event
      const size = sizeOf(slim)
      queue.add(slim, size, at)
      if (size > eventBytes) queue.lose(queue.entries().slice(-1), 'too-big')
      if (!state.open) return
      const waiting = queue.entries().filter((entry) => !entry.sending)
      const bytes = waiting.reduce((sum, entry) => sum + entry.size, 0)
      timers.commit ??= clock.after(event.type === 'outcome' ? 0 : commitMs, () => void commit())
      if (waiting.length >= triggerEvents || bytes >= triggerBytes) void deliver()
      else schedule(triggerMs)
    },
    open() {
      if (state.open) return
      state.open = true
      queue.persist(true)
      void commit()
      // What a dead tab left is free when its lease ends, and so is what this tab's last page left.
      void adopt()
      stops.push(clock.after(leaseMs + 1000, () => void adopt()))
      schedule()
    },
    close() {
      state.open = false
      timers.send?.()
      timers.commit?.()
      timers.send = timers.commit = undefined
      queue.persist(false)
      queue.lose(queue.entries(), 'consent')
    },
    async flush() {
      await commit()
      const acknowledged = () => queue.counts().acknowledged
      // A round carries what may be in flight at once; go on as long as the collector takes something.
      for (let before = -1; before < acknowledged() && queue.counts().queued > 0;) {
        before = acknowledged()
        await deliver(true)
      }
    },
    counts: queue.counts,
    stop() {
      leave()
      state.open = false
      timers.send?.()
      for (const stop of stops) stop()
    },
  }
}

const sizeOf = (event: BeaconEvent) => new TextEncoder().encode(JSON.stringify(event)).length

const slimmed = (event: BeaconEvent): BeaconEvent => ({
  ...event,
  ...('evidence' in event ? { evidence: {} } : {}),
  ...(event.type === 'moment' ? { moment: { ...event.moment, evidence: {} } } : {}),
  ...(event.type === 'outcome' ? { data: {} } : {}),
  truncated: true,
})
