/**
 * One entry of a page's `dataLayer`, where it is an e-commerce event of Google Analytics 4: pushed for Tag Manager
 * (`{ event, ecommerce: { items, value, currency } }`) or by `gtag('event', name, { items, … })`. Names as in Google's
 * "Recommended events" and "Measure ecommerce". Whatever else is there is somebody else's: looked at, never kept.
 */

export const ga4Events = [
  'view_item',
  'add_to_cart',
  'remove_from_cart',
  'view_cart',
  'begin_checkout',
  'purchase',
] as const
export type Ga4Event = (typeof ga4Events)[number]

/** An item as our calls speak of it. */
export type Line = {
  readonly id?: string
  readonly name?: string
  readonly price?: number
  readonly quantity: number
  readonly category?: readonly string[]
}

export interface Commerce {
  readonly event: Ga4Event
  readonly items: readonly Line[]
  readonly value?: number | undefined
  readonly currency?: string | undefined
}

/** No cart of a shopper has more; a feed would. */
const mostItems = 100
const mostText = 200

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown) =>
  (value instanceof Object ? value : {}) as Fields & { items?: unknown; value?: unknown; currency?: unknown }
const textOf = (value: unknown) =>
  typeof value === 'string' || Number.isFinite(value) ? String(value).slice(0, mostText) : undefined
/** Some shops write their figures as text. */
const figureOf = (value: unknown) => {
  const figure = typeof value === 'string' && value.trim() ? Number(value) : value
  return Number.isFinite(figure) ? (figure as number) : undefined
}
const levels = ['item_category', 'item_category2', 'item_category3', 'item_category4', 'item_category5']

function lineOf(item: unknown): Line {
  const fields = fieldsOf(item)
  const [id, name, price] = [
    textOf(fields['item_id']),
    textOf(fields['item_name']),
    figureOf(fields['price']),
  ]
  const category = levels.map((level) => textOf(fields[level])).filter((it) => it !== undefined)
  return {
    quantity: figureOf(fields['quantity']) ?? 1,
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(price !== undefined && { price }),
    ...(category.length > 0 && { category }),
  }
}

/** Undefined: it is none of these events. May throw, as a page's getters do. */
export function readGa4(entry: unknown): Commerce | undefined {
  // What gtag pushes is its `arguments`: 'event', the name, the parameters.
  const told = fieldsOf(entry)
  const byGtag = told[0] === 'event'
  const event = ga4Events.find((it) => it === (byGtag ? told[1] : told['event']))
  if (!event) return undefined
  const { items, value, currency } = fieldsOf(byGtag ? told[2] : told['ecommerce'])
  return {
    event,
    items: Array.isArray(items) ? items.slice(0, mostItems).map(lineOf) : [],
    value: figureOf(value),
    currency: textOf(currency),
  }
}
