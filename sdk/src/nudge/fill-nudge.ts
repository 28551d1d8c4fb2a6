import type { Stop } from '../time'
import { addActions } from './add-actions'
import type { Mounting, SurfaceKit } from './surface'
import { setText } from './text'
import { dress } from './theme'

/** Adds an element that the page's own style may name. */
export type Add = <Tag extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  tag: Tag,
  part: string,
  text?: string,
) => HTMLElementTagNameMap[Tag]

/**
 * Fills a nudge's root: title, body, products, actions, a close button. Text nodes only, never HTML.
 * @returns ends all it listens to
 */
export function fillNudge(element: HTMLElement, mounting: Mounting, kit: SurfaceKit): Stop {
  const { spec, copy, used } = mounting
  const stops: Stop[] = []
  const byWord = kit.largestPaintOpen()
  const add: Add = (parent, tag, part, text) => {
    const child = document.createElement(tag)
    child.className = part
    child.setAttribute('part', part)
    if (text !== undefined) setText(child, text, byWord)
    parent.append(child)
    return child
  }

  element.className = `nudge ${spec.surface}`
  element.setAttribute('part', `nudge ${spec.surface}`)
  element.lang = copy.lang
  // The nudge may speak another language than the page around it.
  element.dir = copy.dir ?? 'ltr'
  if (spec.theme) dress(element, spec.theme)
  stops.push(kit.addImage(element, spec.image, copy.alt, kit))
  const modal = spec.surface === 'modal'
  if (copy.title) add(element, modal ? 'h2' : 'p', 'title', copy.title).id = 'title'
  if (copy.body) add(element, 'p', 'body', copy.body).id = 'body'
  if (copy.products) stops.push(kit.addProducts()?.(element, mounting, kit, add) ?? (() => {}))
  stops.push(addActions(element, mounting, kit, add))
  const close = add(element, 'button', 'close', '×')
  close.type = 'button'
  close.ariaLabel = copy.close ?? 'Close'
  stops.push(kit.listen(close, 'click', () => used('dismissed')))
  return () => stops.forEach((stop) => stop())
}
