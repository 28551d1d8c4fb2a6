import type { NudgeSpec } from '../../schema/ruleset'
import type { Stop } from '../time'
import { find } from './find'
import type { Surface, SurfaceKit } from './surface'

const item = '[data-splitsecond-item]'
/** More than a page of products; beyond that nobody sees the order. */
const mostItems = 200
const moveMs = 300

const listOf = ({ place }: NudgeSpec) => find(place?.selector ?? '[data-splitsecond-list]')

/** What stands in a row in the list, one for each item: the item itself, or what of the list it stands in. */
function rowOf(list: Element): readonly HTMLElement[] {
  const items = [...list.querySelectorAll(item)].slice(0, mostItems)
  const parent = items[0]?.parentElement
  const alone = parent?.querySelectorAll(item).length === 1
  const row = items.map((it) => (alone ? it.parentElement : it))
  const home = row[0]?.parentElement
  return row.every((it) => it instanceof HTMLElement && it.parentElement === home) &&
    new Set(row).size === row.length
    ? (row as HTMLElement[])
    : []
}

/** By what the shopper leans to; what he leans to alike stays in the page's order. */
function orderOf(row: readonly HTMLElement[], affinity: Readonly<Record<string, number>>) {
  const scoreOf = (element: HTMLElement) => {
    const own = '[data-splitsecond-category]'
    const marked = element.matches(own) ? element : element.querySelector(own)
    const category = marked?.getAttribute('data-splitsecond-category')?.trim().replaceAll('.', '_') ?? ''
    return Object.hasOwn(affinity, category) ? affinity[category]! : 0
  }
  const scores = new Map(row.map((element) => [element, scoreOf(element)]))
  return [...row].sort((a, b) => scores.get(b)! - scores.get(a)!)
}

const isIn = (list: Element) =>
  list.contains(document.activeElement) || (matchMedia('(hover: hover)').matches && list.matches(':hover'))

/** Puts them into the places that they have among themselves; all else in the list stays where it is. */
function put(row: readonly HTMLElement[], order: readonly HTMLElement[]) {
  // Whoever stays is not touched: a frame in it would load anew.
  const places = row.flatMap((element, index) => {
    if (element === order[index]) return []
    const place = document.createComment('')
    element.before(place)
    return [[place, order[index]!] as const]
  })
  for (const [place, element] of places) place.replaceWith(element)
}

/** Runs, and sees to it that nothing has scrolled: browsers hold on to what they take for the text that is read. */
function unscrolled(list: Element, run: Stop) {
  const boxes: Element[] = []
  for (let box = list.parentElement; box; box = box.parentElement)
    if (box.scrollTop || box.scrollLeft) boxes.push(box)
  const were = boxes.map((box) => [box.scrollLeft, box.scrollTop] as const)
  run()
  boxes.forEach((box, index) => {
    const [left, top] = were[index]!
    if (box.scrollLeft !== left || box.scrollTop !== top) box.scrollTo({ left, top, behavior: 'instant' })
  })
}

/**
 * Each begins where it stood and goes to its place, by a transform alone: it is never hidden, and no layout shift. Who wants no
 * motion sees one frame of it: without that frame it would be a shift.
 */
function moved(row: readonly Element[], change: Stop): readonly Animation[] {
  const were = row.map((element) => element.getBoundingClientRect())
  change()
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  return row.flatMap((element, index) => {
    const [was, is] = [were[index]!, element.getBoundingClientRect()]
    const [x, y] = [was.left - is.left, was.top - is.top]
    if (!x && !y) return []
    const from = { transform: `translate(${x}px, ${y}px)`, composite: 'add' as const }
    const to = { transform: 'translate(0, 0)', composite: 'add' as const }
    return [
      element.animate([from, to], { duration: still ? 1 : moveMs, easing: still ? 'step-end' : 'ease-out' }),
    ]
  })
}

/**
 * Puts a product list of the page into the order of what the shopper leans to. Never while he points at it or has the focus in
 * it; undone when it is over, as far as the page has left the list as it was.
 */
export const reorder: Surface = {
  hasPlace(spec, { affinity }: SurfaceKit) {
    const list = listOf(spec)
    const row = list ? rowOf(list) : []
    const order = orderOf(row, affinity())
    if (!list || order.every((element, index) => element === row[index])) return false
    return isIn(list) ? 'busy' : true
  },
  make({ spec, used }, { affinity, guard }) {
    const stops: Stop[] = []
    return {
      reveal() {
        const list = listOf(spec)
        const row = list ? rowOf(list) : []
        if (!list || !row.length) throw Error('the list is not in the page')
        const order = orderOf(row, affinity())
        const home = row[0]!.parentElement
        let moving: readonly Animation[] = []
        // What is no product may be pushed about, too: rows are as high as what stands in them.
        const all = [...(home?.children ?? [])].slice(0, 2 * mostItems)
        unscrolled(list, () => (moving = moved(all, () => put(row, order))))
        const gone = new IntersectionObserver(
          guard('nudge/reorder', () => void (list.isConnected || used('expired'))),
        )
        gone.observe(list)
        stops.push(() => {
          gone.disconnect()
          for (const animation of moving) animation.cancel()
          const now = order.filter((element) => element.parentElement === home)
          const before = row.filter((element) => now.includes(element))
          if (now.length) unscrolled(list, () => put(now, before))
        })
      },
      stop: () => stops.forEach((stop) => stop()),
    }
  },
}
