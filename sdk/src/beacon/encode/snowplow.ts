import type { Encoder } from '../encoder'

const iglu = (name: string, version: string, data: unknown) =>
  ({ schema: `iglu:com.snowplowanalytics.snowplow/${name}/jsonschema/${version}`, data }) as const

/** Under this name the shop puts the schema of our events (`event.schema.json`) into its Iglu registry. */
const schema = 'iglu:com.splitsecond/event/jsonschema/1-0-0'

/**
 * Snowplow's tracker protocol by POST: self-describing events, and which page view each is of. What the protocol
 * calls `url` is left out: it wants a whole address, and ours have only a path.
 */
export const snowplow: Encoder = {
  name: 'snowplow',
  contentType: 'application/json',
  splitsOn: [400],

  encode: (events, { key, sentAt }) => ({
    body: JSON.stringify(
      iglu(
        'payload_data',
        '1-0-4',
        events.map((event) => ({
          e: 'ue',
          p: 'web',
          tv: `splitsecond-${event.sdk}`,
          aid: key,
          eid: event.id,
          dtm: `${event.at}`,
          stm: `${sentAt}`,
          duid: event.visitor,
          sid: event.session,
          ue_pr: JSON.stringify(iglu('unstruct_event', '1-0-0', { schema, data: event })),
          co: JSON.stringify(iglu('contexts', '1-0-1', [iglu('web_page', '1-0-0', { id: event.view })])),
        })),
      ),
    ),
  }),
}
