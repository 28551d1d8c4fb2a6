/**
 * The boxes of the consent banners that most shops use: a nudge beside one would have the shopper answer two at once, and
 * one over it would hide what the law wants seen. From each vendor's own markup as of 2026; `page({ critical: true })`
 * does for all others.
 */
const banners = [
  '#onetrust-banner-sdk',
  '#CybotCookiebotDialog',
  '#didomi-popup',
  '#didomi-notice',
  '#qc-cmp2-ui',
  '#truste-consent-track',
  '[id^=sp_message_container]',
  '.cky-consent-container',
  '.cmplz-cookiebanner',
  '.osano-cm-dialog',
  '#iubenda-cs-banner',
  '#shopify-pc__banner',
  '#cmpbox',
  '#axeptio_overlay',
  '.fc-consent-root',
  '.cc-window',
].join()

const isSeen = (element: Element) => {
  const { width, height } = element.getBoundingClientRect()
  // Banners that were answered often stay, transparent or invisible.
  const options = { opacityProperty: true, visibilityProperty: true }
  return width * height > 0 && (element.checkVisibility?.(options) ?? true)
}
const areThere = (selector: string, are: (element: Element) => boolean) =>
  [...document.querySelectorAll(selector)].some(are)

/** The page has a modal dialog of its own open: all else is inert, or the page's script keeps the focus from it. */
export const isDialogOpen = () =>
  areThere('dialog[open]', (dialog) => dialog.matches(':modal')) || areThere('[aria-modal=true]', isSeen)

/** The shopper is asked for his consent. */
export const isBannerUp = () => areThere(banners, isSeen)
