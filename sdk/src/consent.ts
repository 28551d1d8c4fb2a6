import { ofNavigator } from './of-navigator'
import type { Consent } from './terms'

/** What pages with a consent platform have on `window`, and from when. */
interface ConsentPage {
  /** IAB TCF: the platform itself or the stub that stands in for it. */
  readonly __tcfapi?: unknown
  readonly dataLayer?: unknown
}

/** Neither the layer nor what is in it is ours: an entry that cannot be read is none. */
const isCommand = (layer: readonly (ArrayLike<unknown> | undefined)[], index: number) => {
  try {
    return layer[index]?.[0] === 'consent'
  } catch {
    return false
  }
}

/** A page says by this that its shoppers are asked: nothing is kept or sent before their answer is known. */
export const asksForConsent = (page = window as ConsentPage): boolean => {
  if (typeof page.__tcfapi === 'function') return true
  const layer = page.dataLayer
  // Google consent mode: `gtag('consent', …)` pushes its arguments.
  return (
    Array.isArray(layer) &&
    Array.from({ length: layer.length }, (_none, index) => isCommand(layer, index)).includes(true)
  )
}

/**
 * The consent tier. What counts, first to last: the `consent()` call, Global Privacy Control (a "no" by law in
 * some places), the page's consent platform, the attribute, and `granted` where nothing says otherwise.
 */
export function createConsent(
  attribute: Consent | undefined,
  asks: boolean,
  onChange: (tier: Consent) => void,
) {
  // A "no" that cannot be read is a "no".
  const globalPrivacyControl = ofNavigator(
    (it) => (it as { globalPrivacyControl?: boolean }).globalPrivacyControl,
    true,
  )
  const byDefault = asks ? 'pending' : (attribute ?? 'granted')
  const state: { tier: Consent; said: boolean } = {
    tier: globalPrivacyControl ? 'denied' : byDefault,
    /** Said by what no platform may overrule. */
    said: !!globalPrivacyControl,
  }
  const change = (tier: Consent) => {
    if (tier === state.tier) return
    state.tier = tier
    onChange(tier)
  }
  return {
    tier: () => state.tier,
    /** The page's own word. */
    set(tier: Consent) {
      state.said = true
      change(tier)
    },
    /** The consent platform's word: a yes or a no. */
    hear(tier: Exclude<Consent, 'pending'>) {
      if (!state.said) change(tier)
    },
  }
}
