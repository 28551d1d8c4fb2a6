import type { Encoder } from '../encoder'
import { iso, snakeTitle } from './title'

/**
 * Segment's HTTP API, which RudderStack speaks as well: `track` calls in a batch. The write key is the user name of
 * basic authorization. At RudderStack's `/beacon/` address it stands in the query, and no preflight is needed.
 */
export const segment: Encoder = {
  name: 'segment',
  contentType: 'application/json',
  splitsOn: [400],

  encode(events, { url, key = '', sentAt }) {
    const body = JSON.stringify({
      batch: events.map((event) => ({
        type: 'track',
        messageId: event.id,
        // One of the ids is demanded.
        anonymousId: event.visitor ?? event.session,
        event: snakeTitle(event),
        timestamp: iso(event.at),
        properties: event,
        context: { library: { name: 'splitsecond', version: event.sdk }, page: { path: event.page.path } },
      })),
      sentAt: iso(sentAt),
    })
    if (!url.includes('/beacon/')) return { headers: { authorization: `Basic ${btoa(`${key}:`)}` }, body }
    return {
      url: `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams({ writeKey: key })}`,
      headers: { 'content-type': 'text/plain' },
      body,
    }
  },
}
