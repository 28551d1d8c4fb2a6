/**
 * What categories a shopper leans to, as arithmetic: a score for each, raised by what was looked at, put into the cart and
 * bought, and halved as time goes by. Categories, figures and times alone; of products only the ids of the last purchase.
 */
import { categoriesOf, idsOf, namesOf } from '../item-names'

/** Looked at, put into the cart, bought: each says about so much more than the one before it. */
const WORTH = { viewed: 1, added: 3, bought: 5 } as const
/** A look within this time of the last one is the same look: a press in a list and the page it opens, a page told twice. */
const SAME_LOOK_MS = 10_000
/** An order that comes again within this time, with the same items, is the same: its page was loaded anew. */
const SAME_ORDER_MS = 30 * 60_000
/** More categories than a shop's menu has; the lowest give way. */
export const MAX_CATEGORIES = 50
/** What has faded to less than this is forgotten: a look, after seven half-lives. */
const FAINT = 0.01
const MAX_ITEMS = 20

export interface Leaning {
  readonly score: number
  /** When it was last looked at, epoch ms. */
  readonly viewedAt: number
}

export interface Purchase {
  readonly at: number
  readonly value?: number
  /** Ids. */
  readonly items: readonly string[]
  readonly categories: readonly string[]
}

export interface Profile {
  /** The scores are as of then, epoch ms. */
  readonly at: number
  readonly leanings: ReadonlyMap<string, Leaning>
  /** Pieces in the cart by category, as it was last told. */
  readonly cart: ReadonlyMap<string, number>
  readonly lastPurchase?: Purchase
}

export interface Told {
  readonly now: number
  readonly halfLifeMs: number
}

export const nothing: Profile = { at: 0, leanings: new Map(), cart: new Map() }

/** The profile as it stands now: time has gone by. A clock that was set back takes nothing. */
export function faded(profile: Profile, { now, halfLifeMs }: Told): Profile {
  const left = 0.5 ** (Math.max(0, now - profile.at) / halfLifeMs)
  const leanings = [...profile.leanings]
    .map(([category, { score, viewedAt }]) => [category, { score: score * left, viewedAt }] as const)
    .filter(([, { score }]) => score >= FAINT)
  return { ...profile, at: now, leanings: new Map(leanings) }
}

function raised(
  profile: Profile,
  categories: readonly string[],
  how: keyof typeof WORTH,
  told: Told,
): Profile {
  const { leanings, ...rest } = faded(profile, told)
  const all = new Map(leanings)
  for (const category of categories) {
    const { score = 0, viewedAt = -Infinity } = all.get(category) ?? {}
    const again = how === 'viewed' && Math.abs(told.now - viewedAt) < SAME_LOOK_MS
    all.set(category, {
      score: again ? score : score + WORTH[how],
      viewedAt: how === 'viewed' ? told.now : viewedAt,
    })
  }
  const highest = [...all].sort(([, a], [, b]) => b.score - a.score).slice(0, MAX_CATEGORIES)
  return { ...rest, leanings: new Map(highest) }
}

/** A product was looked at. */
export const viewed = (profile: Profile, categories: unknown, told: Told): Profile =>
  raised(profile, namesOf(categories), 'viewed', told)

/** The cart was told: of what there is more than before, something was added. */
export function carried(profile: Profile, items: readonly unknown[], told: Told): Profile {
  const cart = new Map<string, number>()
  for (const item of items) {
    const { quantity } = (item ?? {}) as { quantity?: unknown }
    const pieces = Number.isFinite(quantity) ? (quantity as number) : 1
    for (const category of categoriesOf(item))
      if (cart.has(category) || cart.size < MAX_CATEGORIES)
        cart.set(category, (cart.get(category) ?? 0) + pieces)
  }
  const more = [...cart].filter(([category, pieces]) => pieces > (profile.cart.get(category) ?? 0))
  return {
    ...raised(
      profile,
      more.map(([category]) => category),
      'added',
      told,
    ),
    cart,
  }
}

/** An order was completed; nothing of it is in the cart any more. */
export function bought(
  profile: Profile,
  items: readonly unknown[],
  { value, ...told }: Told & { value: unknown },
): Profile {
  const categories = [...new Set(items.flatMap(categoriesOf))].slice(0, MAX_CATEGORIES)
  const ids = [...new Set(items.flatMap(idsOf))].slice(0, MAX_ITEMS)
  const last = profile.lastPurchase
  const again =
    last &&
    told.now - last.at < SAME_ORDER_MS &&
    last.items.join() === ids.join() &&
    last.value === (Number.isFinite(value) ? value : undefined)
  if (again) return profile
  const lastPurchase = {
    at: told.now,
    ...(Number.isFinite(value) && { value: value as number }),
    items: ids,
    categories,
  }
  return { ...raised(profile, categories, 'bought', told), cart: new Map(), lastPurchase }
}
