import type { InPage } from '../encoder'

/** A function of the page's takes the events: `splitsecond.provide('events', (events) => …)`. */
export const callback: InPage = {
  name: 'callback',

  hand(events, provided) {
    const take = provided.get('events')
    if (!take) throw Error('wanted splitsecond.provide("events", function), found nothing')
    return take(events)
  },
}
