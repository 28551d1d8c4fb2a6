import type { BeaconEvent } from '../../../schema/event'
import type { Encoder } from '../encoder'
import { attributesOf, nanos, refusedBy, resource, scope, spanId, traceId } from './otlp-values'
import { title } from './title'

const info = { severityNumber: 9, severityText: 'INFO' }
const error = { severityNumber: 17, severityText: 'ERROR' }

/**
 * OpenTelemetry logs as JSON (`/v1/logs`): one record an event. What belongs to a decision carries the ids of the
 * trace that `otlp-traces` makes of it.
 */
export const otlp: Encoder = {
  name: 'otlp',
  contentType: 'application/json',
  splitsOn: [400],
  refused: refusedBy('rejectedLogRecords'),

  encode: (events, { key, sentAt }) => ({
    body: JSON.stringify({
      resourceLogs: [
        {
          resource: resource(key),
          scopeLogs: [{ scope: scope(events[0]!), logRecords: events.map((event) => record(event, sentAt)) }],
        },
      ],
    }),
  }),
}

const record = (event: BeaconEvent, sentAt: number) => {
  const { id, at, type, session, ...told } = event
  const { decisionId } = event as { readonly decisionId?: string }
  const name = ['splitsecond', ...title(event)].join('.')
  return {
    timeUnixNano: nanos(at),
    observedTimeUnixNano: nanos(sentAt),
    ...(type === 'error' ? error : info),
    // What reads only bodies has it whole; flattened, an attribute that is null or empty is lost.
    body: { stringValue: JSON.stringify(event) },
    attributes: [
      ...attributesOf({ 'event.name': name, 'session.id': session, 'log.record.uid': id }, ''),
      ...attributesOf(told),
    ],
    ...(decisionId && { traceId: traceId(decisionId), spanId: spanId(decisionId) }),
  }
}
