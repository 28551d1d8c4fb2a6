import type { PointerSample } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { settle, type Detector, type Near, type Step } from './detector'

/**
 * The shopper shakes the mouse to and fro: the page is stuck, or he is.
 *
 * Evidence: eight turns along one axis within 2 s, every leg between them at least 80 px long, at 800 px/s and more on
 * the whole way; no press, no scroll and no wheel meanwhile. Mouse (and hovering pen) only. People look for their
 * pointer in the same way, so this corroborates other moments: never let it show a nudge by itself.
 *
 * On 20 hours of ordinary office work one vendor's defaults (turns ≥45° of legs >5 px at 300 px/s) fire 30.8 times an
 * hour; legs ≥30 px and 6 turns 7.9; legs ≥50 px, 8 turns, 500 px/s 0.9; this rule 0.5.
 *
 * Ends with a press, another page, the page hidden, or 2 s after the last turn.
 */
export type ThrashedCursorOptions = {
  /** Turns along one axis. @default 8 */
  reversals: number
  /** The shortest leg before and after a turn, px. @default 80 */
  legPx: number
  /** Span within which they count, ms. @default 2000 (Splunk, Amplitude) */
  withinMs: number
  /** Least speed on the way from the first turn to the last, px/s. @default 800 */
  speedPxPerS: number
  /** Time without a turn after which it is over, ms. @default 2000 */
  calmMs: number
}

const defaults: ThrashedCursorOptions = {
  reversals: 8,
  legPx: 80,
  withinMs: 2000,
  speedPxPerS: 800,
  calmMs: 2000,
}

/** A mouse that sends nothing for so long has stood still: what comes then is another movement. */
const restMs = 300

interface Turn {
  readonly at: PageTime
  /** Length of the way up to it, px. */
  readonly way: number
}

/** One axis: which way the mouse goes, the farthest point it has reached that way, and where it has turned. */
interface Axis {
  readonly going: -1 | 0 | 1
  readonly farthest: number
  readonly reached: Turn
  readonly turns: readonly Turn[]
}

interface Way {
  readonly at: PageTime
  readonly x: number
  readonly y: number
  readonly length: number
  readonly axes: readonly [Axis, Axis]
}

interface State {
  readonly way?: Way | undefined
  readonly lastTurn?: PageTime | undefined
  readonly running?: boolean
}

export function thrashedCursor(options?: Partial<ThrashedCursorOptions>): Detector<State> {
  const o = settle(defaults, options)
  const fresh = (position: number, here: Turn): Axis => ({
    going: 0,
    farthest: position,
    reached: here,
    turns: [],
  })

  /** A turn is believed once the mouse has come back by a leg; it lies at the farthest point. */
  const along = (axis: Axis, position: number, here: Turn): Axis => {
    const step = position - axis.farthest
    const going = Math.sign(step) as Axis['going']
    if (going === 0) return axis
    if (going === axis.going) return { ...axis, farthest: position, reached: here }
    if (Math.abs(step) < o.legPx) return axis
    const turns =
      axis.going === 0
        ? axis.turns
        : [...axis.turns, axis.reached].filter(({ at }) => here.at - at <= o.withinMs).slice(-o.reversals)
    return { going, farthest: position, reached: here, turns }
  }

  const follow = (way: Way | undefined, { at, x, y }: PointerSample): Way => {
    const length = way ? Math.hypot(x - way.x, y - way.y) : 0
    if (!way || at - way.at > restMs || !(length >= 0)) {
      const here = { at, way: 0 }
      return { at, x, y, length: 0, axes: [fresh(x, here), fresh(y, here)] }
    }
    const here = { at, way: way.length + length }
    const [across, down] = way.axes
    return { at, x, y, length: here.way, axes: [along(across, x, here), along(down, y, here)] }
  }

  const evidenceOf = ({ turns }: Axis, { at, length }: Way) => {
    const [first] = turns
    const spanMs = first ? at - first.at : 0
    return {
      reversals: turns.length,
      reversalsMin: o.reversals,
      spanMs,
      spanMaxMs: o.withinMs,
      speedPxPerS: first && spanMs > 0 ? Math.round(((length - first.way) / spanMs) * 1000) : 0,
      speedMinPxPerS: o.speedPxPerS,
      legMinPx: o.legPx,
    }
  }

  const on = (state: State): Step<State> => ({
    state,
    wakeAt: state.running && state.lastTurn !== undefined ? later(state.lastTurn, o.calmMs) : undefined,
  })
  const over = ({ running }: State): Step<State> => ({
    state: {},
    ...(running ? { phase: 'ended' as const } : {}),
  })

  const move = (state: State, samples: readonly PointerSample[]): Step<State> => {
    let { way, lastTurn } = state
    let near: Near | undefined
    for (const sample of samples) {
      const before = way?.axes
      way = follow(way, sample)
      const turned = way.axes.findIndex(({ turns }, i) => turns.length > 0 && turns !== before?.[i]?.turns)
      if (turned < 0) continue
      lastTurn = sample.at
      const axis = way.axes[turned]!
      const evidence = evidenceOf(axis, way)
      const enough = axis.turns.length >= o.reversals && evidence.speedPxPerS >= o.speedPxPerS
      if (enough && !state.running)
        return {
          ...on({ way, lastTurn, running: true }),
          phase: 'confirmed',
          onset: axis.turns[0]!.at,
          evidence,
        }
      if (axis.turns.length * 2 >= o.reversals && !state.running) {
        const share = Math.min(0.99, axis.turns.length / o.reversals)
        near = { share, evidence, ...(axis.turns.length < o.reversals ? {} : { why: 'too slow' }) }
      }
    }
    return { ...on({ ...state, way, lastTurn }), ...(near ? { near } : {}) }
  }

  return {
    name: 'thrashed-cursor',
    options: o,
    hears: ['pointer', 'press', 'scroll', 'wheel', 'navigate', 'visibility', 'wake'],
    start: {},

    step(state, signal) {
      const { kind, at } = signal
      if (kind === 'pointer') return move(state, signal.samples)
      if (kind === 'wake') return at >= (state.lastTurn ?? -Infinity) + o.calmMs ? over(state) : on(state)
      // The page scrolled under a moving mouse: whoever scrolls is not shaking. The moment itself goes on.
      if (kind === 'scroll' || kind === 'wheel') return on({ ...state, way: undefined })
      return over(state)
    },
  }
}
