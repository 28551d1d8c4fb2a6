import type { Evidence, Signal } from '../terms'
import type { Millis, PageTime } from '../time'
import { later } from '../time'
import { aliveKinds, isAlive } from './alive'
import type { ClicksOptions, DeadOptions } from './clicks-options'
import type { Detector, Near, Step } from './detector'

/** Presses closer than this are one: a key that is held down, a switch that bounces. Nobody taps 16 times a second. */
const sameMs = 60
/** Presses of one chain that are kept. */
const most = 20

interface Press {
  readonly at: PageTime
  readonly x: number
  readonly y: number
  readonly answered: boolean
}

interface Chain {
  readonly id: number
  readonly touch: boolean
  readonly presses: readonly Press[]
  /** The last press, held keys included. */
  readonly lastAt: PageTime
  /** The first press since which nothing on the page came alive. */
  readonly silentSince: PageTime | undefined
  readonly told: boolean
}

interface State {
  readonly chain?: Chain | undefined
  /** The target of the moment that lasts, and until when. */
  readonly running?: { readonly id: number; readonly until: PageTime } | undefined
}

interface Machine {
  readonly name: 'rage-click' | 'multi-click'
  readonly options: ClicksOptions & Partial<DeadOptions> & { readonly lastsMs: Millis }
}

