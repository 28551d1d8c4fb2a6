import { bare } from '../bare'
import css from './stage.css'

/** Somewhere of ours in the page. */
export interface Layer {
  readonly host: HTMLElement
  readonly root: ShadowRoot
  /** The live region: lies in the top layer as long as something is in it. */
  readonly region: HTMLElement
  /** Adds to its style sheet what one surface needs; the same text once. */
  readonly style: (css: string) => void
}

/**
 * A host with an open shadow root, so that no style leaks either way. Its live region is there, empty, before anything
 * is: screen readers announce only what changes in a region they know.
 */
export function createLayer(): Layer {
  const host = document.createElement('div')
  host.setAttribute('data-splitsecond-stage', '')
  const root = host.attachShadow(bare({ mode: 'open' }))
  const adopted = new Set<string>()
  const style = (text: string) => {
    if (adopted.has(text)) return
    adopted.add(text)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  }
  style(css)
  const region = document.createElement('div')
  region.className = 'region'
  region.role = 'status'
  region.popover = 'manual'
  root.append(region)
  return { host, root, region, style }
}

/** Puts a nudge into the live region, above all else in the page. @returns takes it out */
export function lay(region: HTMLElement, element: HTMLElement, first = false) {
  // Opened empty: the browser styles all that it holds, and the frame does so again. Where there is no popover its z-index
  // has to do.
  if (!region.firstChild) region.showPopover?.()
  if (first) region.prepend(element)
  else region.append(element)
  return () => {
    element.remove()
    if (!region.firstChild) region.hidePopover?.()
  }
}
