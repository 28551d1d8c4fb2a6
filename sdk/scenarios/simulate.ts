import type { Place, Spot, Deed } from './deeds'
import type { Scenario } from './scenario'
import { createFakeClock } from '../test/fake-clock'
import { idOf } from '../test/signals'
import type { Expects, PointerSample, Signal, TargetRef } from '../src/terms'
import { simulateFields } from './simulate-fields'
import { simulateWay } from './simulate-way'
import { isDecision, layoutOf, type Thing } from './layouts'

/** As signals come without their time: it is the page's. */
export type Untimed<S extends Signal = Signal> = S extends Signal ? Omit<S, 'at'> : never
export type Tell = (signal: Untimed) => void

/** A browser samples the mouse once a frame. */
const frameMs = 16
/** So many samples are handed over at the latest, as in capture. */
const mostStored = 256
const sizes = { desktop: [1280, 800], touch: [412, 839] } as const

export interface SimulationOptions {
  readonly scenario: Scenario
  readonly hear: (signal: Signal) => void
  /** A page is loaded: what ran in the one before is gone. */
  readonly loaded: () => void
}

/**
 * A browser with one tab on the lab shop, without a browser: makes of a shopper's deeds the signals that capture
 * makes of the real ones, by the same rules (`sdk/src/capture`).
 */
