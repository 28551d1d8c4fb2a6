import type { Evidence, PointerSample, Signal, TargetRef } from '../terms'
import type { Millis, PageTime } from '../time'
import { later } from '../time'
import { beginning, near, raised, settle, type Detector, type Own, type Step } from './detector'

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
 * against 704 ms, with heavy overlap: a rest of 2 s is well outside, and still a likelihood, no certainty. Who always
 * takes his time is measured by himself: once five of his rests and waits are known, it takes twice their median.
 *
 * Ends with a click on the element, a submit, another page, 3 s of something else, or after 15 s.
 */
export type HesitationOptions = {
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
  /** After this the shopper has walked away: the moment's longest life once it is confirmed, ms. @default 15000 */
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

/** Silences that speak: the mouse rests, a field stays empty, (touch) an element is in view and nothing happens. */
type Silence = 'dwell' | 'empty' | 'still'

/** What the behaviour is about, and when it began. */
interface About {
  readonly id: number
  readonly since: PageTime
}

/** A silence that is running, and how long this one must last. */
interface Silent extends About {
  readonly leastMs: Millis
}

interface State {
  /** The last move that was told: when, and where to. */
  readonly last: PointerSample
  /** The decision element the mouse is in, and where it rests. */
  readonly inside?:
    | {
        readonly id: number
        readonly at: PageTime
        readonly x: number
        readonly y: number
        readonly drift: number
      }
    | undefined
  /** The silences that are running, with what they are about. */
  readonly silent: Readonly<Record<Silence, Silent | undefined>>
  readonly visits: readonly { readonly id: number; readonly from: PageTime; readonly at: PageTime }[]
  /** Touch: the element that was looked at for long, and whether it has gone out of view since. */
  readonly suspect?: (About & { readonly away: boolean }) | undefined
  readonly touched: boolean
  readonly running?:
    { readonly id: number; readonly until: PageTime; readonly otherSince?: PageTime | undefined } | undefined
}

/**
 * The state after a move of the mouse, key by key: it is made for every pointer signal, and an object that is spread and
 * overridden takes V8 forty times as long (2,300 ns against 55, Node 20).
 */
const moved = (
  { visits, suspect, touched, running, silent: before }: State,
  last: PointerSample,
  inside: State['inside'],
  silent = before,
): State => ({ last, inside, silent, visits, suspect, touched, running })

const quiet: State['silent'] = { dwell: undefined, empty: undefined, still: undefined }

export function hesitation(options?: Partial<HesitationOptions>, own?: Own): Detector<State> {
  const o = settle(defaults, options)
  const given = { dwell: o.dwellMs, empty: o.emptyMs, still: o.stillMs }
  const kinds = Object.keys(given) as Silence[]
  const ignored = ({ ignore }: TargetRef) => ignore?.includes('hesitation')

  /** When a silence has lasted long enough; the touch one counts only after the shopper has touched something. */
  const dueAt = ({ silent, touched }: State, kind: Silence) => {
    const about = silent[kind]
    return about && (touched || kind !== 'still') ? about.since + about.leastMs : Infinity
  }
  /** When the moment is over by itself. */
  const endsAt = ({ running }: State) =>
    running ? Math.min(running.until, (running.otherSince ?? Infinity) + otherMs) : Infinity

  const on = (state: State): Step<State> => {
    let wakeAt = endsAt(state)
    for (const kind of kinds) wakeAt = Math.min(wakeAt, dueAt(state, kind))
    return { state, wakeAt: wakeAt < Infinity ? (wakeAt as PageTime) : undefined }
  }
  const over = (state: State): Step<State> => ({
    ...on({ ...state, running: undefined }),
    ...(state.running ? { phase: 'ended' as const } : {}),
  })
  const found = (state: State, at: PageTime, { id, since }: About, evidence: Evidence): Step<State> => ({
    ...on({ ...state, running: { id, until: later(at, o.capMs) } }),
    phase: 'confirmed',
    onset: since,
    evidence,
    target: id,
  })
  /** A silence begins anew, ends (`undefined`), or stays as it is (when it was not running). */
  const silence = (
    state: State,
    kind: Silence,
    since: PageTime | undefined,
    id = state.silent[kind]?.id,
  ): State => {
    const before = state.silent[kind]
    if (before ? before.since === since && before.id === id : since === undefined || !id) return state
    const begun = since !== undefined && id && { id, since, leastMs: raised(given[kind], own, kind) }
    const silent = { dwell: state.silent.dwell, empty: state.silent.empty, still: state.silent.still }
    silent[kind] = begun || undefined
    return moved(state, state.last, state.inside, silent)
  }
  /** Something else than the decision: the rest begins anew, and the moment runs towards its end. */
  const other = (state: State, at: PageTime): State => ({
    ...silence(silence(state, 'dwell', at), 'still', at),
    running: state.running && { ...state.running, otherSince: state.running.otherSince ?? at },
  })

  const follow = (state: State, { samples }: Signal & { kind: 'pointer' }): State => {
    const { inside } = state
    const last = samples.at(-1) ?? state.last
    if (!inside) return moved(state, last, inside)
    const { id, at: enteredAt } = inside
    let { x, y, drift } = inside
    let since = state.silent.dwell?.since
    for (const sample of samples) {
      if (sample.at < enteredAt) continue
      const way = Math.sqrt((sample.x - x) ** 2 + (sample.y - y) ** 2)
      if (way <= o.driftPx) {
        drift = Math.max(drift, way)
        continue
      }
      ;({ x, y } = sample)
      drift = 0
      if (since !== undefined) since = sample.at
    }
    return silence(moved(state, last, { id, at: enteredAt, x, y, drift }), 'dwell', since)
  }

  const hover = (state: State, { at, x, y, target }: Signal & { kind: 'hover' }): Step<State> => {
    const { inside: left, running, last } = state
    // On a busy machine moves are told far apart, and the one that enters after the `mouseover`: another place than the last
    // is a move as well. Whole pixels: a `mouseover` knows no others. Before the first move there is no place to differ from.
    const isMove = at - last.at <= movedMs || Math.abs(x - last.x) >= 1 || Math.abs(y - last.y) >= 1
    const entered = target && isMove && !ignored(target) ? target.id : 0
    // A stay that was clicked in, or told already, has no running rest any more: it is no visit.
    const stayed = left && state.silent.dwell && at - left.at >= o.visitMs
    const visits = state.visits.filter((visit) => at - visit.from <= o.visitsWithinMs)
    if (stayed) visits.push({ id: left.id, from: left.at, at })
    const returned = entered && entered === running?.id
    const moved = returned ? { ...state, running: { ...running, otherSince: undefined } } : other(state, at)
    const inside = entered ? { id: entered, at, x, y, drift: 0 } : undefined
    const next = silence({ ...moved, inside, visits }, 'dwell', inside && at, entered)
    const same = visits.filter((visit) => visit.id === left?.id)
    if (!stayed || !same[0] || same.length < o.visits) return on(next)
    const { from } = same[0]
    const evidence = {
      visits: same.length,
      visitsMin: o.visits,
      visitMinMs: o.visitMs,
      spanMs: at - from,
      spanMaxMs: o.visitsWithinMs,
    }
    return found({ ...next, visits: [] }, at, { id: left.id, since: from }, evidence)
  }

  const view = (state: State, { at, target, visible }: Signal & { kind: 'view' }): Step<State> => {
    const { suspect, silent } = state
    const { id } = target
    if (ignored(target)) return on(state)
    if (suspect?.id === id) {
      if (!visible || !suspect.away) return on({ ...state, suspect: { ...suspect, away: !visible } })
      const stillMs = o.stillMs
      const evidence = { stillMs, stillMinMs: stillMs, awayAndBackMs: at - suspect.since - stillMs }
      return found({ ...state, suspect: undefined }, at, suspect, evidence)
    }
    // One element at a time: the first that came into view.
    if (visible) return on(silent.still ? state : silence(state, 'still', at, id))
    return on(silent.still?.id === id ? silence(state, 'still', undefined) : state)
  }

  const wake = (state: State, at: PageTime): Step<State> => {
    const kind = kinds.find((name) => dueAt(state, name) <= at)
    const about = kind && state.silent[kind]
    if (kind && about) {
      const { id, since, leastMs } = about
      const rest =
        kind === 'dwell' ? { driftPx: Math.round(state.inside?.drift ?? 0), driftMaxPx: o.driftPx } : {}
      const evidence = { [`${kind}Ms`]: at - since, [`${kind}MinMs`]: leastMs, ...rest }
      const next = silence(state, kind, undefined)
      if (kind !== 'still') return found(next, at, about, evidence)
      return {
        ...on({ ...next, suspect: { id, since, away: false } }),
        phase: 'suspect',
        onset: since,
        evidence,
        target: id,
      }
    }
    return at >= endsAt(state) ? over(state) : on(state)
  }

  /** A silence that was broken: how near it was, and how long this shopper takes, if it was for what it was about. */
  const broken = (before: State, step: Step<State>, signal: Signal): Step<State> => {
    if (before.silent === step.state.silent || step.phase) return step
    const name = kinds.find((kind) => before.silent[kind]?.since !== step.state.silent[kind]?.since)
    const about = name && before.silent[name]
    if (!about) return step
    const ms = signal.at - about.since
    const taken =
      (signal.kind === 'press' && signal.decision?.id === about.id) ||
      (signal.kind === 'field' && signal.action === 'input' && signal.field.id === about.id)
    const share = ms / about.leastMs
    if (!taken && share < beginning) return step
    const evidence = { [`${name}Ms`]: ms, [`${name}MinMs`]: about.leastMs }
    const sample = taken ? { sample: { name, value: ms } } : {}
    return { ...step, ...near(share, evidence, signal.kind), ...sample }
  }
  const next = (state: State, signal: Signal): Step<State> => {
    const { kind, at } = signal
    if (kind === 'pointer') return on(follow(state, signal))
    if (kind === 'hover') return hover(state, signal)
    if (kind === 'view') return view(state, signal)
    if (kind === 'wake') return wake(state, at)
    if (kind === 'form')
      return signal.action === 'submit' ? over({ ...state, suspect: undefined }) : on(state)
    if (kind === 'navigate')
      return over({ ...state, inside: undefined, silent: quiet, visits: [], suspect: undefined })
    if (kind === 'press') {
      const touched = state.touched || signal.pointer === 'touch'
      const taken = signal.decision?.id
      // A decision was taken, if perhaps another one: what was looked at for long is no longer open.
      const suspect = taken ? undefined : state.suspect
      const next = silence({ ...other(state, at), touched, visits: [], suspect }, 'dwell', undefined)
      return taken && taken === state.running?.id ? over(next) : on(next)
    }
    if (kind === 'field') {
      const { action, field, length, byShopper } = signal
      const chosen = action === 'focus' && byShopper && !length && !field.sensitive && !ignored(field)
      return on(
        silence(action === 'input' ? other(state, at) : state, 'empty', chosen ? at : undefined, field.id),
      )
    }
    if (kind === 'scroll' && !signal.byShopper) return on(state)
    return on(other({ ...state, touched: true }, at))
  }

  return {
    name: 'hesitation',
    options: o,
    hears: ['pointer', 'hover', 'press', 'field', 'form', 'scroll', 'wheel', 'view', 'navigate', 'wake'],
    start: {
      last: { at: -Infinity as PageTime, x: NaN, y: NaN },
      inside: undefined,
      silent: quiet,
      visits: [],
      suspect: undefined,
      touched: false,
      running: undefined,
    },

    step: (state, signal) => broken(state, next(state, signal), signal),
  }
}
