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
  going: -1 | 0 | 1
  farthest: number
  /** When it was there, and after which way. */
  reachedAt: PageTime
  reachedWay: number
  turns: readonly Turn[]
}

/** Where the mouse is, and how it came there. Written to within a step, on a copy. */
interface Way {
  at: PageTime
  x: number
  y: number
  length: number
  readonly across: Axis
  readonly down: Axis
}

interface State {
  readonly way?: Readonly<Way> | undefined
  readonly lastTurn?: PageTime | undefined
  readonly running?: boolean | undefined
}

export function thrashedCursor(options?: Partial<ThrashedCursorOptions>): Detector<State> {
  const o = settle(defaults, options)
  const begin = ({ at, x, y }: PointerSample): Way => {
    const axis = (farthest: number): Axis => ({ going: 0, farthest, reachedAt: at, reachedWay: 0, turns: [] })
    return { at, x, y, length: 0, across: axis(x), down: axis(y) }
  }
  // Property by property: spreading costs ten times as much, and this runs with every movement.
  const copyAxis = ({ going, farthest, reachedAt, reachedWay, turns }: Axis): Axis => ({
    going,
    farthest,
    reachedAt,
    reachedWay,
    turns,
  })
  const copy = ({ at, x, y, length, across, down }: Way): Way => ({
    at,
    x,
    y,
    length,
    across: copyAxis(across),
    down: copyAxis(down),
  })

  /** A turn is believed once the mouse has come back by a leg; it lies at the farthest point. */
  const turned = (axis: Axis, position: number, at: PageTime, way: number): boolean => {
    const step = position - axis.farthest
    const back = step * axis.going < 0 || axis.going === 0
    if (step === 0 || (back && Math.abs(step) < o.legPx)) return false
    const turns = back && axis.going !== 0
    if (turns)
      axis.turns = [...axis.turns, { at: axis.reachedAt, way: axis.reachedWay }]
        .filter((turn) => at - turn.at <= o.withinMs)
        .slice(-o.reversals)
    axis.going = step < 0 ? -1 : 1
    axis.farthest = position
    axis.reachedAt = at
    axis.reachedWay = way
    return turns
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
    let { lastTurn } = state
    let way = state.way && copy(state.way)
    let near: Near | undefined
    for (const sample of samples) {
      const { at, x, y } = sample
      const length = way ? Math.sqrt((x - way.x) ** 2 + (y - way.y) ** 2) : NaN
      if (!way || at - way.at > restMs || !Number.isFinite(length)) {
        way = begin(sample)
        continue
      }
      way.length += length
      way.at = at
      way.x = x
      way.y = y
      const across = turned(way.across, x, at, way.length)
      const down = turned(way.down, y, at, way.length)
      if (!across && !down) continue
      lastTurn = at
      if (state.running) continue
      const axis = across ? way.across : way.down
      const evidence = evidenceOf(axis, way)
      const { length: turns } = axis.turns
      if (turns >= o.reversals && evidence.speedPxPerS >= o.speedPxPerS)
        return {
          ...on({ way, lastTurn, running: true }),
          phase: 'confirmed',
          onset: axis.turns[0]!.at,
          evidence,
        }
      if (turns * 2 >= o.reversals) {
        const share = Math.min(0.99, turns / o.reversals)
        near = { share, evidence, ...(turns < o.reversals ? {} : { why: 'too slow' }) }
      }
    }
    const { running } = state
    const next = on({ way, lastTurn, running })
    return near ? { ...next, near } : next
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
