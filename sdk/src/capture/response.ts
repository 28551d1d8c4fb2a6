import type { Signal } from '../terms'
import type { PageTime, Stop } from '../time'
import type { CaptureKit, Source } from './source'
import { isUnseen, surroundings } from './surroundings'
import { createTickers } from './tickers'

/** A slow answer may take this long after a press, ms. */
const openMs = 5000
/** With no hand on the page for so long, nothing of it is watched. */
const idleMs = 30_000
/** A change this soon after the mouse entered something, a key or a scroll is their doing, no ticker's. */
const causedMs = 30
/** Changes that are looked at in one batch: of more, every so-manieth. */
const most = 60
/** Answers of one kind that come closer than this are told once. */
const apartMs = 30

type What = (Signal & { kind: 'response' })['what']

interface Open {
  readonly control: Element
  readonly isNear: ReturnType<typeof surroundings>
  /** The pointer came down; what follows may be an answer. */
  readonly from: PageTime
  /** When each kind of answer was last told. */
  readonly told: Map<string, PageTime>
  /** Answers that came before the pointer was up: the press itself must be told first. */
  readonly early: [What, boolean][]
}

/**
 * Did the page come alive after a press? For 5 s after one: changes of the document, answers from the network, focus
 * and selection that moved.
 *
 * What changes by itself is no answer; to know it, the document is watched while somebody is there at all. With no
 * press a change costs one mark at most, and of a large batch a sample is taken.
 */
export function response(kit: CaptureKit): Source {
  const { clock, guard, emit, isOwn } = kit
  const tickers = createTickers()
  const state = {
    open: undefined as Open | undefined,
    down: undefined as Open | undefined,
    upAt: -Infinity,
    causedAt: -Infinity,
    activeAt: clock.now(),
    idle: undefined as Stop | undefined,
  }
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
    else emit({ kind: 'response', at, what, near }, clock.now())
  }

  // ── what is watched while somebody is there ─────────────────────────────────────────────────────────
  const changed = (records: readonly MutationRecord[]) => {
    const at = clock.now()
    const open = current(at)
    const isQuiet = !open && at - state.causedAt > causedMs
    const step = Math.ceil(records.length / most)
    let far = false
    for (let i = 0; i < records.length; i += step) {
      const record = records[i]!
      const { target, addedNodes } = record
      if (isQuiet) tickers.mark(target, at)
      if (!open || isUnseen(record)) continue
      if (tickers.has(target, open.from)) tickers.mark(target, at)
      else if (open.isNear(target, addedNodes)) return tell('change', true, at)
      else far = true
    }
    if (far) tell('change', false, at)
  }
  const answered = (list: PerformanceObserverEntryList) => {
    const { from = Infinity } = current(clock.now()) ?? {}
    const counts = (list.getEntries() as PerformanceResourceTiming[]).some(
      ({ startTime, name, initiatorType, responseStatus }) =>
        // A ping says nothing to the shopper.
        startTime >= from && initiatorType !== 'beacon' && responseStatus !== 204 && !isOwn(name),
    )
    if (counts) tell('resource', false)
  }
  const observers = {
    document: new MutationObserver(guard('capture/response', changed)),
    network: new PerformanceObserver(guard('capture/response', answered)),
  }
  const everything = { subtree: true, childList: true, attributes: true, characterData: true }

  const rest = () => {
    const left = state.activeAt + idleMs - clock.now()
    if (left > 0) return void (state.idle = clock.after(left, rest))
    state.idle = undefined
    observers.document.disconnect()
    observers.network.disconnect()
  }
  const watch = () => {
    if (state.idle) return
    observers.document.observe(document, everything)
    observers.network.observe({ type: 'resource' })
    state.idle = clock.after(idleMs, rest)
  }
  const active = (_event: Event, at: PageTime) => {
    state.activeAt = at
    watch()
  }
  /** The shopper did something that pages answer with a change, and that is no press. */
  const caused = (event: Event, at: PageTime) => {
    state.causedAt = clock.now()
    active(event, at)
  }
  watch()

  // ── presses ─────────────────────────────────────────────────────────────────────────────────────────
  const begin = (event: MouseEvent, from: PageTime): Open | undefined => {
    const control = kit.control?.(event) ?? event.target
    if (!(control instanceof Element)) return undefined
    active(event, from)
    // What happens in the shadow trees it lies in is heard only there.
    for (const node of event.composedPath())
      if (node instanceof ShadowRoot) observers.document.observe(node, everything)
    return { control, isNear: surroundings(control), from, told: new Map(), early: [] }
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
      pointermove: active,
      keydown: caused,
      wheel: caused,
      scroll: caused,
      mouseover: caused,
      mouseout: caused,
      beforeinput: caused,
      resize: caused,
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
    stop() {
      state.idle?.()
      observers.document.disconnect()
      observers.network.disconnect()
    },
  }
}
