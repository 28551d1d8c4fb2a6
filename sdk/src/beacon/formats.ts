import type { BeaconEvent } from '../../schema/event'
import type { Send } from '../platform/platform'
import type { Beacon, BeaconOptions } from './beacon'
import { ndjson } from './encode/ndjson'
import type { Encoder, Format, Provided, Wire } from './encoder'
import { handing } from './in-page'
import { isEncoder, readRoutes, type Route, type RoutesOptions } from './routes'

type Counts = ReturnType<Beacon['counts']>
type Open = (options: Omit<BeaconOptions, 'url' | 'send'>) => Beacons

export interface FormatsOptions extends RoutesOptions {
  /** Loads a format of ours. */
  readonly load: (name: string) => Promise<Format | undefined>
  readonly provided: Provided
  /** `send`: where the events stay in the page. */
  readonly createBeacon: (options: Omit<BeaconOptions, 'send'> & { readonly send?: Send }) => Beacon
}

/** Several beacons that are told the same. */
export interface Beacons extends Omit<Beacon, 'counts'> {
  /** By format: what one has lost, another may have delivered. */
  counts(): Readonly<Record<string, Counts>>
}

/** A request has so much at most, whatever its format. */
const batchBytes = 14_000
/** The whole page has so much in flight: a quarter of what browsers give it, as with one format. */
const inFlightBytes = 16_000
const inFlightRequests = 4
/** The end of its line. */
const addedBytes = 2
/** Widest `ageMs` that an event is sent with: 24 h. */
const widest = 86_400_000

/**
 * Formats other than the default, or several: each has a beacon of its own, with its own queue, records, leases and
 * retries, so that a collector which is down holds back no other. Together they keep to what one may have in flight.
 */
export async function createFormats(options: FormatsOptions): Promise<Open | undefined> {
  const { complain, named, load } = options
  const find = async (format: Route['format']): Promise<Format | undefined> => {
    if (typeof format !== 'string') return format
    if (!format.includes('/')) return format === 'ndjson' ? byDefault : load(format)
    const address = new URL(format, document.baseURI).href
    try {
      const brought = (await import(/* @vite-ignore */ /* webpackIgnore: true */ address)) as {
        default?: unknown
      }
      if (isEncoder(brought.default)) return brought.default
      complain(
        `${named('format')}: wanted a module whose default export is an encoder, found none in ${format}`,
      )
    } catch (error) {
      complain(`${named('format')}: wanted a module, found none at ${format} (${String(error)})`)
    }
    return undefined
  }
  const routes = readRoutes(options)
  const found = await Promise.all(
    routes.map(async ({ format, url }) => ({ format: await find(format), url })),
  )
  const known = found.flatMap(({ format, url }) => (format ? [{ format, url }] : []))
  return known.length ? (to) => openAll(known, options, to) : undefined
}

function openAll(
  routes: readonly { readonly format: Format; readonly url: string | undefined }[],
  { createBeacon, provided }: FormatsOptions,
  to: Parameters<Open>[0],
): Beacons {
  const share = routes.filter(({ url }) => url !== undefined).length
  const bytes = inFlightBytes / share
  const names: string[] = []
  const all = routes.map(({ format, url }) => {
    // The same format twice has two collectors, and two queues.
    const again = names.filter((name) => name === format.name).length
    names.push(format.name)
    const name = format.name + (again ? `-${again + 1}` : '')
    const prefix = name === 'ndjson' ? 'e:' : `e-${name}:`
    // A collector finds gaps by `seq`: each counts what was made for it.
    const state = { seq: 0 }
    const numbered = (event: BeaconEvent) => ({ ...event, seq: ++state.seq })
    const { guard } = to.platform
    const own = {
      ...to,
      // Nobody knows how many of those it would have been for.
      lost: format.takes ? {} : to.lost,
      // One that fails is switched off alone.
      platform: {
        ...to.platform,
        guard: ((part, run, alone) => guard(`${part}/${name}`, run, alone)) as typeof guard,
      },
      prefix,
      lossEvent: (counts: Record<string, number>) => numbered(to.lossEvent(counts)),
    }
    const { largestBody = batchBytes } = format as Partial<Encoder>
    const batch = Math.min(batchBytes, bytes, largestBody)
    const most = { batch, bytes, requests: Math.floor(inFlightRequests / share) }
    const beacon =
      'hand' in format
        ? createBeacon({
            ...own,
            url: `for "${name}" in the page`,
            encoder: { encode: (events) => ({ body: JSON.stringify(events) }), refused: () => [] },
            send: handing(format, provided, to.platform),
          })
        : createBeacon({
            ...own,
            url: url!,
            most,
            encoder: careful(format, most.bytes),
            ...(format !== byDefault && { weigh: weighing(format, { ...to, url: url! }) }),
          })
    const takes = format.takes ?? (() => true)
    const add: Beacon['add'] = (event, at) => takes(event) && beacon.add(numbered(event), at)
    return { ...beacon, name, add }
  })
  const each = (act: (beacon: (typeof all)[number]) => void) => () => all.forEach(act)
  return {
    add: (event, at) => all.forEach((beacon) => beacon.add(event, at)),
    open: each((beacon) => beacon.open()),
    close: each((beacon) => beacon.close()),
    flush: async () => void (await Promise.all(all.map((beacon) => beacon.flush()))),
    counts: () => Object.fromEntries(all.map(({ name, counts }) => [name, counts()])),
    stop: each((beacon) => beacon.stop()),
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** What an event takes when it is encoded: alone it is at least as large as among others. */
const weighing =
  ({ encode, largestBody = batchBytes }: Encoder, { url, key }: { url: string; key: string | undefined }) =>
  (text: string): number => {
    const event = { ...(JSON.parse(text) as BeaconEvent), ageMs: widest }
    const size = bytesOf(encode([event], { url, key, sentAt: event.at, attempt: 1 }).body) + addedBytes
    if (!(size <= Math.min(batchBytes, largestBody))) throw Error('too big')
    return size
  }

/**
 * An encoder of the shop's own may fail: what it cannot read in an answer is no refusal. What is larger than this
 * format's share of what the page may have in flight does not outlive the page.
 */
const careful = (encoder: Encoder, most: number): Wire => ({
  ...encoder,
  encode(events, context) {
    try {
      const { headers, ...encoded } = encoder.encode(events, context)
      return {
        headers: { 'content-type': encoder.contentType, ...headers },
        keepalive: bytesOf(encoded.body) <= most,
        ...encoded,
      }
    } catch {
      // Nobody is reached there: a try that failed, like any other.
      return { url: 'about:invalid', body: '' }
    }
  },
  refused(answer, sent) {
    try {
      return encoder.refused?.(answer, sent) ?? []
    } catch {
      return []
    }
  },
})

const byDefault: Encoder = { name: 'ndjson', contentType: 'text/plain', ...ndjson }
