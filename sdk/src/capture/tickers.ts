import type { PageTime } from '../time'

/** A node that changes at least this often is moving by itself: a page that redraws each second, and some jitter. */
const everyMs = 1200
/** Two changes closer than this are one. */
const apartMs = 100

/** Nodes that change by themselves, with no press before it: clocks, tickers, carousels, pages that redraw. */
export function createTickers() {
  const marks = new WeakMap<Node, { readonly first: PageTime; readonly last: PageTime }>()
  return {
    /** It changed, and nobody had pressed anything. Once says little (the page was just built), twice tells. */
    mark(node: Node, at: PageTime) {
      const mark = marks.get(node)
      marks.set(node, { first: mark && at - mark.last <= everyMs ? mark.first : at, last: at })
    },
    /** It changes again: was it changing by itself up to that instant? Then it still is. */
    goesOn(node: Node, known: PageTime, at: PageTime) {
      const mark = marks.get(node)
      const ticks = !!mark && mark.last - mark.first >= apartMs && known - mark.last <= everyMs
      if (ticks) marks.set(node, { first: mark.first, last: at })
      return ticks
    },
  }
}
