import { ofNavigator } from '../of-navigator'
import type { Given, PageRef } from '../terms'

export interface Situation {
  readonly given: Given
  readonly device: Readonly<Record<string, unknown>>
  readonly page: PageRef
  readonly visitor: {
    readonly visits: number
    readonly daysSinceLastVisit: number
    readonly session: { readonly moments: Readonly<Record<string, number>> }
  }
  readonly acting?: {
    /** What he leans to, where a ruleset asks for it. */
    readonly affinity?: { readonly profile: () => object }
  }
}

/** The nested object that conditions and templates read. What the page said comes under what we know. */
export function attributes({ given, device, page, visitor, acting }: Situation): Record<string, unknown> {
  const { visits, daysSinceLastVisit, session } = visitor
  // Of the query nothing else is read; a campaign that names its reader by her e-mail address is none.
  const campaign = [...new URLSearchParams(location.search)].filter(
    ([name, value]) => name.startsWith('utm_') && !value.includes('@'),
  )
  return {
    locale: document.documentElement.lang || ofNavigator(({ language }) => language, ''),
    device,
    utm: Object.fromEntries(campaign.map(([name, value]) => [name.slice(4), value])),
    ...given.more,
    page: { ...given.page, ...page },
    cart: given.cart && {
      count: given.cart.items.reduce((sum, { quantity = 1 }) => sum + quantity, 0),
      ...given.cart,
    },
    visitor: { ...given.traits, ...acting?.affinity?.profile(), visits, daysSinceLastVisit },
    account: given.account,
    session: session.moments,
  }
}
