import type { NudgeSpec, Product, Ruleset } from '../../schema/ruleset'
import { categoriesOf, idsOf, namesOf } from '../item-names'
import type { FormatOf } from './formats'

/** A product as it is shown: its texts in the nudge's language, its price written out. */
export interface Offer {
  readonly id: string
  readonly name: string
  readonly href: string
  readonly image?: { readonly src: string; readonly width: number; readonly height: number }
  /** What the image shows. */
  readonly alt?: string | undefined
  readonly price?: string | undefined
}

/** What of a ruleset is recommended from. */
export type Catalogue = Pick<Ruleset, 'products' | 'complements'>

export interface Recommending {
  readonly catalogue?: Catalogue | undefined
  /** Whoever previews it sees the first products, where the shopper would see none. */
  readonly anything?: boolean | undefined
  /** Of the nudge's texts. */
  readonly lang: string
  readonly textOf: (texts: Product['name']) => string
  readonly formatOf?: FormatOf | undefined
}

export type Recommend = (
  spec: NonNullable<NudgeSpec['recommend']>,
  attributes: Readonly<Record<string, unknown>>,
  recommending: Recommending,
) => readonly Offer[]

/** Currencies whose formatters are made beforehand; a shop has one, or a few. */
const mostCurrencies = 5

interface Has {
  readonly cart?: { readonly items?: unknown; readonly currency?: unknown }
  readonly visitor?: { readonly lastPurchase?: { readonly items?: unknown; readonly categories?: unknown } }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Read once: by the names that carts and orders are known by. */
function readCatalogue({ products = {}, complements = {} }: Catalogue) {
  const byName = <Value>(map: Readonly<Record<string, Value>>) =>
    new Map(
      Object.entries(map).flatMap(([id, value]) => namesOf(id).map((name) => [name, { id, value }] as const)),
    )
  const currencies = Object.values(products).flatMap(({ price, currency = '' }) =>
    price === undefined ? [] : [currency],
  )
  return {
    products: byName(products),
    complements: byName(complements),
    currencies: [...new Set(currencies)].slice(0, mostCurrencies),
  }
}

/**
 * What goes with what the shopper has: the complements of the products in his cart, or of his last purchase, then those of
 * their categories; in the ruleset's order, each once, never what he has in the cart or has just bought.
 */
export function createRecommend(): Recommend {
  const none: Catalogue = {}
  const known = { catalogue: none, read: readCatalogue(none) }

  return ({ of, most = 3 }, attributes, { catalogue = none, anything, lang, textOf, formatOf }) => {
    if (known.catalogue !== catalogue) Object.assign(known, { catalogue, read: readCatalogue(catalogue) })
    const { products, complements, currencies } = known.read
    const { cart, visitor } = attributes as Has
    const amounts = (argument: string) =>
      formatOf?.({ lang, filter: 'currency', argument, currency: cart?.currency })
    currencies.forEach(amounts)

    const items = listOf(cart?.items)
    const inCart = items.flatMap(idsOf)
    const bought = namesOf(visitor?.lastPurchase?.items)
    const [ids, categories] =
      of === 'cart'
        ? [inCart, items.flatMap(categoriesOf)]
        : [bought, listOf(visitor?.lastPurchase?.categories)]
    const wanted = [...ids, ...categories].flatMap((it) => complements.get(it as string)?.value ?? [])
    const offered = new Set(wanted.flatMap(namesOf))
    for (const id of [...inCart, ...bought]) offered.delete(id)
    const ready = [...offered].filter((id) => products.has(id)).slice(0, most)
    const shown = ready.length || !anything ? ready : [...products.keys()].slice(0, most)

    return shown.map((it) => {
      const { id, value } = products.get(it)!
      const { name, href, image, price, currency = '' } = value
      return {
        id,
        name: textOf(name),
        href,
        ...(image && { image, alt: image.alt && textOf(image.alt) }),
        price: amounts(currency)?.(price),
      }
    })
  }
}
