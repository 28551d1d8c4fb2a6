import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { near, settle, type Detector, type Step } from './detector'

/**
 * The shopper comes back to the page after he was elsewhere: in another tab or window, or (on a phone) in another app.
 * What he was doing here is to be taken up again.
 *
 * Evidence is the page being shown again after ≥5 s hidden. Silent where the page itself sent him away: something was
 * pressed shortly before that opens elsewhere (another tab, a file chooser, the telephone), or he is paying (a form of
 * the checkout was sent, or he came from a payment on another origin: his bank's app asks him to confirm). Who looks
 * at tabs he has opened from here goes to and fro between them: a minute after such a return is silent, too.
 *
 * Ends when the page is hidden again, with another page, when a form is sent, or after 30 s.
 */
export type TabReturnOptions = {
  /** Shortest time away, ms. @default 5000 (retailers' exit tools for phones: "away > 5 s, then show on return") */
  awayMs: number
  /** How long before it was hidden a press may have opened something elsewhere, ms. @default 10000 */
  elsewhereMs: number
  /** How long after a form of the checkout was sent the shopper may be at his bank, ms. @default 300000 */
  payingMs: number
  /** How long after the return the shopper is taken to be still finding his way, ms. @default 30000 */
  lastsMs: number
}

const defaults: TabReturnOptions = {
  awayMs: 5000,
  elsewhereMs: 10_000,
  payingMs: 5 * 60_000,
  lastsMs: 30_000,
}

/** To and fro between tabs opened from here: the next one is looked at within this. */
const comparingMs = 60_000

interface State {
  /** Until when what is elsewhere was opened from here. */
  readonly elsewhereUntil: number
  readonly payingUntil: number
  readonly inCheckout: boolean
  /** What forbids the return that is to come. */
  readonly why?: string | undefined
  readonly since?: PageTime | undefined
}

export function tabReturn(options?: Partial<TabReturnOptions>): Detector<State> {
  const o = settle(defaults, options)

  const on = (state: State): Step<State> => ({
    state,
    wakeAt: state.since === undefined ? undefined : later(state.since, o.lastsMs),
  })
  const over = (state: State): Step<State> => ({
    state: { ...state, since: undefined },
    ...(state.since === undefined ? {} : { phase: 'ended' as const }),
  })

  const visibility = (state: State, { at, visible, hiddenMs }: Signal & { kind: 'visibility' }) => {
    if (!visible) {
      const why =
        at <= state.payingUntil ? 'is paying' : at <= state.elsewhereUntil ? 'opened elsewhere' : undefined
      return over({ ...state, why })
    }
    const { why } = state
    const evidence = { hiddenMs: Math.round(hiddenMs), hiddenMinMs: o.awayMs }
    if (why) {
      const elsewhereUntil = why === 'is paying' ? state.elsewhereUntil : at + comparingMs
      return { ...on({ ...state, why: undefined, elsewhereUntil }), ...near(1, evidence, why) }
    }
    if (hiddenMs < o.awayMs) return { ...on(state), ...near(hiddenMs / o.awayMs, evidence, 'too short') }
    return { ...on({ ...state, since: at }), phase: 'confirmed' as const, evidence }
  }

  return {
    name: 'tab-return',
    options: o,
    hears: ['visibility', 'press', 'form', 'navigate', 'wake'],
    start: { elsewhereUntil: -Infinity, payingUntil: -Infinity, inCheckout: false },

    step(state, signal) {
      const { kind, at } = signal
      if (kind === 'visibility') return visibility(state, signal)
      if (kind === 'press')
        return on(signal.expects === 'elsewhere' ? { ...state, elsewhereUntil: at + o.elsewhereMs } : state)
      if (kind === 'form') {
        if (signal.action !== 'submit') return on(state)
        return over(state.inCheckout ? { ...state, payingUntil: at + o.payingMs } : state)
      }
      if (kind === 'navigate') {
        const { to, paying, ordered } = signal
        const payingUntil = ordered ? -Infinity : paying ? at + o.payingMs : state.payingUntil
        return over({ ...state, payingUntil, inCheckout: to.type === 'checkout' })
      }
      return at >= (state.since ?? Infinity) + o.lastsMs ? over(state) : on(state)
    },
  }
}
