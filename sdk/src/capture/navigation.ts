import type { PageRef, Signal } from '../terms'
import type { PageTime, Stop } from '../time'
import type { Platform } from '../platform/platform'
import type { KeptStay, Stays } from './stays'

/** The tab's way through the shop, kept over page loads under granted consent: hashes and types, no address. */
export interface Way {
  readonly pages: readonly { readonly key: number; readonly type: string }[]
  readonly here: number
  /** Epoch ms of the last return from another origin to a page of type checkout: a payment, 3-D Secure. */
  readonly paidAt: number
  /** The last pages that were left, oldest first; where a moment asks for them. */
  readonly stays?: readonly KeptStay[] | undefined
}

export interface NavigationOptions {
  readonly platform: Platform
  /** The page type of an address, by the globs of the ruleset. */
  readonly typeOf: (url: URL) => string
  readonly way?: Way | undefined
  /** How long each page was seen; where a moment asks for it. */
  readonly stays: () => Stays | undefined
  readonly hear: (signal: Signal, heardAt: PageTime) => void
}

type How = (Signal & { kind: 'navigate' })['how']

const longestWay = 50
const paymentMs = 5 * 60_000

/**
 * Where the shopper goes: page loads, restores from the back/forward cache, and routes inside the page. Only
 * watches: no history entry is added, no navigation is delayed, `pushState` is not patched.
 *
 * With the Navigation API the direction of a step is known. Without it (WebKitGTK 2.50, Safari before 26.2) the
 * address is compared at popstate, hashchange and each press, and the direction is read from the tab's way.
 */
export function navigation({ platform, typeOf, way, stays, hear }: NavigationOptions) {
  const { clock, listen } = platform
  const api = window.navigation as Navigation | undefined
  const state = {
    way: way ?? { pages: [], here: -1, paidAt: 0 },
    href: '',
    page: { type: '', path: '' },
    named: '',
  }

  /** Looks where the page is now; `named` is the page's own word for it. */
  const look = (named: string) => {
    const { href, pathname, hash: fragment } = location
    const path = /^#!?\//.test(fragment) ? pathname + fragment.replace(/[?&].*/, '') : pathname
    Object.assign(state, { href, named, page: { type: named || typeOf(new URL(href)), path } })
  }

  /** Moves along the way; answers whether that was a step back, where only the way itself can tell. */
  const walk = (how: How, back?: boolean): boolean => {
    const { pages, here } = state.way
    const entry = { key: hash(state.href), type: state.page.type }
    const keys = pages.map(({ key }) => key)
    const jumps = how === 'traverse' || how === 'restore'
    const before = jumps && back !== false && here > 0 ? keys.lastIndexOf(entry.key, here - 1) : -1
    const found = before < 0 && jumps ? keys.indexOf(entry.key, here + 1) : before
    const next =
      how === 'replace' || keys[here] === entry.key ? Math.max(0, here) : found < 0 ? here + 1 : found
    const kept = pages.slice(0, found < 0 && next > here ? next : undefined)
    kept[next] = entry
    const tooMany = Math.max(0, kept.length - longestWay)
    state.way = { ...state.way, pages: kept.slice(tooMany), here: next - tooMany }
    return next < here
  }

  const arrive = (
    how: How,
    times: readonly [at: PageTime, heardAt: PageTime],
    back?: boolean,
    origin?: PageRef | null,
  ) => {
    const last = state.page
    look(state.named)
    const wentBack = walk(how, back)
    const { page: to, way } = state
    if (how === 'replace' && last.path === to.path) return
    const types = [
      ...way.pages.map(({ type }) => type),
      ...(api?.entries() ?? []).map(({ url }) => url && typeOf(new URL(url))),
    ]
    const [at, heardAt] = times
    const within = origin === undefined
    const from = within ? last : origin
    hear(
      {
        kind: 'navigate',
        at,
        from,
        to,
        how,
        back: back ?? wentBack,
        ordered: types.includes('order-complete'),
        paying: clock.toEpoch(heardAt) - way.paidAt < paymentMs,
        stays: stays()?.reach(at, within, from, way.stays) ?? [],
      },
      heardAt,
    )
  }

  const loaded = () =>
    performance.getEntriesByType('navigation')[0] as { type: string; activationStart?: number } | undefined

  /** A page that was reached by loading or from the back/forward cache: where did the shopper come from? */
  const reach = (how: 'load' | 'restore', times: readonly [PageTime, PageTime]) => {
    const { activation } = api ?? {}
    const last = state.way.pages[state.way.here]
    const { referrer } = document
    const foreign = referrer && new URL(referrer).origin !== location.origin
    if (how === 'load' && loaded()?.type === 'navigate' && last?.type === 'checkout' && foreign)
      state.way = { ...state.way, paidAt: clock.toEpoch(times[1]) }
    const reached = how === 'load' && loaded()?.type === 'back_forward' ? 'traverse' : how
    if (!activation?.from?.url)
      return arrive(reached, times, undefined, last ? { type: last.type, path: '' } : null)
    const url = new URL(activation.from.url)
    // The page's own word for its type (`page({type})`), where the way still has it, beats the globs.
    const type = last?.key === hash(url.href) ? last.type : typeOf(url)
    const back = activation.navigationType === 'traverse' && activation.from.index > activation.entry.index
    arrive(reached, times, back, { type, path: url.pathname })
  }

  const compare = (how: How) => (_event: Event, at: PageTime, heardAt: PageTime) => {
    if (location.href === state.href) return
    state.named = ''
    arrive(how, [at, heardAt])
  }
  look('')

  return {
    page: (): PageRef => state.page,
    /** The way as the next page takes it up when this one is left now. */
    way: (at: PageTime): Way => ({
      ...state.way,
      stays: stays()?.leave(at, state.page.type, state.way.stays),
    }),
    /** The page's own word for what it is; holds until the next navigation. */
    name(type: string) {
      look(type)
      walk('replace')
    },
    /** Reports the page that is there (since 0, or since it was activated when prerendered), then watches. */
    start(): Stop {
      const stops: Stop[] = api
        ? [
            listen(api, 'currententrychange', (event, at, heardAt) => {
              const { navigationType, from } = event as NavigationCurrentEntryChangeEvent
              if (!navigationType || navigationType === 'reload') return
              const back = navigationType === 'traverse' && from.index > (api.currentEntry?.index ?? Infinity)
              state.named = ''
              arrive(navigationType, [at, heardAt], back)
            }),
          ]
        : [
            listen(window, 'popstate', compare('traverse')),
            listen(window, 'hashchange', compare('push')),
            listen(window, 'pointerdown', compare('push')),
          ]
      reach('load', [(loaded()?.activationStart ?? 0) as PageTime, clock.now()])
      return () => stops.forEach((stop) => stop())
    },
    /** The page came back from the back/forward cache; `way` is what the tab did since it was left. */
    restore(at: PageTime, heardAt: PageTime, since?: Way) {
      state.way = since ?? { ...state.way, stays: undefined }
      reach('restore', [at, heardAt])
    },
  }
}

/** FNV-1a: enough to tell the few pages of one tab apart, and no address is kept. */
const hash = (text: string) => {
  let sum = 2166136261
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 16777619)
  return sum >>> 0
}
