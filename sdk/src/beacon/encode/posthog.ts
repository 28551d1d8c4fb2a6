import type { Encoder } from '../encoder'
import { iso, snakeTitle } from './title'

/**
 * PostHog's capture API, several events to a request. No person is made of a shopper: he has an id of the device, no
 * profile. At the address `/e/` PostHog takes the same as text, and no preflight is needed.
 */
export const posthog: Encoder = {
  name: 'posthog',
  contentType: 'application/json',
  splitsOn: [400],

  encode: (events, { url, key, sentAt }) => ({
    ...(/\/e\/?(\?|$)/.test(url) ? { headers: { 'content-type': 'text/plain' } } : {}),
    body: JSON.stringify({
      api_key: key,
      batch: events.map((event) => ({
        event: snakeTitle(event),
        uuid: event.id,
        timestamp: iso(event.at),
        properties: {
          ...event,
          distinct_id: event.visitor ?? event.session,
          $session_id: event.session,
          $process_person_profile: false,
          $lib: 'splitsecond',
          $lib_version: event.sdk,
        },
      })),
      sent_at: iso(sentAt),
    }),
  }),
}
