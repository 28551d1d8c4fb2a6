import type { BeaconEvent } from '../../../schema/event'
import type { Encoder } from '../encoder'
import { attributesOf, nanos, refusedBy, resource, scope, spanId, traceId } from './otlp-values'

type Nudge = Extract<BeaconEvent, { type: 'nudge' }>

type Splits = Readonly<Record<string, unknown>>

/** In the order in which they happened; what a nudge has not gone through has no span. */
const steps = ['wait', 'capture', 'detect', 'profile', 'decide', 'deferred', 'mount', 'paint'] as const

/**
 * OpenTelemetry traces as JSON (`/v1/traces`): one trace a nudge, with a span for each split, so that it opens as a
 * waterfall. How long it was then seen, and what ended that, is a span more, which comes with a later event: ids are
 * made of the decision's, so it finds its trace, and a retry brings the same spans again.
 */
export const otlpTraces: Encoder = {
  name: 'otlp-traces',
  contentType: 'application/json',
  splitsOn: [400],
  takes: ({ type }) => type === 'nudge',
  refused: refusedBy('rejectedSpans'),

  encode: (events, { key }) => ({
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: resource(key),
          scopeSpans: [{ scope: scope(events[0]!), spans: events.flatMap(spansOf) }],
        },
      ],
    }),
  }),
}

interface Span {
  readonly of: string
  /** 0 is the nudge itself, all others are below it. */
  readonly which?: number
  readonly name: string
  /** Epoch ms. */
  readonly from: number
  readonly to: number
  readonly told?: object
}

const span = ({ of, which = 0, name, from, to, told }: Span) => ({
  traceId: traceId(of),
  spanId: spanId(of, which),
  ...(which ? { parentSpanId: spanId(of) } : {}),
  name,
  kind: 1,
  startTimeUnixNano: nanos(from),
  endTimeUnixNano: nanos(to),
  ...(told && { attributes: attributesOf(told) }),
})

const spansOf = (event: BeaconEvent): unknown[] => {
  // A summary of losses comes by every format.
  if (event.type !== 'nudge')
    return [span({ of: event.id, name: event.type, from: event.at, to: event.at, told: event })]
  const { phase } = event
  return phase === 'clicked' || phase === 'dismissed' || phase === 'expired'
    ? [seen(event)]
    : waterfall(event, ('splits' in event ? event.splits : {}) as Splits)
}

const seen = (event: Extract<Nudge, { phase: 'clicked' | 'dismissed' | 'expired' }>) =>
  span({
    of: event.decisionId,
    which: steps.length + 1,
    name: `seen until ${event.phase}`,
    from: event.at - event.shownMs,
    to: event.at,
    told: { phase: event.phase, action: event.action, product: event.product },
  })

/** An event's time is the end of its last step (of a held-out one: about so); the splits lie before it, end to end. */
const waterfall = (event: Nudge, splits: Splits) => {
  const { decisionId: of, at, rule, phase } = event
  const taken = steps.flatMap((name, index) => {
    const ms = splits[name]
    return typeof ms === 'number' ? [{ name, ms, which: index + 1 }] : []
  })
  const start = at - taken.reduce((sum, { ms }) => sum + ms, 0)
  const children = taken.map(({ name, ms, which }, index) => {
    const from = start + taken.slice(0, index).reduce((sum, step) => sum + step.ms, 0)
    return span({ of, which, name, from, to: from + ms })
  })
  return [span({ of, name: `nudge ${rule} ${phase}`, from: start, to: at, told: event }), ...children]
}
