import { ofNavigator } from '../of-navigator'
import type { Action } from './action'

/** How long what came of a press stands there before the nudge goes: read twice over, a short line takes a slow reader this long. */
export const toldMs = 4000

/**
 * Puts a code on the clipboard. Where the browser refuses (a frame without the permission, a page without TLS) the code stands in
 * the nudge, selected, for the shopper to copy it himself: then the nudge stays.
 */
export const copyCode: Action = {
  run({ spec: { code = '' }, texts, tell, clock }) {
    const byHand = () => {
      getSelection()?.selectAllChildren(tell(code))
      return undefined
    }
    // Not there at all outside a secure context.
    const clipboard = ofNavigator(({ clipboard }) => clipboard as Clipboard | undefined, undefined)
    if (!clipboard) return byHand()
    return clipboard.writeText(code).then(() => {
      tell(texts.done ?? `✓ ${code}`)
      return new Promise((resolve) => clock.after(toldMs, () => resolve('clicked')))
    }, byHand)
  },
}
