import type { PageTime } from '../time'
import { later } from '../time'
import type { Detector, Step } from './detector'

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
export interface ExitIntentOptions {
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

type Sample = { readonly at: PageTime; readonly y: number }

interface State {
  readonly interacted: boolean
  readonly samples: readonly Sample[]
  /** The exit that waits for its 200 ms, or that was confirmed. */
  readonly exit?: { readonly at: PageTime; readonly speed: number; readonly confirmed: boolean } | undefined
  readonly backAt?: PageTime | undefined
  /** Touch: where the upward stretch began. */
  readonly fling?: { readonly from: Sample; readonly depth: number; readonly told: boolean } | undefined
  readonly lastScroll?: Sample
  readonly resizedAt?: PageTime
}

export function exitIntent(options?: Partial<ExitIntentOptions>): Detector<State> {
  const { armMs, confirmMs, edgePx, speedPxPerS, flingPx, flingPxPerMs, flingDepth } = {
    ...defaults,
    ...options,
  }

  /** Keeps the wake-up of a pending exit while other signals pass. */
  const on = (state: State): Step<State> => ({
    state,
    wakeAt: state.exit && !state.exit.confirmed ? later(state.exit.at, confirmMs) : undefined,
  })
  const over = (state: State): Step<State> => ({
    state: { ...state, exit: undefined, backAt: undefined },
    ...(state.exit?.confirmed ? { phase: 'ended' as const } : {}),
  })

  return {
    name: 'exit-intent',
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
    start: { interacted: false, samples: [] },

    step(state, signal) {
      const { at } = signal
      switch (signal.kind) {
        case 'pointer': {
          const recent = [...state.samples, ...signal.samples].filter((sample) => at - sample.at <= speedMs)
          const next = { ...state, samples: recent }
          const back = state.exit?.confirmed && state.backAt !== undefined && at - state.backAt >= backMs
          return back ? over(next) : on(next)
        }
        case 'leave': {
          const last = state.samples.at(-1)
          const first = state.samples[0]
          const spent = first ? at - first.at : 0
          const speed = first && spent > 0 ? ((first.y - signal.y) / spent) * 1000 : 0
          const atTop = signal.y <= 0 || (last !== undefined && last.y <= edgePx && speed >= speedPxPerS)
          if (!atTop || signal.pressed || signal.inField || !state.interacted || at < armMs) return on(state)
          return on({
            ...state,
            exit: state.exit ?? { at, speed: Math.round(speed), confirmed: false },
            backAt: undefined,
          })
        }
        case 'enter':
          if (state.exit && !state.exit.confirmed) return over(state)
          return on({ ...state, backAt: at })
        case 'wake': {
          const { exit } = state
          if (!exit || exit.confirmed || at < exit.at + confirmMs) return on(state)
          return {
            state: { ...state, exit: { ...exit, confirmed: true } },
            phase: 'confirmed',
            onset: exit.at,
            evidence: {
              outsideMs: at - exit.at,
              outsideMinMs: confirmMs,
              speedPxPerS: exit.speed,
              onPageMs: exit.at,
              onPageMinMs: armMs,
            },
          }
        }
        case 'scroll': {
          const next = { ...state, interacted: state.interacted || signal.byShopper }
          if (!signal.root) return on(next)
          const sample = { at, y: signal.y }
          const upward = state.lastScroll && signal.y < state.lastScroll.y && signal.byShopper
          if (!upward)
            return on({
              ...next,
              lastScroll: sample,
              fling: { from: sample, depth: signal.depth, told: false },
            })
          const { from, depth, told } = state.fling ?? { from: sample, depth: signal.depth, told: false }
          const length = from.y - signal.y
          const speed = length / Math.max(1, at - from.at)
          const calm = at - (state.resizedAt ?? -Infinity) > resizeMs
          const flung = !told && calm && length >= flingPx && speed >= flingPxPerMs && depth >= flingDepth
          const moved = { ...next, lastScroll: sample, fling: { from, depth, told: told || flung } }
          if (!flung || state.samples.length > 0) return on(moved)
          const evidence = {
            flingPx: length,
            flingMinPx: flingPx,
            pxPerMs: Math.round(speed * 10) / 10,
            minPxPerMs: flingPxPerMs,
          }
          return { ...on(moved), phase: 'suspect', onset: from.at, evidence }
        }
        case 'resize':
          return on({ ...state, resizedAt: at })
        case 'visibility':
        case 'navigate':
          return over(state)
        default: {
          const next = { ...state, interacted: true }
          return state.exit?.confirmed && state.backAt !== undefined && at - state.backAt >= backMs
            ? over(next)
            : on(next)
        }
      }
    },
  }
}
