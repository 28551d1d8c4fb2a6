import type { PointerSample, Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { near, settle, type Detector, type Step } from './detector'

/**
 * The shopper is about to leave.
 *
 * Desktop: the mouse leaves the document at its top edge, towards the tabs and the address bar. Evidence is the
 * exit itself (y ≤ 0, or near the edge and fast upwards) with no button down and no field focused, and then
 * 200 ms without coming back. A bare "mouse left" rule fires on autofill pop-ups, select menus, context menus
 * and second monitors; the guards are what is known of those (reports on ouibounce, bioEp, use-exit-intent).
 *
 * Touch has no true equivalent: a fast fling back to the top is a suspect and is never confirmed.
 *
 * Ends when the shopper comes back and is active for 2 s, or navigates, or the page is hidden.
 */
export type ExitIntentOptions = {
  /** Time on the page before an exit means anything, ms. @default 5000 (bioEp, use-exit-intent) */
  armMs: number
  /** Time without re-entry before it is believed, ms. @default 200 */
  confirmMs: number
  /** Distance from the top edge within which an upward move counts, px. @default 20 (ouibounce) */
  edgePx: number
  /** Upward speed, px/s; a slower mouse only passes the edge. @default 300 */
  speedPxPerS: number
  /** Touch: length of the fling, px. @default 800 */
  flingPx: number
  /** Touch: speed of the fling, px/ms. @default 2 */
  flingPxPerMs: number
  /** Touch: depth (0–1) the shopper had reached. @default 0.4 */
  flingDepth: number
}

const defaults: ExitIntentOptions = {
  armMs: 5000,
  confirmMs: 200,
  edgePx: 20,
  speedPxPerS: 300,
  flingPx: 800,
  flingPxPerMs: 2,
  flingDepth: 0.4,
}

/** Activity after re-entry that ends the moment. */
const backMs = 2000
/** Samples of the mouse's last stretch: speed over a shorter span is noise. */
const speedMs = 100
/** A resize moves the page under the finger: the keyboard, a rotation, the collapsing address bar. */
const resizeMs = 500
/** Scroll events of one stretch follow each other within this. */
const pauseMs = 150

interface State {
  readonly interacted: boolean
  /** The mouse's last 100 ms. */
  readonly samples: readonly PointerSample[]
  /** The exit that waits for its 200 ms, or that was confirmed. */
  readonly exit?: { readonly at: PageTime; readonly speed: number; readonly confirmed: boolean } | undefined
  readonly backAt?: PageTime | undefined
  /** Touch: where the page is, and where the upward stretch began. */
  readonly fling?:
    | {
        readonly at: PageTime
        readonly y: number
        readonly from: { readonly at: PageTime; readonly y: number; readonly depth: number }
        readonly told: boolean
      }
    | undefined
  readonly resizedAt?: PageTime | undefined
}

export function exitIntent(options?: Partial<ExitIntentOptions>): Detector<State> {
  const o = settle(defaults, options)

  /** Keeps the wake-up of a pending exit while other signals pass. */
  const on = (state: State): Step<State> => ({
    state,
    wakeAt: state.exit && !state.exit.confirmed ? later(state.exit.at, o.confirmMs) : undefined,
  })
  const over = (state: State): Step<State> => ({
    state: { ...state, exit: undefined, backAt: undefined },
    ...(state.exit?.confirmed ? { phase: 'ended' as const } : {}),
  })
  /** The mouse moves: 2 s after it came back the moment is over. */
  const active = (state: State, at: PageTime) =>
    at - (state.backAt ?? Infinity) >= backMs ? over(state) : on(state)
  /** The shopper does something, unless the page did it. */
  const did = (state: State, at: PageTime, byShopper: boolean) =>
    byShopper ? active({ ...state, interacted: true }, at) : on(state)

  const leave = (state: State, { at, y, pressed, inField }: Signal & { kind: 'leave' }): Step<State> => {
    const [first] = state.samples
    const last = state.samples.at(-1)
    const speed = first && at > first.at ? Math.round(((first.y - y) / (at - first.at)) * 1000) : 0
    const atTop =
      Number.isFinite(speed) &&
      (y <= 0 || (last !== undefined && last.y <= o.edgePx && speed >= o.speedPxPerS))
    if (!atTop) return on(state)
    const early = at < o.armMs || !state.interacted
    if (early || pressed || inField) {
      const why = early ? 'too early' : pressed ? 'button down' : 'in a field'
      const evidence = { speedPxPerS: speed, onPageMs: at, onPageMinMs: o.armMs }
      return { ...on(state), ...near(1, evidence, why) }
    }
    return on({ ...state, exit: state.exit ?? { at, speed, confirmed: false }, backAt: undefined })
  }

  const scroll = (state: State, { at, y, depth, byShopper }: Signal & { kind: 'scroll' }): Step<State> => {
    // After a pause it is another stretch: reading before a fling does not make it slower.
    const upward = byShopper && state.fling && y < state.fling.y && at - state.fling.at <= pauseMs
    const { from, told } = (upward && state.fling) || { from: { at, y, depth }, told: false }
    const length = from.y - y
    const pxPerMs = Math.round((length / Math.max(1, at - from.at)) * 10) / 10
    // A mouse has been here: what flings is a wheel, and exits are seen by the mouse itself.
    const calm = state.samples.length === 0 && at - (state.resizedAt ?? -Infinity) > resizeMs
    const flung =
      !told &&
      calm &&
      length >= o.flingPx &&
      length < Infinity &&
      pxPerMs >= o.flingPxPerMs &&
      from.depth >= o.flingDepth
    const next = did({ ...state, fling: { at, y, from, told: told || flung } }, at, byShopper)
    const evidence = { flingPx: length, flingMinPx: o.flingPx, pxPerMs, minPxPerMs: o.flingPxPerMs }
    return flung ? { ...next, phase: 'suspect', onset: from.at, evidence } : next
  }

  return {
    name: 'exit-intent',
    options: o,
    hears: [
      'pointer',
      'leave',
      'enter',
      'press',
      'field',
      'scroll',
      'resize',
      'navigate',
      'visibility',
      'wake',
    ],
    start: {
      interacted: false,
      samples: [],
      exit: undefined,
      backAt: undefined,
      fling: undefined,
      resizedAt: undefined,
    },

    step(state, signal) {
      const { kind, at } = signal
      const { exit } = state
      if (kind === 'pointer') {
        const samples: PointerSample[] = []
        for (const sample of state.samples) if (at - sample.at <= speedMs) samples.push(sample)
        for (const sample of signal.samples) if (at - sample.at <= speedMs) samples.push(sample)
        // Key by key: it is made for every pointer signal, and spread and overridden it takes V8 many times as long.
        const { interacted, backAt, fling, resizedAt } = state
        return active({ interacted, samples, exit, backAt, fling, resizedAt }, at)
      }
      if (kind === 'leave') return leave(state, signal)
      if (kind === 'enter') {
        if (!exit || exit.confirmed) return on({ ...state, backAt: at })
        const outsideMs = at - exit.at
        const evidence = { outsideMs, outsideMinMs: o.confirmMs, speedPxPerS: exit.speed }
        return { ...over(state), ...near(outsideMs / o.confirmMs, evidence, 'came back') }
      }
      if (kind === 'scroll') return signal.root ? scroll(state, signal) : on(state)
      if (kind === 'resize') return on({ ...state, resizedAt: at })
      if (kind === 'visibility' || kind === 'navigate') return over(state)
      if (kind !== 'wake') return did(state, at, kind !== 'field' || signal.byShopper)
      if (!exit || exit.confirmed || at < exit.at + o.confirmMs) return on(state)
      const evidence = {
        outsideMs: at - exit.at,
        outsideMinMs: o.confirmMs,
        speedPxPerS: exit.speed,
        onPageMs: exit.at,
        onPageMinMs: o.armMs,
      }
      return {
        state: { ...state, exit: { ...exit, confirmed: true } },
        phase: 'confirmed',
        onset: exit.at,
        evidence,
      }
    },
  }
}
