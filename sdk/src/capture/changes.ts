import type { Signal } from '../terms'
import type { PageTime, Stop } from '../time'
import { isOwn } from './own'
import type { CaptureKit } from './source'
import { isUnseen, type surroundings } from './surroundings'
import { createTickers } from './tickers'

/** With no hand on the page for so long, nothing of it is watched. */
const idleMs = 30_000
/** A change this soon after the mouse entered something, a key or a scroll is their doing, no ticker's. */
const causedMs = 30
/** Changes that are looked at in one batch: of more, every so-manieth. */
const most = 60
/** A page that changes more often in a second, with nobody pressing, never rests: it is watched after presses alone. */
const restless = 1000

export type What = (Signal & { kind: 'response' })['what']

/** A press that may still be answered. */
export interface Open {
  readonly control: Element
  readonly isNear: ReturnType<typeof surroundings>
  /** The pointer came down; what follows may be an answer. */
  readonly from: PageTime
  /** What changed by itself up to then is no answer. */
  readonly known: PageTime
  /** When each kind of answer was last told. */
  readonly told: Map<string, PageTime>
  /** Answers that came before the pointer was up: the press itself must be told first. */
  readonly early: [What, boolean][]
}

export interface Changes {
  /** The shopper is there. */
  active(event: Event, at: PageTime): void
  /** He did something that pages answer with a change, and that is no press. */
  caused(event: Event, at: PageTime): void
  /** He presses; answers up to when changes by themselves are known. */
  press(event: MouseEvent, at: PageTime): PageTime
  stop: Stop
}

/**
 * Watches the document and the network for answers to a press.
 *
 * What changes by itself is no answer; to know it, the document is watched while somebody is there at all. With no
 * press a change costs one mark at most, and of a large batch a sample is taken; a page that never rests is left alone.
 */
export function watchChanges(
  kit: CaptureKit,
  current: (at: PageTime) => Open | undefined,
  tell: (what: What, near: boolean, at: PageTime) => void,
): Changes {
  const { clock, guard } = kit
  const isOurs = isOwn(kit)
  const tickers = createTickers()
  const state = {
    causedAt: -Infinity,
    activeAt: clock.now(),
    idle: undefined as Stop | undefined,
    /** Changes since then that nobody had pressed for. */
    countedFrom: -Infinity,
    count: 0,
    /** The page never rests: not watched since then. */
    leftAt: undefined as PageTime | undefined,
  }

  const count = (changes: number, at: PageTime) => {
    if (at - state.countedFrom > 1000) Object.assign(state, { countedFrom: at, count: 0 })
    return (state.count += changes)
  }
  const changed = (records: readonly MutationRecord[]) => {
    const at = clock.now()
    const open = current(at)
    const isQuiet = !open && at - state.causedAt > causedMs
    if (!open && count(records.length, at) > restless) {
      state.leftAt = at
      observers.document.disconnect()
    }
    const step = Math.ceil(records.length / most)
    let far = false
    for (let i = 0; i < records.length; i += step) {
      const record = records[i]!
      const { target, addedNodes } = record
      if (isQuiet) tickers.mark(target, at)
      if (!open || isUnseen(record)) continue
      if (tickers.goesOn(target, open.known, at)) continue
      if (open.isNear(target, addedNodes)) return tell('change', true, at)
      else far = true
    }
    if (far) tell('change', false, at)
  }
  const answered = (list: PerformanceObserverEntryList) => {
    const { from = Infinity } = current(clock.now()) ?? {}
    const counts = (list.getEntries() as PerformanceResourceTiming[]).some(
      ({ startTime, name, initiatorType, responseStatus }) =>
        // A ping says nothing to the shopper.
        startTime >= from && initiatorType !== 'beacon' && responseStatus !== 204 && !isOurs(name),
    )
    if (counts) tell('resource', false, clock.now())
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
  watch()

  return {
    active,
    caused(event, at) {
      state.causedAt = clock.now()
      active(event, at)
    },
    press(event, at) {
      active(event, at)
      const known = state.leftAt ?? at
      state.leftAt = undefined
      observers.document.observe(document, everything)
      // What happens in the shadow trees it lies in is heard only there.
      for (const node of event.composedPath())
        if (node instanceof ShadowRoot) observers.document.observe(node, everything)
      return known
    },
    stop() {
      state.idle?.()
      observers.document.disconnect()
      observers.network.disconnect()
    },
  }
}
