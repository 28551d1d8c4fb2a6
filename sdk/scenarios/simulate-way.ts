import { paymentMs } from '../src/capture/navigation'
import { mostStays } from '../src/capture/stays'
import type { How } from '../src/capture/way'
import type { PageRef, Stay } from '../src/terms'
import type { PageTime } from '../src/time'
import { typeOf } from './layouts'
import type { Scenario } from './scenario'
import type { Tell } from './simulate'

export interface WayOptions {
  readonly scenario: Scenario
  readonly tell: Tell
  readonly now: () => PageTime
  /** Another page is loaded: time begins anew. */
  readonly load: () => void
}

/** The tab's way through the shop: its history, what was left and how long it was looked at. */
export function simulateWay({ scenario, tell, now, load }: WayOptions) {
  const entries: string[] = [scenario.layout]
  const stays: Stay[] = []
  const state = { index: 0, since: 0, hiddenMs: 0, failed: false, paidAgoMs: Infinity, paidAt: -Infinity }

  const page = (layout: string): PageRef => {
    const [name = '', part] = layout.split('/')
    return { type: typeOf(name), path: `/${name}${part ? `/${part}` : ''}` }
  }
  const arrive = (from: string | null, how: How, back: boolean) => {
    if (from !== null) {
      const { type } = page(from)
      const visibleMs = now() - state.since - state.hiddenMs
      stays.push({ type, at: now(), visibleMs, failed: state.failed })
    }
    const before = now()
    if (how === 'load') {
      load()
      state.paidAt -= before
      for (const [i, stay] of stays.entries()) stays[i] = { ...stay, at: (stay.at - before) as PageTime }
    }
    Object.assign(state, { since: now(), hiddenMs: 0, failed: false })
    tell({
      kind: 'navigate',
      from: from === null ? null : page(from),
      to: page(here()),
      how: how === 'load' && back ? 'traverse' : how,
      back,
      ordered: entries.some((entry) => page(entry).type === 'order-complete'),
      paying: now() - state.paidAt < paymentMs,
      stays: stays.slice(-mostStays),
    })
  }
  const here = () => entries[state.index] as string

  const go = (to: string, how: 'push' | 'replace' | 'load', failed = false) => {
    const from = here()
    if (how === 'replace') entries[state.index] = to
    else entries.splice(++state.index, Infinity, to)
    arrive(from, how, false)
    state.failed = failed
  }

  return {
    /** The layout that stands there; `checkout/delivery` is a step of `checkout`. */
    layout: () => here().split('/')[0] as string,
    type: () => page(here()).type,
    begin: () => arrive(null, 'load', false),
    go,
    step(by: number, loads: boolean) {
      const from = here()
      state.index = Math.max(0, Math.min(entries.length - 1, state.index + by))
      arrive(from, loads ? 'load' : 'traverse', by < 0)
    },
    hidden(ms: number) {
      state.hiddenMs += ms
    },
    /** Back from a payment page of another origin. */
    pay(to: string) {
      state.paidAt = now()
      go(to, 'load')
    },
  }
}
