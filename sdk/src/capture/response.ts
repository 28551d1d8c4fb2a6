import type { PageTime } from '../time'
import { watchChanges, type Open, type What } from './changes'
import type { CaptureKit, Source } from './source'
import { surroundings } from './surroundings'

/** A slow answer may take this long after a press, ms. */
const openMs = 5000
/** Answers of one kind that come closer than this are told once. */
const apartMs = 30

/**
 * Did the page come alive after a press? For 5 s after one: changes of the document, answers from the network, focus
 * and selection that moved.
 */
export function response(kit: CaptureKit): Source {
  const { clock, emit } = kit
  const state = { open: undefined as Open | undefined, down: undefined as Open | undefined, upAt: -Infinity }
  const current = (at: PageTime) => {
    const open = state.down ?? state.open
    return open && at - open.from <= openMs ? open : undefined
  }

  const tell = (what: What, near: boolean, at = clock.now()) => {
    const open = current(at)
    if (!open) return
    const kind = what + String(near)
    if (at - (open.told.get(kind) ?? -Infinity) < apartMs) return
    open.told.set(kind, at)
    if (open === state.down) open.early.push([what, near])
    // While the pointer is down for the next press, it may be the answer to the one before.
    if (state.open && at - state.open.from <= openMs) emit({ kind: 'response', at, what, near }, clock.now())
  }

  const changes = watchChanges(kit, current, tell)

  const begin = (event: MouseEvent, from: PageTime): Open | undefined => {
    const control = kit.control?.(event) ?? event.target
    if (!(control instanceof Element) || !kit.elements.target(event.target)) return undefined
    const known = changes.press(event, from)
    return { control, isNear: surroundings(control), from, known, told: new Map(), early: [] }
  }
  const near = (node: EventTarget | null, open: Open) => node instanceof Node && open.isNear(node)
  /** What a control or a piece of media did by itself when it was pressed. */
  const did = ({ target }: Event, at: PageTime) => {
    const open = current(at)
    if (open) tell('change', near(target, open), at)
  }

  return {
    on: {
      pointerdown(event, at) {
        if (event.isPrimary && event.button === 0) state.down = begin(event, at)
      },
      pointercancel: () => void (state.down = undefined),
      pointerup(event, at, heardAt) {
        const { down } = state
        if (!down || !event.isPrimary) return
        Object.assign(state, { open: down, down: undefined, upAt: at })
        for (const [what, isNear] of down.early.splice(0))
          emit({ kind: 'response', at, what, near: isNear }, heardAt)
      },
      click(event, at) {
        // Made by a key; a label's second click has no pointer either.
        if ((event as PointerEvent).pointerId === -1 && !event.detail && at - state.upAt >= 100)
          state.open = begin(event, at)
      },
      pointermove: changes.active,
      keydown: changes.caused,
      wheel: changes.caused,
      scroll: changes.caused,
      mouseover: changes.caused,
      mouseout: changes.caused,
      beforeinput: changes.caused,
      resize: changes.caused,
      input: did,
      change: did,
      toggle: did,
      play: did,
      focusin({ target }, at) {
        const open = current(at)
        // The pressed control takes the focus itself: that is the browser's doing, and shows nothing.
        const own =
          open && target instanceof Node && (target.contains(open.control) || open.control.contains(target))
        if (open && !own) tell('focus', near(target, open), at)
      },
      blur(event, at) {
        // A file chooser, a print dialog, another window.
        if (event.target === window) tell('focus', true, at)
      },
      selectionchange(_event, at) {
        const open = current(at)
        const selection = open && document.getSelection()
        if (!selection || selection.isCollapsed) return
        const { anchorNode } = selection
        // Whoever presses twice on a text selects a word of it: that is no answer.
        if (!open.control.contains(anchorNode)) tell('selection', near(anchorNode, open), at)
      },
    },
    stop: changes.stop,
  }
}
