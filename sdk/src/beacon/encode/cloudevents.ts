import type { Encoder } from '../encoder'
import { iso, title } from './title'

/**
 * CloudEvents 1.0, several to a request as the JSON batch format has it. `source` and `id` together are unique, as the
 * specification demands: the view is the source, the event lies whole in `data`.
 */
export const cloudevents: Encoder = {
  name: 'cloudevents',
  contentType: 'application/cloudevents-batch+json',
  splitsOn: [400],

  encode: (events, { url, key }) => ({
    url: key ? `${url}${url.includes('?') ? '&' : '?'}${new URLSearchParams({ key })}` : url,
    body: JSON.stringify(
      events.map((event) => ({
        specversion: '1.0',
        id: event.id,
        source: `/splitsecond/views/${event.view}`,
        type: ['splitsecond', ...title(event)].join('.'),
        time: iso(event.at),
        datacontenttype: 'application/json',
        data: event,
      })),
    ),
  }),
}
