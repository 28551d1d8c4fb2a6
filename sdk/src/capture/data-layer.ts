import { promisifyRequest } from 'idb-keyval'
import type { Platform } from '../platform/platform'
import type { Signal } from '../terms'
import type { Millis, PageTime, Stop } from '../time'
import { readGa4, type Commerce } from './ga4'
import { cartAfter, type ToldCart } from './told-cart'

/** Entries that are looked at in one go, the newest: a page that has pushed a hundred thousand costs no more. */
const most = 1000
/** What a shopper's deed brings is pushed soon after it, when the server has answered. */
const soonMs = 1000 as Millis
const deeds = /^(press|form|commit|navigate|visibility)$/
const key = 'cart'
/** A cart that was told longer ago is no longer known. */
const keptMs = 7 * 24 * 3_600_000

export interface DataLayerOptions {
  readonly platform: Pick<Platform, 'clock' | 'store'>
  readonly layer: () => unknown
  /** Consent allows to keep what is in the cart from page to page. */
  readonly mayKeep: () => boolean
  readonly pageType: () => string
  readonly page: (page: { readonly type?: string; readonly [key: string]: unknown }) => void
  readonly cart: (cart: ToldCart) => void
  readonly track: (name: string, data: Readonly<Record<string, unknown>>) => void
  /** Something was put into a cart whose contents nobody has told. */
  readonly added: (pieces: number) => void
  /** The page has made that call itself: its word counts. */
  readonly told: (call: 'page' | 'cart' | 'order_complete') => boolean
}

const pageTypes: Readonly<Partial<Record<Commerce['event'], string>>> = {
  view_item: 'product',
  view_cart: 'cart',
  begin_checkout: 'checkout',
  purchase: 'order-complete',
}

/**
 * Reads the GA4 e-commerce events of a page's `dataLayer`, earlier ones included, and makes of them the calls that the shop
 * would make. The array is read, and neither it nor its `push` is wrapped; so it is looked at when something was done: at each
 * signal (two comparisons where nothing is new), a second after a deed, and as the page goes. Between deeds nothing happens
 * that a moment could rest on, and a timer that ran all the time would wake a phone for nothing.
 */
export function createDataLayer(options: DataLayerOptions) {
  const { platform, layer, mayKeep, told } = options
  const { clock, store } = platform
  const seen = new WeakSet()
  const state: {
    length: number
    last?: unknown
    timer: Stop
    cart?: ToldCart | undefined
    known?: boolean
    waiting?: Commerce[]
  } = {
    length: 0,
    timer: () => {},
    waiting: [],
  }

  const keep = (cart: ToldCart) =>
    mayKeep() &&
    void store
      .use('readwrite', (records) => void records.put({ at: clock.toEpoch(clock.now()), cart }, key))
      .catch(() => undefined)

  const carry = (it: Commerce) => {
    if (told('cart')) return
    const cart = cartAfter(state.cart, it)
    // What the first call tells was not added now: where it was, that is said beside it.
    if (it.event === 'add_to_cart' && !state.known) options.added(it.items.length || 1)
    if (!cart) return
    Object.assign(state, { cart, known: true })
    options.cart(cart)
    keep(cart)
  }

  const take = (it: Commerce) => {
    const { event, items, value, currency } = it
    const type = pageTypes[event]
    // The globs of the ruleset and the address know better what page this is: a small cart on every page is "viewed", too.
    if (type && !told('page') && (event === 'purchase' || options.pageType() === 'other'))
      options.page({
        type,
        ...(event === 'view_item' && items[0] && { category: items[0].category, item: items[0].id }),
      })
    if (event === 'purchase' && !told('order_complete'))
      options.track('order_complete', { value, currency, items })
    if (event === 'view_item') return
    if (state.waiting) state.waiting.push(it)
    else carry(it)
  }

  /** The entries that are new, oldest first. A tag manager drops old ones, and a page may put another array there. */
  const fresh = (entries: readonly unknown[]) => {
    const found: object[] = []
    const { length } = entries
    for (let index = length - 1; index >= 0 && length - index <= most; index--) {
      const entry = quietly(() => entries[index])
      if (!(entry instanceof Object)) continue
      if (seen.has(entry)) break
      found.unshift(entry)
    }
    return found
  }

  const look = () => {
    const entries = layer()
    if (!Array.isArray(entries)) return
    const last = quietly(() => entries.at(-1) as unknown)
    if (entries.length === state.length && last === state.last) return
    Object.assign(state, { length: entries.length, last })
    for (const entry of fresh(entries)) {
      seen.add(entry)
      const it = quietly(() => readGa4(entry))
      if (it) take(it)
    }
  }

  /** What lies in the cart already, as an earlier page has heard; with consent and nothing kept, nothing. */
  const load = async () => {
    if (mayKeep())
      await store
        .use('readonly', async (records) => {
          const kept = await promisifyRequest<{ at: number; cart: ToldCart } | undefined>(records.get(key))
          const young = kept && clock.toEpoch(clock.now()) - kept.at < keptMs
          state.cart = young ? kept.cart : { items: [], total: 0 }
          if (!young || told('cart')) return
          state.known = true
          options.cart(kept.cart)
        })
        .catch(() => undefined)
    for (const it of state.waiting?.splice(0) ?? []) carry(it)
    delete state.waiting
  }

  look()
  return {
    /** Resolves when it is known what the cart holds already. */
    loaded: load(),
    look,
    hear({ kind }: Signal, _at?: PageTime) {
      look()
      if (!deeds.test(kind)) return
      state.timer()
      state.timer = clock.after(soonMs, look)
    },
    /** Consent went. */
    forget: () => void delete state.cart,
    stop: () => state.timer(),
  }
}

/** A page's getter may throw: then there is nothing. */
const quietly = <Value>(read: () => Value) => {
  try {
    return read()
  } catch {
    return undefined
  }
}

export type DataLayer = ReturnType<typeof createDataLayer>
