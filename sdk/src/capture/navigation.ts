import type { PageRef, Signal, Stay } from '../terms'
import type { PageTime, Stop } from '../time'
import type { Platform } from '../platform/platform'
import { hash } from './hash'
import type { Stays } from './stays'
import { toldPath } from './told-path'
import { join, walk, type How, type Way } from './way'

export interface NavigationOptions {
  readonly platform: Platform
  /** The page type of an address, by the globs of the ruleset. */
  readonly typeOf: (url: URL) => string
  /** How long each page was seen; where a moment asks for it. */
  readonly stays: () => Stays | undefined
  readonly hear: (signal: Signal, heardAt: PageTime) => void
}

export const paymentMs = 5 * 60_000

/**
 * Where the shopper goes: page loads, restores from the back/forward cache, and routes inside the page. Only
 * watches: no history entry is added, no navigation is delayed, `pushState` is not patched.
 *
 * With the Navigation API the direction of a step is known. Without it (WebKitGTK 2.50, Safari before 26.2) the
 * address is compared at popstate, hashchange and each press, and the direction is read from the tab's way.
 */
export function navigation({ platform, typeOf, stays, hear }: NavigationOptions) {
  const { clock, listen } = platform
  const api = window.navigation as Navigation | undefined
  const state = {
    way: { pages: [], here: -1, paidAt: 0 } as Way,
    href: '',
    page: { type: '', path: '' },
    named: '',
  }

  /** Looks where the page is now; `named` is the page's own word for it. */
  const look = (named: string) => {
    const { href } = location
    Object.assign(state, { href, named, page: { type: named || typeOf(new URL(href)), path: pathNow() } })
  }

  /** Moves along the way; answers whether that was a step back, where only the way itself can tell. */
  const move = (how: How, back?: boolean): boolean => {
    const { here } = state.way
    state.way = walk(state.way, how, { key: hash(state.href), type: state.page.type }, back)
    return state.way.here < here
  }

  const told = (
    how: How,
    [at, heardAt]: readonly [at: PageTime, heardAt: PageTime],
    from: PageRef | null,
    back: boolean,
    lately: readonly Stay[],
  ): Signal => {
    const { page: to, way } = state
    const types = [
      ...way.pages.map(({ type }) => type),
      ...(api?.entries() ?? []).map(({ url }) => url && typeOf(new URL(url))),
    ]
    const paying = clock.toEpoch(heardAt) - way.paidAt < paymentMs
    return {
      kind: 'navigate',
      at,
      from,
      to,
      how,
      back,
      ordered: types.includes('order-complete'),
      paying,
      stays: lately,
    }
  }

  const arrive = (
    how: How,
    times: readonly [at: PageTime, heardAt: PageTime],
    back?: boolean,
    origin?: PageRef | null,
  ) => {
    const last = state.page
    look(state.named)
    const wentBack = move(how, back)
    if (how === 'replace' && last.path === state.page.path) return
    const [at, heardAt] = times
    const within = origin === undefined
    const from = within ? last : origin
    const lately = stays()?.reach(at, within, from, state.way.stays) ?? []
    hear(told(how, times, from, back ?? wentBack, lately), heardAt)
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
    arrive(reached, times, back, { type, path: toldPath(url.pathname) })
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
    /** Tells who has not heard it where the shopper is, as if he had come just now; a new ruleset may name it anew. */
    again(tell: NavigationOptions['hear']) {
      look(state.named)
      move('replace')
      const at = clock.now()
      tell(told('load', [at, at], null, false, []), at)
    },
    /** What the tab did before this page, where it may be known: read when consent is there, which may come late. */
    adopt(before?: Way) {
      if (before) state.way = join(before, state.way)
    },
    /** The page's own word for what it is; holds until the next navigation. Without one: other globs may name it anew. */
    name(type = state.named) {
      look(type)
      move('replace')
    },
    /** Reports the page that is there (since 0, or since it was activated when prerendered), then watches. */
    start(): Stop {
      const stops: Stop[] = api
        ? [
            listen(api, 'currententrychange', (event, at, heardAt) => {
              const { navigationType, from } = event as NavigationCurrentEntryChangeEvent
              if (!navigationType || navigationType === 'reload') return
              const back = navigationType === 'traverse' && from.index > (api.currentEntry?.index ?? Infinity)
              // Routers keep the scroll position by a `replaceState` of the same page.
              if (navigationType !== 'replace' || pathNow() !== state.page.path) state.named = ''
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

/** Where the page is, with a route that stands behind the hash. */
const pathNow = () => {
  const { pathname, hash: fragment } = location
  return toldPath(/^#!?\//.test(fragment) ? pathname + fragment.replace(/[?&].*/, '') : pathname)
}
