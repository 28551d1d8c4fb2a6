import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Type } from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { bodyOf, clicked, context, everyKind, ghost, missed, shown, splits } from './events.fixture'
import { otlp } from './otlp'
import { otlpTraces } from './otlp-traces'

/** The definitions that OpenTelemetry publishes, as its own exporters carry them. */
const { opentelemetry } = createRequire(import.meta.url)(
  '@opentelemetry/otlp-transformer/build/src/generated/root',
) as { opentelemetry: { proto: { collector: Record<string, { v1: Record<string, Type> }> } } }
const { logs, trace } = opentelemetry.proto.collector
const logsRequest = logs!['v1']['ExportLogsServiceRequest']!
const traceRequest = trace!['v1']['ExportTraceServiceRequest']!

/** Ids are hex in OTLP's JSON, where protocol buffers have bytes. */
const ids = /^(traceId|spanId|parentSpanId)$/
const toBytes = (json: unknown): unknown =>
  JSON.parse(JSON.stringify(json), (key, value: unknown) =>
    ids.test(key) ? Buffer.from(String(value), 'hex').toString('base64') : value,
  )

/** What is left of a request that went through the wire format: what the definitions do not know is not. */
const overTheWire = (type: Type, json: unknown) => {
  const given = toBytes(json) as Record<string, unknown>
  expect(type.verify(type.fromObject(given))).toBeNull()
  const read = type.decode(type.encode(type.fromObject(given)).finish())
  return { given, read: type.toObject(read, { longs: String, bytes: String }) }
}

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
}
const spansOf = (...events: Parameters<typeof otlpTraces.encode>[0][number][]) => {
  const body = bodyOf(otlpTraces, events) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
  return body.resourceSpans[0]!.scopeSpans[0]!.spans
}
const lasts = ({ startTimeUnixNano: from, endTimeUnixNano: to }: Span) =>
  Number(BigInt(to) - BigInt(from)) / 1e6

describe('by the published definitions', () => {
  test('logs come out of the wire format as they went in', () => {
    const { given, read } = overTheWire(logsRequest, bodyOf(otlp))
    expect(read).toEqual(given)
  })

  test('so do traces', () => {
    const { given, read } = overTheWire(traceRequest, bodyOf(otlpTraces))
    expect(read).toEqual(given)
  })

  test('the check sees a field that there is not', () => {
    const body = bodyOf(otlp) as { resourceLogs: { scopeLogs: { logRecords: object[] }[] }[] }
    Object.assign(body.resourceLogs[0]!.scopeLogs[0]!.logRecords[0]!, { timestamp: 1 })
    const { given, read } = overTheWire(logsRequest, body)
    expect(read).not.toEqual(given)
  })
})

/** The kinds of all values, by path; of lists, what any entry has. */
const shape = (value: unknown, path = '', into = new Map<string, string>()) => {
  if (Array.isArray(value)) for (const one of value) shape(one, `${path}[]`, into)
  else if (value && typeof value === 'object')
    for (const [name, one] of Object.entries(value)) shape(one, `${path}.${name}`, into)
  else into.set(path, typeof value)
  return into
}
const folder = new URL('../../../../../shared/data/otlp-examples/', import.meta.url)
describe.skipIf(!existsSync(folder))('beside the examples of the specification', () => {
  test.each([
    ['logs.json', otlp],
    ['trace.json', otlpTraces],
  ])('what %s has too is of the same kind there', (file, encoder) => {
    const example = shape(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
    const ours = shape(bodyOf(encoder))
    const both = [...ours].filter(([path]) => example.has(path))
    expect(both.length).toBeGreaterThan(8)
    for (const [path, kind] of both) expect([path, kind]).toEqual([path, example.get(path)])
  })
})

describe('a nudge is a trace', () => {
  test('its splits are spans below it, end to end, as long as they took, and the paint ends it', () => {
    const [root, ...steps] = spansOf(shown)
    expect(steps.map(({ name }) => name)).toEqual([
      'wait',
      'capture',
      'detect',
      'profile',
      'decide',
      'mount',
      'paint',
    ])
    for (const step of steps) {
      expect(step).toMatchObject({ traceId: root!.traceId, parentSpanId: root!.spanId })
      expect(lasts(step)).toBeCloseTo(splits[step.name as keyof typeof splits], 2)
    }
    for (const [index, { startTimeUnixNano }] of steps.entries())
      expect(startTimeUnixNano).toBe(
        (steps[index - 1] ?? { endTimeUnixNano: root!.startTimeUnixNano }).endTimeUnixNano,
      )
    expect(steps.at(-1)!.endTimeUnixNano).toBe(root!.endTimeUnixNano)
    expect(root!.endTimeUnixNano).toBe(`${shown.at}000000`)
    expect(lasts(root!)).toBeCloseTo(2011.8, 1)
  })

  test('how long it was seen comes later, and finds its trace', () => {
    const [root] = spansOf(shown)
    const [seen] = spansOf(clicked)
    expect(seen).toMatchObject({
      traceId: root!.traceId,
      parentSpanId: root!.spanId,
      name: 'seen until clicked',
    })
    expect(lasts(seen!)).toBeCloseTo(3210.4, 1)
  })

  test('no two spans of it have one id, a retry has the same ones', () => {
    const all = [...spansOf(shown), ...spansOf(clicked)].map(({ spanId }) => spanId)
    expect(new Set(all).size).toBe(all.length)
    for (const id of all) expect(id).toMatch(/^(?!0+$)[0-9a-f]{16}$/)
    expect(spansOf(shown)[0]!.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/)
    expect(otlpTraces.encode([shown], { ...context, attempt: 2 })).toEqual(
      otlpTraces.encode([shown], context),
    )
  })

  test('a held-out one ends at the decision; a missed one has no steps; nothing else is a trace', () => {
    expect(spansOf(ghost).at(-1)!.name).toBe('decide')
    expect(spansOf(missed)).toHaveLength(1)
    expect(everyKind.filter(otlpTraces.takes!)).toEqual([shown, ghost, clicked, missed])
  })

  test('its log records carry the ids of its trace', () => {
    const body = bodyOf(otlp, [shown]) as { resourceLogs: { scopeLogs: { logRecords: Span[] }[] }[] }
    const { traceId, spanId } = body.resourceLogs[0]!.scopeLogs[0]!.logRecords[0]!
    expect({ traceId, spanId }).toEqual({
      traceId: spansOf(shown)[0]!.traceId,
      spanId: spansOf(shown)[0]!.spanId,
    })
  })
})

test('what a collector takes in part is counted as refused, as many as it says, and never more than were sent', () => {
  const answer = (partialSuccess: object) => JSON.stringify({ partialSuccess })
  expect(otlp.refused!(answer({ rejectedLogRecords: '2', errorMessage: 'too old' }), 5)).toHaveLength(2)
  expect(otlpTraces.refused!(answer({ rejectedSpans: 40 }), 5)).toHaveLength(5)
  for (const fine of [
    '',
    '{}',
    answer({ errorMessage: 'a warning' }),
    '<html>',
    answer({ rejectedLogRecords: 'x' }),
  ])
    expect(otlp.refused!(fine, 5)).toEqual([])
})
