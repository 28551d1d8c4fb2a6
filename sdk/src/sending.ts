import type { BeaconEvent } from '../schema/event'
import { bare } from './bare'
import type { Acting } from './acting'
import type { Context } from './context'
import { isRouted, type Options } from './options'
import type { Brought, Rooms } from './parts/kit'
import type { Platform } from './platform/platform'
import type { PageTime, Stop } from './time'

export interface SendingOptions extends Pick<Options, 'collector' | 'format' | 'key' | 'vitals'> {
  readonly platform: Platform
  readonly context: Context
  readonly acting: Acting
  readonly rooms: Partial<Rooms>
  readonly part: (name: string) => Promise<unknown>
  /** The shopper agrees, and the script still runs. */
  readonly may: () => boolean
  readonly stops: Stop[]
  readonly named: (option: keyof Options) => string
  readonly complain: (line: string) => void
  readonly brought: (name: string) => Brought | undefined
  /** The page's own functions. */
  readonly provided: ReadonlyMap<string, (...given: unknown[]) => unknown>
}

/** Events that wait for the beacon to be loaded. */
const earlyMost = 200

/**
 * Events on their way to the beacon. Its part is loaded once the shopper agrees; the newest events before that wait in
 * memory, and are gone if he does not. Should he agree later, what went is counted.
 */
export function createSending(options: SendingOptions) {
  const { platform, context, acting, rooms, part, brought, may, stops, collector } = options
  const routed = isRouted(options)
  const wanted = routed || collector
  const state = { formats: undefined as ReturnType<Rooms['formats']> | undefined }
  const unsent: (readonly [BeaconEvent, PageTime])[] = []
  const lost = { overflow: 0, consent: 0 }
  return {
    add(event: BeaconEvent, at: PageTime): void {
      if (acting.beacon) acting.beacon.add(event, at)
      else if (wanted) lost.overflow += unsent.splice(0, unsent.push([event, at]) - earlyMost).length
    },
    async open(): Promise<void> {
      if (!wanted) return
      await Promise.all([rooms.beacon || part('beacon'), routed && !rooms.formats && part('formats')])
      if (!rooms.beacon || !may()) return
      const { createBeacon, whenIdle } = rooms.beacon
      const create = routed
        ? await (state.formats ??= rooms.formats?.(
            bare({
              ...options,
              createBeacon,
              load: async (name) => {
                await part(name)
                return brought(name)?.format
              },
            }),
          ))
        : createBeacon
      if (!create || !may()) return
      if (!acting.beacon) {
        acting.beacon = create({
          platform,
          url: String(collector),
          key: options.key,
          owner: context.view,
          lost,
          lossEvent: (counts) => context.event({ type: 'loss', counts }, platform.clock.now()),
        })
        if (options.vitals !== false) stops.push(whenIdle(platform, () => void part('vitals')))
        for (const [event, at] of unsent.splice(0)) acting.beacon.add(event, at)
      }
      acting.beacon.open()
    },
    close(): void {
      lost.consent += unsent.splice(0).length
      acting.beacon?.close()
    },
  }
}
