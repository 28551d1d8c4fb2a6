import type { Evidence, Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import type { Detector, Step } from './detector'

/**
 * The shopper hovers around the decision and does not take it.
 *
 * Evidence, any of: the mouse entered a decision element by moving, then rested in it (drift ≤10 px) for ≥2 s
 * without a click; it entered and left one element three times in 30 s with ≥400 ms inside each time (passing
 * over a button is no doubt); a field the shopper chose stays empty for ≥5 s. Typing, scrolling and the wheel
 * start the rest anew. On touch, a decision element in view for 6 s without a touch is a suspect; it is
 * confirmed when the shopper takes it out of view and comes back to it.
 *
 * In a public study (1,140 two-choice mouse trials, 60 people) conflict shows as a longer longest pause, 912
 * against 704 ms, with heavy overlap: a rest of 2 s is well outside, and still a likelihood, no certainty.
 *
 * Ends with a click on the element, a submit, another page, 3 s of something else, or after 15 s.
 */
export interface HesitationOptions {
  /** How long the mouse must rest, ms. @default 2000 */
  dwellMs: number
  /** How far it may drift while it rests, px. @default 10 */
  driftPx: number
  /** Visits to one element. @default 3 */
  visits: number
  /** Span within which they count, ms. @default 30000 */
  visitsWithinMs: number
  /** Shortest stay that makes a visit, ms. @default 400 */
  visitMs: number
  /** How long a chosen field stays empty, ms. @default 5000 */
  emptyMs: number
  /** Touch: how long the element is in view with no touch, ms. @default 6000 */
  stillMs: number
  /** After this the shopper has walked away: the moment's longest life, ms. @default 15000 */
  capMs: number
}

const defaults: HesitationOptions = {
  dwellMs: 2000,
  driftPx: 10,
  visits: 3,
  visitsWithinMs: 30_000,
  visitMs: 400,
  emptyMs: 5000,
  stillMs: 6000,
  capMs: 15_000,
}

/** Other activity this long means that the doubt is over. */
const otherMs = 3000
/** An element under a resting mouse after a scroll was not entered: a move must have come just before. */
const movedMs = 100

interface Rest {
  readonly id: number
  readonly enteredAt: PageTime
  readonly x: number
  readonly y: number
  readonly drift: number
  readonly since: PageTime
  /** Already told, or clicked: this stay can say nothing more. */
  readonly spent: boolean
}

interface State {
  readonly movedAt: PageTime
  readonly rest?: Rest | undefined
  readonly visits: readonly { readonly id: number; readonly from: PageTime; readonly at: PageTime }[]
  readonly empty?: { readonly id: number; readonly since: PageTime } | undefined
  readonly seen?:
    | { readonly id: number; readonly since: PageTime; readonly stage: 'still' | 'suspect' | 'away' }
    | undefined
  readonly touched: boolean
  readonly running?:
    { readonly id: number; readonly until: PageTime; readonly otherSince?: PageTime } | undefined
}

export function hesitation(options?: Partial<HesitationOptions>): Detector<State> {
  const { dwellMs, driftPx, visits, visitsWithinMs, visitMs, emptyMs, stillMs, capMs } = {
    ...defaults,
    ...options,
  }

  const on = (state: State): Step<State> => {
    const { rest, empty, seen, running } = state
    const times = [
      rest && !rest.spent ? rest.since + dwellMs : Infinity,
      empty ? empty.since + emptyMs : Infinity,
      seen?.stage === 'still' && state.touched ? seen.since + stillMs : Infinity,
      running ? Math.min(running.until, (running.otherSince ?? Infinity) + otherMs) : Infinity,
    ]
    const wakeAt = Math.min(...times)
    return { state, wakeAt: wakeAt < Infinity ? (wakeAt as PageTime) : undefined }
  }
  const over = (state: State): Step<State> => ({
    ...on({ ...state, running: undefined }),
    ...(state.running ? { phase: 'ended' as const } : {}),
  })
  const found = (
    state: State,
    about: { id: number; at: PageTime; onset: PageTime; evidence: Evidence },
  ): Step<State> => ({
    ...on({ ...state, running: { id: about.id, until: later(about.onset, capMs + dwellMs) } }),
    phase: 'confirmed',
    onset: about.onset,
    evidence: about.evidence,
  })

  /** Something else than the decision: starts the rest anew, and runs towards the moment's end. */
  const other = (state: State, at: PageTime, rest = state.rest): State => ({
    ...state,
    rest,
    ...(state.seen?.stage === 'still' ? { seen: { ...state.seen, since: at } } : {}),
    ...(state.running ? { running: { ...state.running, otherSince: state.running.otherSince ?? at } } : {}),
  })

  const follow = (state: State, signal: Signal & { kind: 'pointer' }): State => {
    const next = { ...state, movedAt: signal.at }
    let rest = state.rest
    for (const { at, x, y } of rest ? signal.samples : []) {
      if (!rest || at < rest.enteredAt) continue
      const drift = Math.hypot(x - rest.x, y - rest.y)
      rest =
        drift > driftPx
          ? { ...rest, x, y, since: at, drift: 0 }
          : { ...rest, drift: Math.max(rest.drift, drift) }
    }
    return { ...next, rest }
  }

  const hover = (state: State, signal: Signal & { kind: 'hover' }): Step<State> => {
    const { at, x, y, target } = signal
    const left = state.rest
    const moved = at - state.movedAt <= movedMs
    const rest =
      target && moved && !target.ignore?.includes('hesitation')
        ? { id: target.id, enteredAt: at, x, y, drift: 0, since: at, spent: false }
        : undefined
    const recent = state.visits.filter((visit) => at - visit.from <= visitsWithinMs)
    const stayed = left && !left.spent && at - left.enteredAt >= visitMs
    const all = stayed ? [...recent, { id: left.id, from: left.enteredAt, at }] : recent
    const { running } = state
    const returned = running && rest?.id === running.id
    const next: State = {
      ...(returned ? { ...state, running: { id: running.id, until: running.until } } : other(state, at)),
      rest,
      visits: all,
    }
    const ofThis = left ? all.filter((visit) => visit.id === left.id) : []
    const first = ofThis[0]
    if (!stayed || !first || ofThis.length < visits) return on(next)
    return found(
      { ...next, visits: [] },
      {
        id: left.id,
        at,
        onset: first.from,
        evidence: { visits: ofThis.length, visitsMin: visits, spanMs: at - first.from, visitMinMs: visitMs },
      },
    )
  }

  const wake = (state: State, at: PageTime): Step<State> => {
    const { rest, empty, seen, running } = state
    if (rest && !rest.spent && at >= rest.since + dwellMs) {
      const evidence = {
        dwellMs: at - rest.since,
        dwellMinMs: dwellMs,
        driftPx: Math.round(rest.drift),
        driftMaxPx: driftPx,
      }
      return found(
        { ...state, rest: { ...rest, spent: true } },
        { id: rest.id, at, onset: rest.since, evidence },
      )
    }
    if (empty && at >= empty.since + emptyMs) {
      const evidence = { emptyMs: at - empty.since, emptyMinMs: emptyMs }
      return found({ ...state, empty: undefined }, { id: empty.id, at, onset: empty.since, evidence })
    }
    if (seen?.stage === 'still' && state.touched && at >= seen.since + stillMs)
      return {
        ...on({ ...state, seen: { ...seen, stage: 'suspect' } }),
        phase: 'suspect',
        onset: seen.since,
        evidence: { stillMs: at - seen.since, stillMinMs: stillMs },
      }
    if (running && (at >= running.until || at >= (running.otherSince ?? Infinity) + otherMs))
      return over(state)
    return on(state)
  }

  const viewed = (state: State, signal: Signal & { kind: 'view' }): Step<State> => {
    const { at, target, visible } = signal
    const { seen } = state
    if (!visible) {
      if (seen?.id !== target.id) return on(state)
      return on({ ...state, seen: seen.stage === 'suspect' ? { ...seen, stage: 'away' } : undefined })
    }
    if (seen?.id === target.id && seen.stage === 'away')
      return found(
        { ...state, seen: undefined },
        {
          id: target.id,
          at,
          onset: seen.since,
          evidence: { stillMinMs: stillMs, returned: true, awayAndBackMs: at - seen.since - stillMs },
        },
      )
    // One element at a time: the first that came into view, unless the shopper was already back and forth.
    return on(seen ? state : { ...state, seen: { id: target.id, since: at, stage: 'still' } })
  }

  return {
    name: 'hesitation',
    hears: ['pointer', 'hover', 'press', 'field', 'form', 'scroll', 'wheel', 'view', 'navigate', 'wake'],
    start: { movedAt: -Infinity as PageTime, visits: [], touched: false },

    step(state, signal) {
      const { at } = signal
      switch (signal.kind) {
        case 'pointer':
          return on(follow(state, signal))
        case 'hover':
          return hover(state, signal)
        case 'press': {
          const touched = state.touched || signal.pointer === 'touch'
          const rest = state.rest && { ...state.rest, spent: true }
          const next = { ...state, touched, rest, visits: [], empty: state.empty }
          return state.running && signal.decision?.id === state.running.id
            ? over(next)
            : on(other(next, at, rest))
        }
        case 'field': {
          const { action, field, length, byShopper } = signal
          const chosen =
            action === 'focus' &&
            byShopper &&
            length === 0 &&
            !field.sensitive &&
            !field.ignore?.includes('hesitation')
          const rest = state.rest && action === 'input' ? { ...state.rest, since: at } : state.rest
          return on({
            ...(action === 'input' ? other(state, at, rest) : state),
            empty: chosen ? { id: field.id, since: at } : undefined,
          })
        }
        case 'scroll':
        case 'wheel': {
          if (signal.kind === 'scroll' && !signal.byShopper) return on(state)
          return on(other(state, at, state.rest && { ...state.rest, since: at }))
        }
        case 'view':
          return viewed(state, signal)
        case 'form':
          return signal.action === 'submit' ? over(state) : on(state)
        case 'navigate':
          return over({
            movedAt: state.movedAt,
            visits: [],
            touched: state.touched,
            ...(state.running ? { running: state.running } : {}),
          })
        default:
          return wake(state, at)
      }
    },
  }
}
