/** What a nudge may recommend: see `check.ts`. */
import { all, like, list, number, oneOf, record, shape } from './checks'
import { is, type Check } from './demand'

/** A megabyte has room for about as many, with rules beside them. */
export const MAX_PRODUCTS = 2000
/** Of one product; a nudge shows three. */
export const MAX_COMPLEMENTS = 20
/** In a nudge: more is a shelf, and the page has its own. */
export const MAX_OFFERS = 3
export const RECOMMENDERS = ['cart', 'lastPurchase'] as const
/** A bar is a line high, a tip points at something, and the others have no pixels of ours: no room for a list. */
export const ROOMY: readonly string[] = ['toast', 'modal', 'slide-in', 'inline']
export const CURRENCY = /^[a-z]{3}$/i

/** And by ids that an event can tell of. */
export const areFew = (it: object) =>
  Object.keys(it).length <= MAX_PRODUCTS && Object.keys(it).every((id) => id && id.length <= 200)
const few = is(`at most ${MAX_PRODUCTS}, by ids of 1 to 200 characters`, areFew)

export const recommend = shape(
  { of: oneOf(...RECOMMENDERS) },
  {
    most: is(
      `a whole number, 1 to ${MAX_OFFERS}`,
      (it) => Number.isInteger(it) && it >= 1 && it <= MAX_OFFERS,
    ),
  },
)

/** The two fields of a ruleset; what others need too is handed in. */
export const catalogue = (name: Check, more: Readonly<Record<'name' | 'href' | 'image', Check>>) => ({
  products: all(
    record(
      shape(
        { name: more.name, href: more.href },
        {
          image: more.image,
          price: number('a number ≥ 0', 0, Infinity),
          currency: like('three letters', CURRENCY),
        },
      ),
    ),
    few,
  ),
  complements: all(record(list(name, MAX_COMPLEMENTS)), few),
})
