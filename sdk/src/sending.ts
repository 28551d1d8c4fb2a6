import type { BeaconEvent } from '../schema/event'
import type { Acting } from './acting'
import type { Context } from './context'
import type { Options } from './options'
import type { Rooms } from './parts/kit'
import type { Platform } from './platform/platform'
import type { PageTime, Stop } from './time'

export interface SendingOptions extends Pick<Options, 'collector' | 'key' | 'vitals'> {
  readonly platform: Platform
  readonly context: Context
  readonly acting: Acting
  readonly rooms: Partial<Rooms>
  readonly part: (name: string) => Promise<unknown>
  /** The shopper agrees, and the script still runs. */
  readonly may: () => boolean
  readonly stops: Stop[]
}

/** Events that wait for the beacon to be loaded. */
const earlyMost = 200

/**
 * Events on their way to the beacon. Its part is loaded once the shopper agrees; the newest events before that wait in
 * memory, and are gone if he does not.
 */
export function createSending(options: SendingOptions) {
  const { platform, context, acting, rooms, part, may, stops, collector } = options
  const unsent: (readonly [BeaconEvent, PageTime])[] = []
  return {
    add(event: BeaconEvent, at: PageTime): void {
      if (acting.beacon) acting.beacon.add(event, at)
      else if (collector) unsent.splice(0, unsent.push([event, at]) - earlyMost)
    },
    async open(): Promise<void> {
      if (!collector) return
      if (!rooms.beacon) await part('beacon')
      if (!rooms.beacon || !may()) return
      if (!acting.beacon) {
        const { createBeacon, whenIdle } = rooms.beacon
        acting.beacon = createBeacon({
          platform,
          url: collector,
          key: options.key,
          owner: context.view,
          lossEvent: (counts) => context.event({ type: 'loss', counts }, platform.clock.now()),
        })
        if (options.vitals !== false) stops.push(whenIdle(platform, () => void part('vitals')))
        for (const [event, at] of unsent.splice(0)) acting.beacon.add(event, at)
      }
      acting.beacon.open()
    },
    close(): void {
      unsent.splice(0)
      acting.beacon?.close()
    },
  }
}
