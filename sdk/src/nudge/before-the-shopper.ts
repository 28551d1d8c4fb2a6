/**
 * The boxes of the consent banners that most shops use: a nudge beside one would have the shopper answer two at once, and
 * one over it would hide what the law wants seen. From each vendor's own markup as of 2026; `page({ critical: true })`
 * does for all others. By id and by class, each alone: a browser has those at hand, while one list of selectors is held
 * against every element of the page.
 */
const ids = [
  'onetrust-banner-sdk',
  'CybotCookiebotDialog',
  'didomi-popup',
  'didomi-notice',
  'qc-cmp2-ui',
  'truste-consent-track',
  'iubenda-cs-banner',
  'shopify-pc__banner',
  'cmpbox',
  'axeptio_overlay',
]
const classes = [
  'cky-consent-container',
  'cmplz-cookiebanner',
  'osano-cm-dialog',
  'fc-consent-root',
  'cc-window',
]
/** A frame in the box, with a number behind. */
const numbered = 'sp_message_iframe'

const banners = (): readonly (Element | null)[] => [
  ...ids.map((id) => document.getElementById(id)),
  ...classes.flatMap((name) => [...document.getElementsByClassName(name)]),
  ...[...document.getElementsByTagName('iframe')].filter(({ id }) => id.startsWith(numbered)),
]

const isSeen = (element: Element) => {
  const { width, height } = element.getBoundingClientRect()
  // Banners that were answered often stay, transparent or invisible.
  const options = { opacityProperty: true, visibilityProperty: true }
  return width * height > 0 && (element.checkVisibility?.(options) ?? true)
}

/** The page has a modal dialog of its own open: all else is inert, or the page's script keeps the focus from it. */
export const isDialogOpen = () =>
  [...document.getElementsByTagName('dialog')].some((dialog) => dialog.matches(':modal')) ||
  [...document.querySelectorAll('[aria-modal=true]')].some(isSeen)

/** The shopper is asked for his consent. */
export const isBannerUp = () => banners().some((it) => it && isSeen(it))
