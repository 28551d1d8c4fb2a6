import type { Encoder } from './encoder'

/** Formats that there is a part for; the default is in the beacon's own. */
export const formats = [
  'ndjson',
  'cloudevents',
  'otlp',
  'otlp-traces',
  'segment',
  'snowplow',
  'posthog',
  'clickhouse',
  'datalayer',
  'callback',
] as const
/** These stay in the page. */
const inPage = /^(datalayer|callback)$/
/** So many requests may be under way at once: one for each is the least. */
const requestsMost = 4

/** Where events go, as it was written: a format of ours by its name, a module by its address, or an encoder itself. */
export interface Route {
  readonly format: string | Encoder
  /** Absent where the events stay in the page. */
  readonly url?: string
}

export interface RoutesOptions {
  readonly format?: unknown
  readonly collector?: unknown
  /** How an option is called where the developer wrote it. */
  readonly named: (option: 'format' | 'collector') => string
  readonly complain: (line: string) => void
}

/**
 * Which format goes to which address: the nth that needs one has the nth. Where anything is wrong there is one line
 * that says so, and no route at all: an event must not come to the wrong place.
 */
export function readRoutes({ format, collector, named, complain }: RoutesOptions): Route[] {
  const wrong = (option: 'format' | 'collector', wanted: string, found: unknown) => {
    complain(`${named(option)}: wanted ${wanted}, found ${JSON.stringify(found) ?? typeof found}`)
    return []
  }
  const wanted = listOf(format ?? 'ndjson')
  const stray = wanted.find((one) => !isFormat(one))
  if (stray !== undefined || !wanted.length) {
    const known = formats.map((name) => `"${name}"`).join(', ')
    return wrong('format', `${known}, the address of a module or an encoder`, stray)
  }
  const sent = (wanted as Route['format'][]).filter((one) => !isInPage(one))
  const urls = listOf(collector)
  if (sent.length > requestsMost)
    return wrong('format', `at most ${requestsMost} formats that are sent`, sent.map(nameOf))
  const names = sent.map(nameOf).join(', ') || 'no format that is sent'
  if (sent.length !== urls.length) {
    const many = `${sent.length} address${sent.length === 1 ? '' : 'es'} (${names})`
    return wrong('collector', many, urls)
  }
  const bad = urls.findIndex((url) => !isAddress(url))
  if (bad >= 0) return wrong('collector', `an address for ${nameOf(sent[bad]!)}`, urls[bad])
  const left = urls.values() as IterableIterator<string>
  return (wanted as Route['format'][]).map((one) =>
    isInPage(one) ? { format: one } : { format: one, url: left.next().value as string },
  )
}

const listOf = (value: unknown): unknown[] =>
  typeof value === 'string' ? value.trim().split(/\s+/) : value === undefined ? [] : [value].flat()

const isInPage = (format: Route['format']) => typeof format === 'string' && inPage.test(format)
const nameOf = (format: Route['format']) => (typeof format === 'string' ? format : format.name)

/** A module is told from a format by its slash: `/my-format.js`. */
const isFormat = (format: unknown) =>
  typeof format === 'string'
    ? (formats as readonly string[]).includes(format) || (format.includes('/') && isAddress(format))
    : isEncoder(format)

/** What has a name, a content type and writes events is an encoder. */
export const isEncoder = (it: unknown): it is Encoder => {
  const { name, contentType, encode } = (it ?? {}) as Partial<Record<keyof Encoder, unknown>>
  return !!name && typeof name === 'string' && typeof contentType === 'string' && typeof encode === 'function'
}

const isAddress = (value: unknown) => {
  try {
    return typeof value === 'string' && /^https?:$/.test(new URL(value, document.baseURI).protocol)
  } catch {
    return false
  }
}
