import { bare } from '../bare'
import type { NudgeSpec } from '../../schema/ruleset'
import { find, hasBox } from './find'
import { isInView, placeTip } from './place-tip'
import type { Surface, SurfaceKit } from './surface'
import css from './tip.css'

const view = () => ({ width: document.documentElement.clientWidth, height: innerHeight })
const anchorOf = ({ anchor }: NudgeSpec, { element }: SurfaceKit, target: number | undefined) =>
  anchor === undefined ? element(target) : find(anchor)

/**
 * A nudge that points at an element: the one its rule names, else the one the moment is about. CSS could do it
 * (`anchor-name`), but would need a style on the page's own element, which is not ours to give. It follows its anchor, and
 * is over when that goes or can no longer be seen. Escape closes it, wherever the focus is.
 */
export const tip: Surface = {
  hasPlace(spec, kit, target) {
    const anchor = anchorOf(spec, kit, target)
    return hasBox(anchor) && isInView(anchor.getBoundingClientRect(), view())
  },
  make(mounting, kit) {
    const { spec, target, used } = mounting
    kit.style(css)
    const element = document.createElement('div')
    const stops = [kit.fill(element, mounting)]
    const arrow = document.createElement('div')
    arrow.className = 'arrow'
    element.append(arrow)

    const reveal = () => {
      const anchor = anchorOf(spec, kit, target)
      if (!anchor) throw Error('the anchor of the nudge is not in the page')
      stops.push(kit.lay(element))
      const follow = () => {
        const box = anchor.getBoundingClientRect()
        if (!anchor.isConnected || !hasBox(anchor) || !isInView(box, view())) return used('expired')
        const { offsetWidth: width, offsetHeight: height } = element
        const { x, y, side, arrow } = placeTip(box, { width, height }, view())
        element.classList.toggle('above', side === 'above')
        element.classList.toggle('tall', element.scrollHeight > element.clientHeight)
        element.style.setProperty('left', `${Math.round(x)}px`)
        element.style.setProperty('top', `${Math.round(y)}px`)
        element.style.setProperty('--nudge-arrow', `${Math.round(arrow)}px`)
      }
      const guarded = kit.guard('nudge/tip', follow)
      follow()
      const sizes = new ResizeObserver(guarded)
      for (const it of [anchor, element]) sizes.observe(it)
      // What moves it without a scroll or a resize (a box above it that opens) crosses one of these sooner or later.
      const seen = new IntersectionObserver(guarded, bare({ threshold: [0, 0.25, 0.5, 0.75, 1] }))
      seen.observe(anchor)
      stops.push(
        () => sizes.disconnect(),
        () => seen.disconnect(),
        // Captured: boxes inside the page scroll, too.
        kit.listen(document, 'scroll', follow),
        kit.listen(window, 'resize', follow),
        // It may lie over what he wants to see (WCAG 1.4.13); while he composes, the key is the input method's.
        kit.listen(document, 'keydown', (event) => {
          const { key, isComposing } = event as KeyboardEvent
          if (key === 'Escape' && !isComposing) used('dismissed')
        }),
      )
    }
    return { element, reveal, stop: () => stops.forEach((stop) => stop()) }
  },
}
