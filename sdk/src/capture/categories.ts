import type { Listen } from '../platform/platform'
import type { Clock, Millis, Stop } from '../time'

export interface CategoriesOptions {
  readonly clock: Pick<Clock, 'after'>
  readonly listen: Listen
  readonly viewed: (category: string) => void
}

/** Whoever is gone within it has not looked at the product; a page that renders itself has done so by then. */
const lookMs = 1000 as Millis
const attribute = 'data-splitsecond-category'
const list = '[data-splitsecond-list]'
const ignored = '[data-splitsecond-ignore=""]'

/**
 * What the page's markup says of the categories that a shopper looks at: the one of a product page, a second after it has been
 * reached, and that of an item he presses in a list.
 */
export function createCategories({ clock, listen, viewed }: CategoriesOptions) {
  const state = { timer: (() => {}) as Stop }
  const tell = (element: Element | null | undefined) => {
    const category = element?.closest(ignored) ? null : element?.getAttribute(attribute)
    if (category) viewed(category)
  }
  const stop = listen(document, 'click', ({ target }) => {
    const element = target instanceof Element ? target.closest(`[${attribute}]`) : null
    if (element?.closest(list)) tell(element)
  })
  return {
    arrive(pageType: string) {
      state.timer()
      if (pageType !== 'product') return
      state.timer = clock.after(lookMs, () =>
        tell([...document.querySelectorAll(`[${attribute}]`)].find((element) => !element.closest(list))),
      )
    },
    stop() {
      state.timer()
      stop()
    },
  }
}
