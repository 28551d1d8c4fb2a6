import type { BeaconEvent } from '../../../schema/event'

interface Value {
  readonly stringValue?: string
  readonly boolValue?: boolean
  readonly intValue?: string
  readonly doubleValue?: number
  readonly arrayValue?: { readonly values: readonly Value[] }
}
export interface Attribute {
  readonly key: string
  readonly value: Value
}

/** Numbers that count. All others are measures, of one type whether or not they happen to be whole. */
const counts = /(^|\.)(seq|version|action|counts\.[^.]+)$/

/** 64-bit integers are text in JSON, as the mapping of protocol buffers has it. */
const valueOf = (value: unknown, key: string): Value => {
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return counts.test(key) ? { intValue: `${value}` } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.map((one) => valueOf(one, key)) } }
  return { stringValue: typeof value === 'string' ? value : JSON.stringify(value) }
}

/** Dotted keys, as OpenTelemetry names attributes; what is null or absent is none. */
export const attributesOf = (told: object, prefix = 'splitsecond.'): Attribute[] =>
  Object.entries(told).flatMap(([name, value]: [string, unknown]): Attribute[] => {
    const key = prefix + name
    if (value === null || value === undefined) return []
    if (typeof value === 'object' && !Array.isArray(value)) return attributesOf(value, `${key}.`)
    return [{ key, value: valueOf(value, key) }]
  })

/** What sends: the same for logs and spans. `session.id` is OpenTelemetry's own name for it. */
export const scope = ({ sdk }: BeaconEvent) => ({ name: 'splitsecond', version: sdk })
export const resource = (key: string | undefined) => ({
  attributes: attributesOf({ 'service.name': 'splitsecond', 'splitsecond.key': key }, ''),
})

/** Milliseconds since the epoch, to the microsecond: a nanosecond is more than a number can hold. */
export const nanos = (epochMs: number) => `${BigInt(Math.round(epochMs * 1000)) * 1000n}`

const hex = (uuid: string) => uuid.replaceAll('-', '')
/** A UUID has the 16 bytes of a trace id: what belongs to one decision is one trace. */
export const traceId = hex
/** 8 bytes: the 7 last, random ones of the UUID, and which span of it this is. The same at each retry. */
export const spanId = (uuid: string, which = 0) => hex(uuid).slice(-14) + which.toString(16).padStart(2, '0')

/** A collector tells how many it refused, not which: so many are counted, and nothing is sent again. */
export const refusedBy =
  (count: 'rejectedLogRecords' | 'rejectedSpans') => (answer: string, sent: number) => {
    try {
      const { partialSuccess } = JSON.parse(answer) as { partialSuccess?: Record<string, unknown> }
      return Array.from(
        { length: Math.min(sent, Number(partialSuccess?.[count] ?? 0)) },
        (_one, index) => index,
      )
    } catch {
      return []
    }
  }
