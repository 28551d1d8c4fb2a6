/**
 * What a shopper does with mouse, finger and keyboard, and what the browser does around it. A deed takes the time it
 * says and the next one follows; the same deed is acted out by `simulate` (pure) and by a hand in a real browser.
 */
export type Deed =
  | { readonly do: 'wait'; readonly ms: number }
  /** The mouse goes there in a straight line. */
  | { readonly do: 'move'; readonly to: Spot; readonly ms: number }
  /** A click or a tap; the mouse goes there first when it is elsewhere. */
  | { readonly do: 'press'; readonly on: string; readonly off: Place; readonly holdMs: number }
  /** The mouse button goes down, or up again, where the mouse is. */
  | { readonly do: 'button'; readonly down: boolean }
  /** The right mouse button: no press, a menu of the browser's. */
  | { readonly do: 'menu'; readonly on: string }
  /** Two fingers, or a long pull beyond the page's top: the browser takes the gesture, there is no press. */
  | { readonly do: 'gesture'; readonly on: string }
  /** Enter or Space on a control that has the focus; switch control and screen readers make the same click. */
  | { readonly do: 'activate'; readonly on: string }
  /** The Tab key, or the next button of a virtual keyboard. */
  | { readonly do: 'tab'; readonly to: string }
  /** The page's own script moves the focus. */
  | { readonly do: 'scriptFocus'; readonly to: string }
  | { readonly do: 'type'; readonly text: string; readonly everyMs: number }
  | { readonly do: 'erase'; readonly count: number; readonly everyMs: number }
  /** What is typed next replaces all that stands in the field. */
  | { readonly do: 'selectAll' }
  /** Content that nobody typed: paste, undo, autocorrect, autofill, a password manager. */
  | { readonly do: 'fill'; readonly field: string; readonly text: string }
  /** Text through an input method, told when its composition ends. */
  | { readonly do: 'compose'; readonly text: string; readonly ms: number }
  /** A composition in which the keyboard replaces what stands there. */
  | { readonly do: 'recompose'; readonly text: string; readonly ms: number }
  /** The page's script empties the field. */
  | { readonly do: 'clear'; readonly field: string }
  /** A wheel or a finger moves the page, at an even speed; `px` < 0 is up. */
  | { readonly do: 'scroll'; readonly px: number; readonly ms: number }
  /** The page's script moves the page. */
  | { readonly do: 'scriptScroll'; readonly to: number }
  /** The mouse goes out of the window, by a straight way at so many px/s. */
  | { readonly do: 'leave'; readonly by: 'top' | 'side' | 'bottom'; readonly pxPerS: number }
  /** It is gone, and where it was last seen (the nearest to the edge) is all that the browser tells. */
  | { readonly do: 'vanish' }
  | { readonly do: 'comeBack'; readonly to: Place }
  /** Another tab or app is before the shopper's eyes for so long. */
  | { readonly do: 'away'; readonly ms: number }
  /** The window's size changes: a keyboard comes up, the device is turned, the browser zooms. */
  | { readonly do: 'resize' }
  /** A step to another page of the shop, inside the page (`push`) or by loading. */
  | {
      readonly do: 'go'
      readonly to: string
      readonly how: 'push' | 'replace' | 'load'
      readonly failed: boolean
    }
  | { readonly do: 'history'; readonly steps: number; readonly loads: boolean }
  /** To a payment page of another origin (3-D Secure) and back by its redirect. */
  | { readonly do: 'pay'; readonly ms: number; readonly to: string }
  /** The shop tells its cart. */
  | { readonly do: 'cart'; readonly added: number; readonly removed: number }
  /** A script of the shop's fails, for no act of the shopper's. */
  | { readonly do: 'fault' }

export type Place = readonly [x: number, y: number]
/** An element by its name, or a place in the window. */
export type Spot = string | Place
export type Deeds = readonly (Deed | Deeds)[]

export const wait = (ms: number): Deed => ({ do: 'wait', ms })
export const move = (to: Spot, ms = 300): Deed => ({ do: 'move', to, ms })
export const press = (on: string, { off = [0, 0] as Place, holdMs = 60 } = {}): Deed => ({
  do: 'press',
  on,
  off,
  holdMs,
})
export const buttonDown: Deed = { do: 'button', down: true }
export const buttonUp: Deed = { do: 'button', down: false }
export const menu = (on: string): Deed => ({ do: 'menu', on })
export const gesture = (on: string): Deed => ({ do: 'gesture', on })
export const activate = (on: string): Deed => ({ do: 'activate', on })
export const tab = (to: string): Deed => ({ do: 'tab', to })
export const scriptFocus = (to: string): Deed => ({ do: 'scriptFocus', to })
export const type = (text: string, everyMs = 120): Deed => ({ do: 'type', text, everyMs })
export const erase = (count: number, everyMs = 60): Deed => ({ do: 'erase', count, everyMs })
export const selectAll: Deed = { do: 'selectAll' }
export const fill = (field: string, text: string): Deed => ({ do: 'fill', field, text })
export const compose = (text: string, ms = 800): Deed => ({ do: 'compose', text, ms })
export const recompose = (text: string, ms = 800): Deed => ({ do: 'recompose', text, ms })
export const clear = (field: string): Deed => ({ do: 'clear', field })
export const scroll = (px: number, ms = Math.abs(px)): Deed => ({ do: 'scroll', px, ms })
export const scriptScroll = (to: number): Deed => ({ do: 'scriptScroll', to })
export const leave = (by: 'top' | 'side' | 'bottom' = 'top', pxPerS = 1200): Deed => ({
  do: 'leave',
  by,
  pxPerS,
})
export const vanish: Deed = { do: 'vanish' }
export const comeBack = (to: Place = [600, 300]): Deed => ({ do: 'comeBack', to })
export const away = (ms: number): Deed => ({ do: 'away', ms })
export const resize: Deed = { do: 'resize' }
export const go = (to: string, how: 'push' | 'replace' | 'load' = 'push', { failed = false } = {}): Deed => ({
  do: 'go',
  to,
  how,
  failed,
})
/** The browser's back button, by a route inside the page or (`loads`) a page that is loaded anew. */
export const back = (steps = 1, { loads = false } = {}): Deed => ({ do: 'history', steps: -steps, loads })
export const forward = (steps = 1): Deed => ({ do: 'history', steps, loads: false })
export const pay = (to = 'checkout', ms = 20_000): Deed => ({ do: 'pay', ms, to })
export const cart = ({ added = 0, removed = 0 }: { added?: number; removed?: number }): Deed => ({
  do: 'cart',
  added,
  removed,
})
export const fault: Deed = { do: 'fault' }
export const times = (count: number, ...deeds: Deeds): Deeds => Array.from({ length: count }, () => deeds)
