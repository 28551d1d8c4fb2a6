import { isOurs } from './elements'

/** What belongs together in a page. */
const groups =
  'form,fieldset,section,article,dialog,li,tr,table,nav,aside,figure,details,[role=group],[role=dialog],' +
  '[role=region],[role=tablist],[role=toolbar],[role=radiogroup]'
/** What a page tells the shopper with, wherever it stands. */
const telling =
  '[aria-live]:not([aria-live=off]),[role=status],[role=alert],[role=alertdialog],[role=dialog],dialog,output,[popover]'
/** The page as a whole is nobody's surroundings. */
const whole = 'html,body,main,[role=main]'
/** Parents that count as "around it" where the markup names no group, and neighbours on each side. */
const levels = 3
const neighbours = 2
/** How far up from a change we look for what was pressed, and how many of the nodes it added are looked at. */
const mostUp = 40
const mostAdded = 3

const parentOf = (node: Node): Node | null => node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null

const isPart = (element: Element | null | undefined): element is Element =>
  !!element && !element.matches(whole)

/**
 * What lies around a control, by the markup alone: nothing is measured, so no layout is forced. Answers whether a
 * change lies in it, in what the control says it controls, or in what the page tells the shopper with.
 */
export function surroundings(control: Element) {
  const around = new Set<Node>([control])
  const add = (element: Element | null | undefined) => void (isPart(element) && around.add(element))

  add(control.closest(groups))
  for (let up: Element | null = control, level = 0; up && level < levels; level++) {
    const parent = parentOf(up)
    up = parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null
    add(up)
  }
  for (let side = 0, next = control.nextElementSibling; side < neighbours; side++) {
    add(next)
    next = next?.nextElementSibling ?? null
  }
  for (let side = 0, next = control.previousElementSibling; side < neighbours; side++) {
    add(next)
    next = next?.previousElementSibling ?? null
  }
  for (const name of ['aria-controls', 'aria-owns', 'popovertarget', 'commandfor'])
    for (const id of control.getAttribute(name)?.split(/\s+/) ?? []) add(document.getElementById(id))
  add((control as Partial<HTMLButtonElement>).form)
  add((control as Partial<HTMLLabelElement>).control)

  return (node: Node, added?: NodeList): boolean => {
    for (let up: Node | null = node, level = 0; up && level < mostUp; level++, up = parentOf(up))
      if (around.has(up)) return true
    const element = node instanceof Element ? node : node.parentElement
    if (element?.closest(telling)) return true
    for (let i = 0; i < Math.min(mostAdded, added?.length ?? 0); i++) {
      const child = added?.[i]
      if (child instanceof Element && (child.matches(telling) || child.querySelector(telling))) return true
    }
    return false
  }
}

/** Nothing a shopper could see: our own, the head with its scripts and styles. */
export const isUnseen = ({ target, addedNodes }: MutationRecord): boolean => {
  const element = target instanceof Element ? target : target.parentElement
  const [child] = addedNodes
  return (
    !!element?.closest('head') ||
    isOurs(element) ||
    (child instanceof Element && (isOurs(child) || isLink(child)))
  )
}
const isLink = (element: Element) => element.matches('script,style,link,meta')
