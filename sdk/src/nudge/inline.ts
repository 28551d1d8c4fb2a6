import type { NudgeSpec } from '../../schema/ruleset'
import { find, hasBox } from './find'
import css from './inline.css'
import type { Surface } from './surface'

/** The element that is told of, and how the nudge goes there. */
const placeOf = ({ place: { slot, selector, position = 'append' } = {} }: NudgeSpec) => ({
  element: find(slot === undefined ? selector : `[data-splitsecond-slot="${CSS.escape(slot)}"]`),
  put: slot === undefined ? position : 'append',
})

/** Width and height inside the padding; what runs with the text (a `span`) has the room of what it stands in. */
function roomIn(element: Element) {
  while (!element.clientWidth && element.parentElement) element = element.parentElement
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(element)
  const px = (...lengths: string[]) => lengths.reduce((sum, length) => sum + (parseFloat(length) || 0), 0)
  return {
    width: element.clientWidth - px(paddingLeft, paddingRight),
    height: element.clientHeight - px(paddingTop, paddingBottom),
  }
}

/**
 * A nudge within the page, in a host of its own. Nothing of the page moves: a slot that is empty and has the room keeps
 * its size with the nudge in it; anywhere else the nudge lies over what follows, out of the page's flow, and scrolls with
 * it. It is over when the page throws its place out.
 */
export const inline: Surface = {
  hasPlace: (spec) => hasBox(placeOf(spec).element),
  make(mounting, kit) {
    const { host, root, style } = kit.layer()
    style(css)
    const box = document.createElement('div')
    box.className = 'place'
    const element = document.createElement('div')
    // Its place in the order of reading says where it belongs; announced it would be twice.
    element.role = 'group'
    element.setAttribute('aria-labelledby', mounting.copy.title ? 'title' : 'body')
    const stops = [kit.fill(element, mounting, { style })]
    box.append(element)
    root.replaceChildren(box)
    const reveal = () => {
      const { element: target, put } = placeOf(mounting.spec)
      if (!target) throw Error('the place of the nudge is not in the page')
      const within = put === 'append' || put === 'prepend'
      const parent = within ? target : target.parentElement!
      const empty = within && !target.childElementCount && !target.textContent?.trim()
      const room = roomIn(parent)
      box.style.setProperty('inline-size', `${room.width}px`)
      target[put](host)
      if (empty && parent.clientWidth && element.offsetHeight <= room.height) {
        box.classList.add('fits')
        box.style.setProperty('inline-size', 'auto')
        box.style.setProperty('block-size', `${room.height}px`)
      }
      const sizes = new ResizeObserver(
        kit.guard('nudge/inline', () => {
          if (!box.classList.contains('fits'))
            box.style.setProperty('inline-size', `${roomIn(parent).width}px`)
        }),
      )
      sizes.observe(parent)
      const seen = new IntersectionObserver(
        kit.guard('nudge/inline', () => void (host.isConnected || mounting.used('expired'))),
      )
      seen.observe(element)
      stops.push(
        () => sizes.disconnect(),
        () => seen.disconnect(),
        () => host.remove(),
      )
    }
    return { element, reveal, stop: () => stops.forEach((stop) => stop()) }
  },
}
