import type { Expects } from '../terms'
import type { CaptureKit, Source } from './source'

/** What a press can be meant for. Text fields, media and canvases are controls too, of which nothing is expected. */
const controls =
  'a[href],area[href],button,input,select,option,textarea,summary,label,canvas,video,audio,object,embed,' +
  '[role=button],[role=link],[role=tab],[role=menuitem],[role=menuitemcheckbox],[role=menuitemradio],' +
  '[role=checkbox],[role=radio],[role=switch],[role=option],[role=combobox],[role=slider],' +
  '[onclick],[data-cta],[contenteditable]:not([contenteditable=false])'
/** Pictures of a pointing hand: what looks so is meant to be pressed, whatever it is made of. */
const hands = /^(pointer|zoom-in|zoom-out)$/
/** How far up a pressable look is followed. */
const mostUp = 8

/** Of these the browser, or the hand, does all there is to see: choosing, drawing, playing. */
const silent = 'select,option,textarea,canvas,video,audio,object,embed,[role=combobox],[role=slider]'
/** Chosen already: to choose it again changes nothing. */
const chosen = '[aria-selected=true],[aria-current]:not([aria-current=false]),[role=radio][aria-checked=true]'
const pressed = /^(checkbox|radio|submit|button|reset|image)$/
/** Files that a browser hands to the shopper instead of showing a page. */
const files = /\.(pdf|zip|csv|ics|docx?|xlsx?|exe|dmg|apk)$/i

/** What a press fell on and what it should do, from the markup alone: no listener of the page can be seen. */
export function expects(kit: CaptureKit): Source {
  const innermost = (event: Event) => {
    const [inner] = event.composedPath()
    return inner instanceof Element ? inner : event.target instanceof Element ? event.target : null
  }
  /** The outermost element around it that has a hand for a mouse pointer. */
  const byLook = (element: Element) => {
    const looks = (it: Element) => hands.test(getComputedStyle(it).cursor)
    if (!looks(element)) return null
    let found = element
    for (let up = 0; up < mostUp && found.parentElement && looks(found.parentElement); up++)
      found = found.parentElement
    return found
  }
  const controlOf = (event: Event) => {
    const element = innermost(event)
    return element && (element.closest(controls) ?? byLook(element))
  }

  kit.control = (event) => controlOf(event) ?? innermost(event)
  kit.expects = (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey } = event
    const control = controlOf(event)
    if (!control) return 'nothing'
    // With a key held the browser opens a tab, a window or a download.
    return ctrlKey || metaKey || shiftKey || altKey ? 'elsewhere' : expected(control)
  }
  return {}
}

function expected(control: Element): Expects {
  if (control.matches(silent) || control.matches(chosen)) return 'nothing'
  if (control instanceof HTMLElement && control.isContentEditable) return 'nothing'
  if (control instanceof HTMLLabelElement) return control.control ? expected(control.control) : 'nothing'
  if (control instanceof HTMLInputElement) {
    const { type, checked } = control
    if (type === 'file') return 'elsewhere'
    if (!pressed.test(type) || (type === 'radio' && checked)) return 'nothing'
  }
  if (control instanceof HTMLAnchorElement || control instanceof HTMLAreaElement) {
    const { protocol, pathname, target } = control
    const isHere = /^(https?|javascript):$/.test(protocol) && /^(|_self|_top|_parent)$/i.test(target)
    return isHere && !control.hasAttribute('download') && !files.test(pathname) ? 'change' : 'elsewhere'
  }
  const { form, formTarget } = control as Partial<HTMLButtonElement>
  return /^_blank$/i.test(formTarget || form?.target || '') ? 'elsewhere' : 'change'
}
