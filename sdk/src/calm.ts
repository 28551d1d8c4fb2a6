import type { Platform } from './platform/platform'
import type { PageRef, Unrest } from './terms'
import type { PageTime, Stop } from './time'

export interface CalmOptions {
  readonly platform: Platform
  /** The page has a modal dialog of its own open. */
  readonly isDialogOpen: () => boolean
  /** The shopper is asked for his consent. */
  readonly isBannerUp: () => boolean
  readonly page: () => PageRef
  /** What the page said of itself by `page()`. */
  readonly given: { readonly page: Readonly<Record<string, unknown>> }
}

/** After a key in a field the shopper types for so long: who thinks of the next word pauses less. */
export const typingMs = 1000

/** Fields that take no text: a key in one of them is no typing. */
const noText = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/

const isTyped = (target: EventTarget | undefined) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !noText.test(target.type)))

/** What has the focus, in open shadow trees too; of a frame the frame itself. */
const focused = () => {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}

/** Knows what the shopper is busy with, so that a nudge would disturb him. Never what he types. */
export function createCalm({ platform: { clock, listen }, page, given, ...more }: CalmOptions) {
  const state = { typedAt: -Infinity, composing: false }
  const typed = (event: Event, at: PageTime) => {
    if (isTyped(event.composedPath()[0])) state.typedAt = at
  }
  const composes = (composing: boolean) => (_event: Event, at: PageTime) => {
    Object.assign(state, { composing, typedAt: at })
  }
  const pays = () => {
    const element = focused()
    // The fields of most payment services stand in a frame, whose inside nobody can see.
    if (element instanceof HTMLIFrameElement)
      return page().type === 'checkout' || /\bpayment\b/.test(element.allow)
    return /(^|\s)cc-/.test(element?.getAttribute('autocomplete') ?? '')
  }
  const stops = [
    // A page that writes into its field by itself leaves no `input`, a voice no `keydown`.
    listen(window, 'keydown', typed),
    listen(window, 'input', typed),
    listen(window, 'compositionstart', composes(true)),
    listen(window, 'compositionend', composes(false)),
    // A field that is taken out of the page in the midst of it.
    listen(window, 'focusout', () => void (state.composing = false)),
  ]

  return {
    /** Empty: a calm instant. */
    unrest(): readonly Unrest[] {
      const seen: Record<Unrest, boolean> = {
        composing: state.composing,
        dialog: more.isDialogOpen(),
        banner: more.isBannerUp(),
        typing: clock.now() - state.typedAt < typingMs,
        'payment-field': pays(),
        critical: given.page['critical'] === true,
      }
      return (Object.keys(seen) as Unrest[]).filter((it) => seen[it])
    },
    stop: (() => stops.forEach((stop) => stop())) as Stop,
  }
}
