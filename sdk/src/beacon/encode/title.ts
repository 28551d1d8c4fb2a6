import type { BeaconEvent } from '../../../schema/event'

/** What an event is called, from the general to the particular: `['nudge', 'shown']`. */
export const title = (event: BeaconEvent): readonly string[] => {
  switch (event.type) {
    case 'moment':
      return [event.type, event.moment.phase]
    case 'decision':
      return [event.type, event.decision.verdict]
    case 'nudge':
      return [event.type, event.phase]
    default:
      return [event.type]
  }
}

/** The same as analytics tools write it: `splitsecond_nudge_shown`; at most 40 characters (GA4 takes no more). */
export const snakeTitle = (event: BeaconEvent) => ['splitsecond', ...title(event)].join('_')

export const iso = (epochMs: number) => new Date(epochMs).toISOString()
