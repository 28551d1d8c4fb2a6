import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { near, settle, type Detector, type Step } from './detector'

/**
 * The shopper has put his goods together and does not go on.
 *
 * Every sign of it is noise when it is alone; evidence is any two different ones within 60 s, on a page of type `cart`:
 * - he hesitated on a decision element (the moment hesitation, of an element and not of a field)
 * - he did nothing at all for 20 s
 * - he put pieces in and took them out again (`flipFlop`), or out and in again (`readded`)
 * - he came back from checkout (the moment back-on-checkout)
 * - he pressed what the page marks as `shipping` or `returns`
 * - he went away twice (another tab, another app), other than to what he had opened from here
 *
 * A change of the cart counts on any page, since what was taken out here is often put in again on the product's page.
 * The list of signs is from practitioners' write-ups of cart abandonment; none gives figures, so these are ours.
 *
 * Ends when the shopper goes to another page, is away, or after 30 s.
 */
export type CartHesitationOptions = {
  /** Different signs. @default 2 */
  signs: number
  /** Span within which they count, ms. @default 60000 */
  windowMs: number
  /** How long nothing is done on the cart, ms. @default 20000 */
  idleMs: number
  /** Times away that make a sign. @default 2 */
  aways: number
  /** Shortest time away that counts, ms. @default 1000: less is a slip of the hand */
  awayMs: number
  /** How long before it was hidden a press may have opened something elsewhere, ms. @default 10000 (as tab-return) */
  elsewhereMs: number
  /** How long the shopper is taken to be still in doubt, ms. @default 30000 (as back-on-checkout) */
  lastsMs: number
}

const defaults: CartHesitationOptions = {
  signs: 2,
  windowMs: 60_000,
  idleMs: 20_000,
  aways: 2,
  awayMs: 1000,
  elsewhereMs: 10_000,
  lastsMs: 30_000,
}

type Sign = 'hesitated' | 'idle' | 'flipFlop' | 'readded' | 'cameBack' | 'lookedUp' | 'wentAway'

interface State {
  readonly inCart: boolean
  /** When each sign was last seen. */
  readonly signs: { readonly [Name in Sign]?: PageTime }
  /** The last input on the cart; undefined while its silence has been told. */
  readonly inputAt?: PageTime | undefined
  /** The last change of the cart that no other has answered. */
  readonly change?: { readonly at: PageTime; readonly added: boolean } | undefined
  readonly aways: readonly PageTime[]
  /** A press that opened something elsewhere. */
  readonly elsewhereAt: number
  readonly sentAway: boolean
  readonly since?: PageTime | undefined
}

export function cartHesitation(options?: Partial<CartHesitationOptions>): Detector<State> {
  const o = settle(defaults, options)

  const on = (state: State): Step<State> => {
    const wakeAt = Math.min((state.inputAt ?? Infinity) + o.idleMs, (state.since ?? Infinity) + o.lastsMs)
    return { state, wakeAt: wakeAt < Infinity ? (wakeAt as PageTime) : undefined }
  }
  const over = (state: State): Step<State> => ({
    ...on({ ...state, since: undefined }),
    ...(state.since === undefined ? {} : { phase: 'ended' as const }),
  })
  const did = (state: State, at: PageTime): State => (state.inCart ? { ...state, inputAt: at } : state)

  /** Are there signs enough? */
  const judge = (state: State, at: PageTime): Step<State> => {
    const seen = Object.entries(state.signs).filter(([, since]) => at - since <= o.windowMs)
    const next = { ...state, signs: Object.fromEntries(seen) }
    if (!seen.length) return on(next)
    const onset = Math.min(...seen.map(([, since]) => since)) as PageTime
    const evidence = {
      signs: seen.length,
      signsMin: o.signs,
      spanMs: Math.round(at - onset),
      windowMs: o.windowMs,
      ...Object.fromEntries(seen.map(([which]) => [which, true])),
    }
    if (state.inCart && seen.length >= o.signs && state.since === undefined)
      return { ...on({ ...next, signs: {}, since: at }), phase: 'confirmed', onset, evidence }
    return { ...on(next), ...near(seen.length / o.signs, evidence, state.inCart ? '' : 'not in the cart') }
  }
  const sign = (state: State, name: Sign, at: PageTime) =>
    judge({ ...state, signs: { ...state.signs, [name]: at } }, at)

  const changed = (state: State, { at, added }: Signal & { kind: 'cart' }): Step<State> => {
    const { change } = state
    const grew = added > 0
    const answers = change && change.added !== grew && at - change.at <= o.windowMs
    const next = did({ ...state, change: answers ? undefined : { at, added: grew } }, at)
    return answers ? sign(next, grew ? 'readded' : 'flipFlop', at) : on(next)
  }

  const visibility = (state: State, { at, visible, hiddenMs }: Signal & { kind: 'visibility' }) => {
    if (!visible) return over({ ...state, sentAway: at - state.elsewhereAt <= o.elsewhereMs })
    const next = did(state, at)
    if (!state.inCart || state.sentAway || hiddenMs < o.awayMs) return on(next)
    const aways = [...state.aways.filter((earlier) => at - earlier <= o.windowMs), at].slice(-o.aways || 1)
    return aways.length < o.aways ? on({ ...next, aways }) : sign({ ...next, aways: [] }, 'wentAway', at)
  }

  return {
    name: 'cart-hesitation',
    options: o,
    hears: [
      'moment',
      'cart',
      'press',
      'pointer',
      'field',
      'scroll',
      'wheel',
      'visibility',
      'navigate',
      'wake',
    ],
    start: { inCart: false, signs: {}, aways: [], elsewhereAt: -Infinity, sentAway: false },

    step(state, signal) {
      const { kind, at } = signal
      if (kind === 'cart') return changed(state, signal)
      if (kind === 'visibility') return visibility(state, signal)
      if (kind === 'navigate') {
        const inCart = signal.to.type === 'cart'
        const next = { ...state, inCart, inputAt: inCart ? at : undefined }
        return inCart && state.since === undefined ? judge(next, at) : over(next)
      }
      // The very step that leads back to the cart is told before the page it leads to.
      if (kind === 'moment' && signal.name === 'back-on-checkout')
        return signal.evidence['to'] === 'cart' ? sign(state, 'cameBack', at) : on(state)
      if (!state.inCart) return on(state)
      if (kind === 'moment') {
        // A field that stays empty is about what to write there, not about the order.
        const ofField = 'emptyMs' in signal.evidence
        return signal.name === 'hesitation' && !ofField ? sign(state, 'hesitated', at) : on(state)
      }
      if (kind === 'press') {
        const { expects, target } = signal
        const next = { ...did(state, at), elsewhereAt: expects === 'elsewhere' ? at : state.elsewhereAt }
        const looksUp =
          /^(shipping|returns)$/.test(target.role) && !target.ignore?.includes('cart-hesitation')
        return looksUp ? sign(next, 'lookedUp', at) : on(next)
      }
      if (kind !== 'wake') return on(did(state, at))
      if (at >= (state.since ?? Infinity) + o.lastsMs) return over(state)
      if (at < (state.inputAt ?? Infinity) + o.idleMs) return on(state)
      return sign({ ...state, inputAt: undefined }, 'idle', at)
    },
  }
}