/** One machine, two moments: quick presses are `rage-click` when `unanswered` of them were not answered, else `multi-click`. */
export function clicks({ name, options: o }: Machine): Detector<State> {
  const wantsAnswered = name === 'multi-click'
  const { deadPresses = Infinity, deadWithinMs = 0, suspectMs = Infinity } = o
  const keptMs = Math.max(o.withinMs, deadWithinMs) + o.responseMs
  const isOpen = ({ answered, at }: Press, now: PageTime) => !answered && now < at + o.responseMs

  /** The last presses, if there are as many as wanted, in time and in place. */
  const quick = ({ presses, touch }: Chain, count: number, withinMs: Millis) => {
    const last = presses.slice(-count)
    const [first] = last
    const reach = touch ? o.touchDistancePx : o.distancePx
    if (!first || last.length < count || last.at(-1)!.at - first.at > withinMs) return undefined
    const distance = Math.max(...last.map(({ x, y }) => Math.hypot(x - first.x, y - first.y)))
    return distance <= reach ? { last, first, distance: Math.round(distance), reach } : undefined
  }

  const evidenceOf = (found: NonNullable<ReturnType<typeof quick>>, count: number, withinMs: Millis) => ({
    presses: found.last.length,
    pressesMin: count,
    spanMs: found.last.at(-1)!.at - found.first.at,
    spanMaxMs: withinMs,
    distancePx: found.distance,
    distanceMaxPx: found.reach,
    unanswered: found.last.filter(({ answered }) => !answered).length,
    unansweredMin: o.unanswered,
    responseMaxMs: o.responseMs,
  })

  const on = (state: State, now: PageTime, near?: Near): Step<State> => {
    const { chain, running } = state
    const fresh = chain && !chain.told && now < chain.lastAt + o.responseMs
    const pending = fresh && quick(chain, o.presses, o.withinMs)
    const open = pending ? pending.last.filter((press) => isOpen(press, now)) : []
    const wakeAt = Math.min(running?.until ?? Infinity, ...open.map(({ at }) => at + o.responseMs))
    return {
      state,
      wakeAt: wakeAt < Infinity ? (wakeAt as PageTime) : undefined,
      ...(near ? { near } : {}),
    }
  }

  const found = (chain: Chain, now: PageTime, onset: PageTime, evidence: Evidence) => ({
    ...on({ chain: { ...chain, told: true }, running: { id: chain.id, until: later(now, o.lastsMs) } }, now),
    phase: 'confirmed' as const,
    onset,
    evidence,
  })

  /** Is it what this moment is about? Rage as soon as `unanswered` presses are known to be; not while they may be answered. */
  const judge = (state: State, now: PageTime): Step<State> => {
    const { chain } = state
    if (!chain || chain.told) return on(state, now)
    const silentMs = chain.silentSince === undefined ? 0 : now - chain.silentSince
    const onDead = silentMs >= suspectMs && quick(chain, deadPresses, deadWithinMs)
    if (onDead)
      return found(chain, now, chain.silentSince!, {
        ...evidenceOf(onDead, deadPresses, deadWithinMs),
        silentMs,
        silentMinMs: suspectMs,
      })

    const enough = quick(chain, o.presses, o.withinMs)
    if (!enough) return on(state, now)
    const missed = enough.last.filter((press) => !press.answered && !isOpen(press, now)).length
    const rage = missed >= o.unanswered
    if (!rage && enough.last.some((press) => isOpen(press, now))) return on(state, now)
    const evidence = evidenceOf(enough, o.presses, o.withinMs)
    if (rage !== wantsAnswered) return found(chain, now, enough.first.at, evidence)
    const why = rage ? 'too many presses were not answered' : 'the presses were answered'
    return on(state, now, { share: 0.9, evidence, why })
  }

  const press = (state: State, { at, x, y, pointer, target, expects }: Signal & { kind: 'press' }) => {
    const { chain, running } = state
    const { id } = target
    // The shopper goes on to something else.
    const ended = running && running.id !== id ? { phase: 'ended' as const } : {}
    // Fields answer by themselves; whoever clicks about in one places the cursor, or selects.
    if (expects !== 'change' || target.role === 'field' || target.ignore?.includes(name))
      return { ...on(ended.phase ? {} : { running }, at), ...ended }
    const same = chain?.id === id ? chain : undefined
    const held = same && at - same.lastAt < sameMs
    const recent = same?.presses.filter((earlier) => at - earlier.at <= keptMs).slice(1 - most) ?? []
    const next: Chain = {
      id,
      touch: pointer === 'touch',
      presses: held ? recent : [...recent, { at, x, y, answered: false }],
      lastAt: at,
      silentSince: same?.silentSince ?? at,
      // After a pause it is another burst.
      told: recent.length > 0 && !!same?.told,
    }
    if (ended.phase) return { ...on({ chain: next }, at), ...ended }
    // Who goes on pressing stays in the moment.
    const judged = judge({ chain: next, running: running && { id, until: later(at, o.lastsMs) } }, at)
    const presses = next.presses.length
    if (judged.phase || judged.near || presses < 2 || presses >= o.presses) return judged
    const evidence = {
      presses,
      pressesMin: o.presses,
      spanMs: at - next.presses[0]!.at,
      spanMaxMs: o.withinMs,
    }
    return { ...judged, near: { share: presses / o.presses, evidence } }
  }

  const respond = (state: State, signal: Signal): State => {
    const { chain } = state
    if (!chain || !isAlive(signal)) return state
    const answers = (it: Press) => signal.kind === 'response' && signal.near && isOpen(it, signal.at)
    if (chain.silentSince === undefined && !chain.presses.some(answers)) return state
    const presses = chain.presses.map((it) => (answers(it) ? { ...it, answered: true } : it))
    return { ...state, chain: { ...chain, presses, silentSince: undefined } }
  }

  return {
    name,
    options: o,
    hears: ['press', ...aliveKinds, 'wake'],
    start: {},

    step(state, signal) {
      const { kind, at } = signal
      if (kind === 'press') return press(state, signal)
      if (kind === 'navigate' || (kind === 'visibility' && !signal.visible))
        return { state: {}, ...(state.running ? { phase: 'ended' as const } : {}) }
      if (kind === 'wake' && at >= (state.running?.until ?? Infinity))
        return { ...on({ chain: state.chain }, at), phase: 'ended' }
      const next = respond(state, signal)
      return next === state && kind !== 'wake' ? on(state, at) : judge(next, at)
    },
  }
}
