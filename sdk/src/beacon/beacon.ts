import type { BeaconEvent } from '../../schema/event'
import type { Platform, Send } from '../platform/platform'
import { later, type Millis, type PageTime, type Stop } from '../time'
import { createDelivery, gatherMs, type DeliveryOptions, type Urgency } from './delivery'
import { ndjson } from './encode/ndjson'
import type { Wire } from './encoder'
import { leaseMs, type Losses } from './entry'
import { createQueue, type Queue } from './queue'
import { slimmed } from './slimmed'
import { tell } from './tell'

const commitMs = 250
/** No two looks at the queue are closer together. */
const restMs = 200

export interface BeaconOptions {
  readonly platform: Platform
  readonly send: Send
  readonly url: string
  readonly key: string | undefined
  /** This page's name in the leases of its events; no other page has it, not even one of the same tab. */
  readonly owner: string
  /** Makes the summary event of what was lost since the last one. */
  readonly lossEvent: (counts: Record<string, number>) => BeaconEvent
  /** @default ndjson */
  readonly encoder?: Wire | undefined
  /** Bytes that an event (as JSON) takes in a batch of that format; throws where it is too big for any. */
  readonly weigh?: ((text: string) => number) | undefined
  /** Keys of what it keeps on the device begin so. */
  readonly prefix?: string
  /** Events that were lost before there was a beacon. */
  readonly lost?: Losses | undefined
  readonly most?: DeliveryOptions['most']
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
  lossEvent,
  weigh,
  encoder: format = ndjson,
  prefix = 'e:',
  ...to
}: BeaconOptions): Beacon {
  const { clock, guard, listen, say, store } = platform
  const random = () => new DataView(platform.random(4).buffer).getUint32(0) / 2 ** 32
  const queue = createQueue({
    clock,
    store,
    owner: to.owner,
    prefix,
    onFault: (mendMs) => commitIn(mendMs),
  })
  queue.miss(to.lost ?? {})
  const delivery = createDelivery({
    ...to,
    clock,
    queue,
    encoder: format,
    random,
    onTrouble(line) {
      if (!state.told) say('warn', line)
      state.told = true
    },
  })

  const state = { open: false, cached: false, sendAt: 0, told: false }
  const timers: Record<'send' | 'commit' | 'adopt', Stop | undefined> = {
    send: undefined,
    commit: undefined,
    adopt: undefined,
  }

  const take = (event: BeaconEvent, at: PageTime) => {
    const told = tell(event, weigh) ?? tell(slimmed(event), weigh)
    if (told) queue.add(told, at)
    else queue.miss({ 'too-big': 1 })
  }

  /** While the collector takes nothing, reports of loss would only crowd out events. */
  const report = (leaving = false) => {
    const counts = state.open && (leaving || delivery.well()) && queue.takeUnreported()
    if (counts) take(lossEvent(counts), clock.now())
  }
  const deliver = guard('beacon', async (urgency?: Urgency) => {
    if (!state.open) return
    timers.send?.()
    timers.send = undefined
    report(urgency === 'leaving')
    await delivery.deliver(urgency)
    report()
    if (queue.wantsMore() && delivery.well()) void adopt()
    schedule(queue.full() ? clock.now() : delivery.dueAt())
  })
  const commit = guard('beacon/commit', (last?: boolean) => {
    timers.commit?.()
    timers.commit = undefined
    return queue.commit(last)
  })
  const commitIn = (ms: Millis) => {
    if (state.open) timers.commit ??= clock.after(ms, () => void commit())
  }
  const schedule = (dueAt: PageTime | undefined) => {
    if (!state.open || dueAt === undefined) return
    const at = Math.max(dueAt, delivery.pausedUntil(), clock.now() + restMs)
    if (timers.send && state.sendAt <= at) return
    timers.send?.()
    state.sendAt = at
    timers.send = clock.after(at - clock.now(), () => void deliver())
  }
  /** Looks for what a page that is gone has left, and again when the next page's lease ends. */
  const adopt = async (otherwise?: Millis) => {
    const freeIn = (await queue.adopt()) ?? otherwise
    if (!state.open) return
    timers.adopt?.()
    const wait = Math.max(freeIn ?? 0, delivery.pausedUntil() - clock.now()) + restMs
    timers.adopt = freeIn === undefined ? undefined : clock.after(wait, () => void adopt())
    schedule(delivery.dueAt())
  }

  const leave = () => {
    // Not on the way into the back/forward cache: a transaction that is still open when the next page wants the
    // database costs the shopper the cached page (Chromium 156).
    if (!state.cached) void commit(true)
    void deliver('leaving')
  }
  const back = () => {
    state.cached = false
    void commit()
    void deliver('back')
  }
  const hide = (event: Event) => {
    state.cached = (event as PageTransitionEvent).persisted
    leave()
  }
  // Bubble phase on window: after everybody else's last words.
  const last = { capture: false }
  const stops = [
    listen(window, 'pagehide', hide, last),
    listen(window, 'visibilitychange', () => document.visibilityState === 'hidden' && leave(), last),
    listen(document, 'freeze', leave),
    listen(window, 'online', back),
    listen(window, 'pageshow', (event) => (event as PageTransitionEvent).persisted && back()),
  ]

  return {
    add(event, at) {
      take(event, at)
      if (!state.open) return
      // After an outcome the page often goes. Those of one task go into one transaction: when the page dies the browser
      // drops all but the one that it is at.
      if (event.type === 'outcome') queueMicrotask(() => void commit())
      else commitIn(commitMs)
      // Never in this task: a nudge may be waiting for its frame.
      schedule(queue.full() && delivery.ready() ? clock.now() : later(clock.now(), gatherMs))
    },
    open() {
      if (state.open) return
      state.open = true
      queue.persist(true)
      void commit()
      // What this tab's last page left may be written only after the first look.
      void adopt(leaseMs)
      schedule(queue.full() ? clock.now() : delivery.dueAt())
    },
    close() {
      state.open = false
      for (const stop of Object.values(timers)) stop?.()
      timers.send = timers.commit = undefined
      queue.persist(false)
      queue.lose(queue.entries(), 'consent')
    },
    async flush() {
      await commit()
      await deliver('flush')
    },
    counts: queue.counts,
    stop() {
      leave()
      state.open = false
      for (const stop of [...Object.values(timers), ...stops]) stop?.()
    },
  }
}
