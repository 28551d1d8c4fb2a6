/** Events in the envelopes of others, for tests. */
import type { BeaconEvent } from '../../sdk/schema/event'

export const cloudEvent = (event: BeaconEvent, given: Record<string, unknown> = {}): object => ({
  specversion: '1.0',
  id: event.id,
  type: `splitsecond.${event.type}`,
  source: '//shop.example/splitsecond',
  time: new Date(event.at).toISOString(),
  datacontenttype: 'application/json',
  data: event,
  ...given,
})

/** @param attributes replace those that repeat the event's */
export const logRecord = (event: BeaconEvent, attributes: Record<string, string> = {}): object => ({
  timeUnixNano: `${event.at}000000`,
  severityNumber: 9,
  body: { stringValue: JSON.stringify(event) },
  attributes: Object.entries({
    'event.id': event.id,
    'event.name': `splitsecond.${event.type}`,
    ...attributes,
  }).map(([key, value]) => ({ key, value: { stringValue: value } })),
})

export const logRequest = (...logRecords: readonly object[]): object => ({
  resourceLogs: [{ resource: {}, scopeLogs: [{ scope: {}, logRecords }] }],
})
