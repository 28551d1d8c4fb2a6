import type { BeaconEvent } from '../../../schema/event'
import type { InPage } from '../encoder'
import { snakeTitle } from './title'

/** Figures that tag managers have a use for; how a page is doing they know better. */
const takes = ({ type }: BeaconEvent) => /^(moment|decision|nudge|outcome)$/.test(type)

/** Told in every entry: a tag manager keeps the last value of a key that an entry does not have. */
const names = [
  'rule',
  'variant',
  'step',
  'reason',
  'owner',
  'fit',
  'cost',
  'action',
  'product',
  'shownMs',
] as const

/**
 * For GA4 and tag managers: entries like `{ event: 'splitsecond_nudge_shown', splitsecond: { rule: … } }`. All lies
 * under one key, so that no variable of the shop's is overwritten, and none is an e-commerce event, which our own
 * reading of the `dataLayer` would take for the shop's.
 */
export const datalayer: InPage = {
  name: 'datalayer',
  takes,

  hand(events) {
    const page = window as { dataLayer?: unknown[] }
    const layer = (page.dataLayer ??= [])
    for (const event of events.filter(takes)) {
      const entry = entryOf(event)
      try {
        layer.push(entry)
      } catch (error) {
        // A tag manager's own `push` runs the shop's tags: what they throw is theirs, and the entry is in.
        if (!layer.includes(entry)) throw error
      }
    }
  },
}

const entryOf = (event: BeaconEvent) => {
  const inner = event.type === 'moment' ? event.moment : event.type === 'decision' ? event.decision : event
  const told = inner as Readonly<Record<string, unknown>>
  const { momentId, decisionId, splits, channel } = event as unknown as Readonly<Record<string, unknown>>
  const { total = undefined } = (splits ?? {}) as { readonly total?: number | null }
  const { surface = undefined } = (channel ?? {}) as { readonly surface?: string }
  return {
    event: snakeTitle(event),
    splitsecond: {
      id: event.id,
      at: event.at,
      page: event.page.type,
      name: told['name'],
      ...Object.fromEntries(names.map((name) => [name, told[name]])),
      surface,
      total,
      momentId,
      decisionId,
    },
  }
}
