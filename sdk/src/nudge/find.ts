/** The first element that a selector of the ruleset's finds; one that no browser can look for finds nothing. */
export function find(selector: string | undefined): Element | undefined {
  try {
    return (selector && document.querySelector(selector)) || undefined
  } catch {
    return undefined
  }
}

/** In the page, and with a box of its own, be it one of no height. */
export const hasBox = (element: Element | undefined): element is Element => !!element?.getClientRects().length
