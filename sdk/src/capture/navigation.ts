import type { PageRef, Signal } from '../terms'
import type { PageTime, Stop } from '../time'
import type { Platform } from '../platform/platform'

/** The tab's way through the shop, kept over page loads under granted consent: hashes and types, no address. */
export interface Way {
  readonly pages: readonly { readonly key: number; readonly type: string }[]
  readonly here: number
  /** An order was completed on this way. */
  readonly ordered: boolean
  /** Epoch ms of the last return from another origin to a page of type checkout: a payment, 3-D Secure. */
  readonly paidAt: number
}

export interface NavigationOptions {
  readonly platform: Platform
  /** The page type of an address, by the globs of the ruleset. */
  readonly typeOf: (url: URL) => string
  readonly way?: Way | undefined
  readonly hear: (signal: Signal, heardAt: PageTime) => void
}

type How = 'load' | 'push' | 'replace' | 'traverse' | 'restore'

const longestWay = 50
const paymentMs = 5 * 60_000

/**
 * Where the shopper goes: page loads, restores from the back/forward cache, and routes inside the page. Only
 * watches: no history entry is added, no navigation is delayed, `pushState` is not patched.
 *
 * With the Navigation API the direction of a step is known. Without it (WebKitGTK 2.50, Safari before 26.2) the
 * address is compared at popstate, hashchange and each press, and the direction is read from the tab's way.
 */
export function navigation({ platform, typeOf, way, hear }: NavigationOptions) {
  const { clock, listen } = platform
  const api = window.navigation as Navigation | undefined
  const state = {
    way: way ?? { pages: [], here: -1, ordered: false, paidAt: 0 },
    page: pageNow(),
    named: undefined as string | undefined,
    href: location.href,
  }

  function pageNow(named?: string): PageRef {
    const url = new URL(location.href)
    return {
      type: named ?? typeOf(url),
      path: url.pathname + (/^#!?\//.test(url.hash) ? url.hash.replace(/[?&].*/, '') : ''),
    }
  }

  /** Moves along the way; answers whether that was a step back. Without `back` the way itself must tell. */
  const walk = (how: How, entry: { key: number; type: string }, back?: boolean): boolean => {
    const { pages, here } = state.way
    const keys = pages.map((page) => page.key)
    const before = keys.lastIndexOf(entry.key, here - 1)
    const after = keys.indexOf(entry.key, here + 1)
    const jump = how === 'traverse' || how === 'restore'
    const found = here > 0 && before >= 0 && back !== false ? before : back ? -1 : after
    const stays = how === 'replace' || keys[here] === entry.key
    const next = stays ? here : jump && found >= 0 ? found : here + 1
    const kept = jump && found >= 0 ? [...pages] : pages.slice(0, next)
    kept[next] = entry
    state.way = {
      ...state.way,
      pages: kept.slice(-longestWay),
      here: Math.min(next, longestWay - 1),
      ordered: state.way.ordered || entry.type === 'order-complete',
    }
    return jump && next < here
  }

  const arrive = (how: How, at: PageTime, heardAt: PageTime, back?: boolean, from?: PageRef | null) => {
    state.href = location.href
    const last = state.page
    state.page = pageNow(state.named)
    const wentBack = walk(how, { key: hash(location.href), type: state.page.type }, back)
    if (how === 'replace' && last.path === state.page.path) return
    const { ordered, paidAt } = state.way
    const paying = clock.toEpoch(heardAt) - paidAt < paymentMs
    hear(
      {
        kind: 'navigate',
        at,
        from: from === undefined ? last : from,
        to: state.page,
        how,
        back: back ?? wentBack,
        ordered: ordered || orderedBefore(),
        paying,
      },
      heardAt,
    )
  }

  const orderedBefore = () =>
    !!api?.entries().some((entry) => entry.url && typeOf(new URL(entry.url)) === 'order-complete')

  /** A page that was reached by loading or from the back/forward cache: where did the shopper come from? */
  const reach = (how: 'load' | 'restore', at: PageTime, heardAt: PageTime) => {
    const activation = api?.activation
    const type = (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined)
      ?.type
    const traversed = how === 'restore' || type === 'back_forward'
    const last = state.way.pages[state.way.here]
    if (
      how === 'load' &&
      type === 'navigate' &&
      last?.type === 'checkout' &&
      document.referrer &&
      !sameOrigin()
    )
      state.way = { ...state.way, paidAt: clock.toEpoch(heardAt) }
    if (activation?.from?.url) {
      const url = new URL(activation.from.url)
      // The page's own word for its type (`page({type})`), where the way still has it, beats the globs.
      const from = { type: last?.key === hash(url.href) ? last.type : typeOf(url), path: url.pathname }
      const back = activation.navigationType === 'traverse' && activation.from.index > activation.entry.index
      arrive(traversed ? 'traverse' : how, at, heardAt, back, from)
    } else {
      arrive(
        traversed ? 'traverse' : how,
        at,
        heardAt,
        undefined,
        last ? { type: last.type, path: '' } : null,
      )
    }
  }

  const sameOrigin = () => new URL(document.referrer).origin === location.origin

  const compare = (how: How) => (_event: Event, at: PageTime, heardAt: PageTime) => {
    if (location.href === state.href) return
    state.named = undefined
    arrive(how, at, heardAt)
  }

  return {
    page: () => state.page,
    way: () => state.way,
    /** The page's own word for what it is; holds until the next navigation. */
    name(type: string) {
      state.named = type
      state.page = { ...state.page, type }
      walk('replace', { key: hash(location.href), type })
    },
    /** Reports the page that is there, then watches. `since`: when it was activated (0 unless prerendered). */
    start(since: PageTime): Stop {
      const stops: Stop[] = api
        ? [
            listen(api, 'currententrychange', (event, at, heardAt) => {
              const { navigationType, from } = event as NavigationCurrentEntryChangeEvent
              if (!navigationType || navigationType === 'reload') return
              const back = navigationType === 'traverse' && from.index > (api.currentEntry?.index ?? Infinity)
              state.named = undefined
              arrive(navigationType, at, heardAt, back)
            }),
          ]
        : [
            listen(window, 'popstate', compare('traverse')),
            listen(window, 'hashchange', compare('push')),
            listen(window, 'pointerdown', compare('push')),
          ]
      reach('load', since, clock.now())
      return () => stops.forEach((stop) => stop())
    },
    /** The page came back from the back/forward cache; `way` is what the tab did since it was left. */
    restore(at: PageTime, heardAt: PageTime, way?: Way) {
      if (way) state.way = way
      reach('restore', at, heardAt)
    },
  }
}

/** FNV-1a: enough to tell the few pages of one tab apart, and no address is kept. */
const hash = (text: string) => {
  let sum = 2166136261
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 16777619)
  return sum >>> 0
}