export function simulate({ scenario, hear, loaded }: SimulationOptions) {
  const { device } = scenario
  const [width, windowHeight] = sizes[device]
  const state = {
    clock: createFakeClock(),
    mouse: [600, 500] as Place,
    over: null as string | null,
    outside: false,
    down: false,
    scrollY: 0,
    wheelAt: -Infinity,
    handAt: -Infinity,
    looking: false,
    inView: new Set<string>(),
    answered: new Map<string, number>(),
  }
  const stored: PointerSample[] = []
  const now = () => state.clock.now()
  const drain = () => {
    const samples = stored.splice(0)
    const last = samples.at(-1)
    if (last) hear({ kind: 'pointer', at: last.at, samples })
  }
  const tell: Tell = (signal) => {
    drain()
    hear({ ...signal, at: now() })
  }
  const pass = (ms: number) => state.clock.advance(ms)
  const hand = () => (state.handAt = now())

  const way = simulateWay({
    scenario,
    tell,
    now,
    load() {
      drain()
      state.clock = createFakeClock()
      Object.assign(state, { over: null, scrollY: 0, handAt: -Infinity, looking: false, inView: new Set() })
      fields.forget()
      loaded()
    },
  })
  const layout = () => layoutOf(way.layout())
  const thing = (name: string): Thing => {
    const found = layout().things[name]
    if (!found) throw Error(`${scenario.title}: ${name} does not stand on ${way.layout()}`)
    return found
  }
  const target = (name: string): TargetRef => {
    const { kind, role, ignore } = thing(name)
    const usual =
      kind === 'submit' || kind === 'button' ? 'button' : /field|area|select/.test(kind) ? 'field' : 'other'
    return {
      id: idOf(way.layout() + name),
      role: role ?? (kind === 'link' ? 'link' : usual),
      ...(ignore ? { ignore: ignore.split(' ') } : {}),
    }
  }
  const fields = simulateFields({
    layout,
    thing,
    target,
    tell,
    pass,
    hand,
    now,
    byHand: () => now() - state.handAt < 300,
  })

  // ── the mouse ───────────────────────────────────────────────────────────────────────────────────────

  const at = (spot: Spot): Place => {
    if (typeof spot !== 'string') return spot
    const [x, y, w, h] = thing(spot).box
    return [x + w / 2, y + h / 2 - state.scrollY]
  }
  const within = (name: string, [x, y]: Place) => {
    const [left, top, w, h] = thing(name).box
    return x >= left && x < left + w && y >= top - state.scrollY && y < top + h - state.scrollY
  }
  const decisionAt = (place: Place) =>
    Object.entries(layout().things).find(
      ([name, it]) => isDecision(it, way.type()) && within(name, place),
    )?.[0] ?? null
  const look = () => {
    const over = state.outside ? null : decisionAt(state.mouse)
    if (over === state.over || device === 'touch') return
    state.over = over
    const [x, y] = state.mouse
    tell({ kind: 'hover', x, y, target: over === null ? null : target(over) })
  }
  const sample = (place: Place) => {
    state.mouse = place
    // With a button down it is a drag.
    if (!state.down) stored.push({ at: now(), x: place[0], y: place[1] })
    look()
    if (stored.length >= mostStored) drain()
  }
  const travel = (to: Place, ms: number) => {
    const from = state.mouse
    const steps = Math.max(1, Math.round(ms / frameMs))
    for (let step = 1; step <= steps; step++) {
      pass(ms / steps)
      const share = step / steps
      sample([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share])
    }
  }
  const gone = (last: Place) => {
    state.outside = true
    state.mouse = last
    look()
    tell({ kind: 'leave', y: last[1], pressed: state.down, inField: fields.focused() !== undefined })
  }
  const leave = (by: 'top' | 'side' | 'bottom', pxPerS: number) => {
    const [x, y] = state.mouse
    const edge: Place = by === 'top' ? [x, 4] : by === 'side' ? [width - 4, y] : [x, windowHeight - 4]
    travel(edge, (Math.hypot(edge[0] - x, edge[1] - y) / pxPerS) * 1000)
    pass(frameMs)
    const beyond: Place = by === 'top' ? [x, -2] : by === 'side' ? [width, y] : [x, windowHeight]
    gone(beyond)
  }

  // ── presses ─────────────────────────────────────────────────────────────────────────────────────────

  const expects = ({ kind, answers }: Thing): Expects =>
    answers === 'elsewhere' ? 'elsewhere' : /plain|field|area|select|frame/.test(kind) ? 'nothing' : 'change'
  const later = (ms: number, run: () => void) => {
    const { clock } = state
    clock.after(ms, () => clock === state.clock && run())
  }
  const answer = (name: string) => {
    const { kind, answers, form, limit = Infinity, answerMs = answers === 'network' ? 600 : 30 } = thing(name)
    const count = (state.answered.get(name) ?? 0) + 1
    state.answered.set(name, count)
    if (count > limit) return
    const alive = (near: boolean, what: 'change' | 'resource' = 'change') =>
      tell({ kind: 'response', what, near })
    if (kind === 'submit' && form) fields.submit(form)
    if (kind === 'label' || answers === 'near') later(answerMs, () => alive(true))
    if (answers === 'far') later(answerMs, () => alive(false))
    if (answers === 'fails') later(answerMs, () => tell({ kind: 'fault', name: 'TypeError' }))
    if (answers === 'network') {
      later(answerMs, () => alive(false, 'resource'))
      later(answerMs + 20, () => alive(true))
      if (form && layout().forms?.[form]?.gone) later(answerMs + 40, () => fields.gone(form))
    }
    const [, to] = answers?.match(/^to (.*)/) ?? []
    if (to) later(answerMs, () => way.go(to, 'push'))
  }
  const press = (name: string, pointer: 'mouse' | 'touch' | 'key', [x, y]: Place) => {
    const it = thing(name)
    const decision = isDecision(it, way.type()) ? target(name) : null
    tell({ kind: 'press', pointer, x, y, target: target(name), decision, expects: expects(it) })
    answer(name)
  }

  // ── the page moves ──────────────────────────────────────────────────────────────────────────────────

  const view = () => {
    if (!state.looking) return
    for (const [name, it] of Object.entries(layout().things)) {
      if (!isDecision(it, way.type())) continue
      const [, top, , height] = it.box
      const seen = Math.min(top + height, state.scrollY + windowHeight) - Math.max(top, state.scrollY)
      const visible = seen >= height / 2
      if (visible === state.inView.has(name)) continue
      if (visible) state.inView.add(name)
      else state.inView.delete(name)
      tell({ kind: 'view', target: target(name), visible })
    }
  }
  const scrollTo = (to: number, byShopper: boolean) => {
    const reach = layout().height - windowHeight
    const y = Math.min(Math.max(0, to), reach)
    if (y === state.scrollY) return
    state.scrollY = y
    tell({ kind: 'scroll', y, depth: y / reach, root: true, byShopper })
    look()
    view()
  }
  const touched = () => {
    hand()
    if (device !== 'touch') return
    state.looking = true
    view()
  }
  const scroll = (px: number, ms: number) => {
    const from = state.scrollY
    const steps = Math.max(1, Math.round(ms / frameMs))
    touched()
    for (let step = 1; step <= steps; step++) {
      pass(ms / steps)
      hand()
      if (device === 'desktop' && now() - state.wheelAt >= 250) {
        state.wheelAt = now()
        tell({ kind: 'wheel' })
      }
      scrollTo(from + (px * step) / steps, true)
    }
  }

  /** Does it, and lets the time pass that it takes. */
  const act = (deed: Deed): void => {
    switch (deed.do) {
      case 'wait':
        return pass(deed.ms)
      case 'move':
        return travel(at(deed.to), deed.ms)
      case 'press': {
        const [x, y] = at(deed.on)
        const place: Place = [x + deed.off[0], y + deed.off[1]]
        const there = Math.hypot(place[0] - state.mouse[0], place[1] - state.mouse[1]) < 1
        if (device === 'desktop' && !there) travel(place, 200)
        hand()
        fields.pressed(deed.on)
        pass(deed.holdMs)
        press(deed.on, device === 'desktop' ? 'mouse' : 'touch', place)
        return touched()
      }
      case 'button':
        state.down = deed.down
        hand()
        return
      case 'menu':
        if (device === 'desktop') travel(at(deed.on), 200)
        return
      case 'gesture':
        pass(300)
        return touched()
      case 'activate':
        hand()
        if (/field|area/.test(thing(deed.on).kind)) return fields.submit(thing(deed.on).form ?? '')
        return press(deed.on, 'key', [0, 0])
      case 'scroll':
        return scroll(deed.px, deed.ms)
      case 'scriptScroll':
        return scrollTo(deed.to, false)
      case 'leave':
        return leave(deed.by, deed.pxPerS)
      case 'vanish':
        pass(frameMs)
        return gone(state.mouse)
      case 'comeBack':
        state.outside = false
        tell({ kind: 'enter' })
        return sample(deed.to)
      case 'resize':
        return tell({ kind: 'resize' })
      case 'cart':
        return tell({ kind: 'cart', added: deed.added, removed: deed.removed })
      case 'fault':
        return tell({ kind: 'fault', name: 'TypeError' })
      case 'away':
        tell({ kind: 'visibility', visible: false, hiddenMs: 0 })
        pass(deed.ms)
        way.hidden(deed.ms)
        return tell({ kind: 'visibility', visible: true, hiddenMs: deed.ms })
      case 'go':
        fields.left()
        way.go(deed.to, deed.how, deed.failed)
        return look()
      case 'history':
        fields.left()
        way.step(deed.steps, deed.loads)
        return look()
      case 'pay':
        pass(deed.ms)
        return way.pay(deed.to)
      default:
        return fields.act(deed)
    }
  }

  /** The page is there, and the mouse somewhere on it. */
  const begin = () => {
    way.begin()
    if (device === 'desktop') sample(state.mouse)
  }

  return { act, begin, drain, clock: () => state.clock, now }
}
