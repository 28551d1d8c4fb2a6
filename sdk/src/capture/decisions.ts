import type { CaptureKit } from './source'

/**
 * Decision elements where the ruleset names none: what submits, what the page marks as a call to action, and
 * price and shipping, where doubt shows. On pages where every button is a decision, any button counts.
 */
const usual =
  'button[type=submit],input[type=submit],form button:not([type]),[data-cta],[data-splitsecond-role=price],[data-splitsecond-role=shipping]'
const anyButton = /^(pricing|cart|checkout)$/

/** Can a browser look for it? Beside others, too: one that is left open (`[title="a`) would swallow what follows. */
export const isSelector = (text: string) => {
  try {
    new DocumentFragment().querySelector(`${text}\n,a`)
    return true
  } catch {
    return false
  }
}

/** Finds decision elements: by `moments.hesitation.targets` where the ruleset gives any that can be looked for. */
export function decisions({ page, settings }: CaptureKit) {
  const { targets } = settings['hesitation'] ?? {}
  const given = Array.isArray(targets) ? targets.filter(isSelector).join() : ''
  const selector = () => given || (anyButton.test(page().type) ? `${usual},button,[role=button]` : usual)
  return {
    /** The decision element that holds this one, or null. */
    of: (element: EventTarget | null) => (element instanceof Element ? element.closest(selector()) : null),
    /** All that are in the document now, at most 50. */
    all: () => [...document.querySelectorAll(selector())].slice(0, 50),
  }
}
