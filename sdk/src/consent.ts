import type { Consent } from './terms'

/**
 * The consent tier. What counts, first to last: the `consent()` call, Global Privacy Control (a "no" by law in
 * some places), the attribute, and `granted` where nothing says otherwise.
 */
export function createConsent(attribute: Consent | undefined, onChange: (tier: Consent) => void) {
  const state: { tier: Consent } = {
    tier: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
      ? 'denied'
      : (attribute ?? 'granted'),
  }
  return {
    tier: () => state.tier,
    set(tier: Consent) {
      if (tier === state.tier) return
      state.tier = tier
      onChange(tier)
    },
  }
}
