import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { aliveKinds, isAlive } from './alive'
import { settle, type Detector, type Near, type Step } from './detector'

/**
 * The shopper presses something that looks as if it did something, and nothing happens.
 *
 * Evidence: a press that should change something on this page, and nothing alive for 1 s makes its target suspect; it
 * is dead when the shopper presses it once more after that, or when 5 s have passed. Alive is whatever answers
 * (a change of the document, an answer from the network, focus, selection, the window's blur), a scroll, an input, a
 * submit, another page, the page hidden or shown. What was changing before the press (tickers, carousels) is no answer.
 *
 * Vendors wait between 0.5 s (Mixpanel) and 7 s (Sentry); the short ones fire on slow pages, the long ones come when
 * the shopper has gone. A second try after a second of silence says it sooner, and 5 s is what a slow answer may take.
 *
 * Ends when the page comes alive after all, or the shopper presses something else, goes to another page, hides the
 * page, or after 10 s.
 */
export type DeadClickOptions = {
  /** Silence after a press that makes its target suspect, ms. @default 1000 (Splunk; in the vendors' lower half) */
  suspectMs: number
  /** Silence that is believed without a second press, ms. @default 5000 (between PostHog's 2.5 s and Sentry's 7 s) */
  deadMs: number
  /** A press so soon after the page was shown, or moved under the finger, is meant for that, ms. @default 1000 */
  settleMs: number
  /** How long the shopper is taken to be still puzzled, ms. @default 10000 */
  lastsMs: number
}

const defaults: DeadClickOptions = { suspectMs: 1000, deadMs: 5000, settleMs: 1000, lastsMs: 10_000 }

/** Targets that are waited for at once: who has pressed more than that in 5 s is not waiting for the first. */
const most = 4
/** A tap this soon after the shopper's own scroll stops the page as it flies, ms. */
const flyingMs = 100

interface Candidate {
  readonly id: number
  readonly at: PageTime
  readonly presses: number
  readonly suspect: boolean
}

interface State {
  readonly waiting: readonly Candidate[]
  readonly running?: { readonly id: number; readonly until: PageTime } | undefined
  /** The page was shown, or scrolled by the shopper. */
  readonly shownAt: PageTime
  readonly scrolledAt: PageTime
}

export function deadClick(options?: Partial<DeadClickOptions>): Detector<State> {
  const o = settle(defaults, options)

  const dueAt = ({ at, suspect }: Candidate) => later(at, suspect ? o.deadMs : o.suspectMs)
  const on = (state: State): Step<State> => {
    const wakeAt = Math.min(state.running?.until ?? Infinity, ...state.waiting.map(dueAt))
    return { state, wakeAt: wakeAt < Infinity ? (wakeAt as PageTime) : undefined }
  }
  const evidenceOf = ({ at, presses }: Candidate, now: PageTime) => ({
    presses,
    silentMs: now - at,
    suspectMinMs: o.suspectMs,
    deadMinMs: o.deadMs,
  })
  const without = (state: State, { id }: Candidate) => state.waiting.filter((it) => it.id !== id)
  const dead = (state: State, it: Candidate, now: PageTime): Step<State> => ({
    ...on({
      ...state,
      waiting: without(state, it),
      running: { id: it.id, until: later(now, o.lastsMs) },
    }),
    phase: 'confirmed',
    onset: it.at,
    evidence: evidenceOf(it, now),
  })

  /** The page came alive: nothing that was pressed is dead. */
  const over = (state: State, now: PageTime): Step<State> => {
    const [first] = state.waiting
    const near: Near | undefined = first?.suspect
      ? {
          share: Math.min(0.99, (now - first.at) / o.deadMs),
          evidence: evidenceOf(first, now),
          why: 'the page answered late',
        }
      : undefined
    return {
      state: { ...state, waiting: [], running: undefined },
      ...(near ? { near } : {}),
      ...(state.running ? { phase: 'ended' as const } : {}),
    }
  }

  const press = (state: State, { at, target, expects }: Signal & { kind: 'press' }): Step<State> => {
    const { id, ignore } = target
    const early = at - state.shownAt < o.settleMs || at - state.scrolledAt < flyingMs
    const known = state.waiting.find((it) => it.id === id)
    const again = known && { ...known, presses: known.presses + 1 }
    if (again?.suspect) return dead(state, again, at)
    // The shopper goes on to something else; what he waits for is still waited for.
    const ended = state.running && state.running.id !== id ? { phase: 'ended' as const } : {}
    const counts = expects === 'change' && !ignore?.includes('dead-click') && !early
    const candidate = again ?? { id, at, presses: 1, suspect: false }
    const waiting = counts
      ? [...state.waiting.filter((it) => it.id !== id), candidate].slice(-most)
      : state.waiting
    const running = ended.phase ? undefined : state.running
    return { ...on({ ...state, waiting, running }), ...ended }
  }

  const wake = (state: State, at: PageTime): Step<State> => {
    const due = state.waiting.find((it) => dueAt(it) <= at)
    if (due?.suspect) return dead(state, due, at)
    if (due) {
      const suspect = { ...due, suspect: true }
      const waiting = state.waiting.map((it) => (it === due ? suspect : it))
      const evidence = evidenceOf(due, at)
      return {
        ...on({ ...state, waiting }),
        phase: 'suspect',
        onset: due.at,
        evidence,
        near: { share: o.suspectMs / Math.max(o.suspectMs, o.deadMs) / 1.01, evidence },
      }
    }
    if (at < (state.running?.until ?? Infinity)) return on(state)
    return { ...on({ ...state, running: undefined }), phase: 'ended' }
  }

  return {
    name: 'dead-click',
    options: o,
    hears: ['press', ...aliveKinds, 'wake'],
    start: { waiting: [], shownAt: -Infinity as PageTime, scrolledAt: -Infinity as PageTime },

    step(state, signal) {
      const { kind, at } = signal
      if (kind === 'press') return press(state, signal)
      if (kind === 'wake') return wake(state, at)
      if (!isAlive(signal)) return on(state)
      const scrolledAt = kind === 'scroll' && signal.byShopper ? at : state.scrolledAt
      const shownAt = kind === 'visibility' ? at : state.shownAt
      return over({ ...state, scrolledAt, shownAt }, at)
    },
  }
}
