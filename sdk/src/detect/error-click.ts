import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { settle, type Detector } from './detector'

/**
 * The shopper presses something, and a script of the shop's fails over it.
 *
 * Evidence: a fault (an uncaught error or rejection of the shop's own; not those of other people's scripts, not the
 * noise of ResizeObserver) within 1 s of a press that should do something. Its class and how many there were; never its
 * message. A class of fault that also came with no press before it is the page's own noise and says nothing.
 *
 * Vendors count errors for 1 s (Splunk) to 2 s (Amplitude, New Relic) after a click, or as long as it has effects
 * (Datadog, up to 10 s); the shortest is least likely to take a timer's error for the click's.
 *
 * Ends when the shopper presses something else, goes to another page, hides the page, or after 10 s.
 */
export type ErrorClickOptions = {
  /** How soon after the press the fault must come, ms. @default 1000 (Splunk) */
  withinMs: number
  /** Faults that it takes. @default 1 */
  faults: number
  /** A class of fault that came with no press in this span is noise, ms. @default 10000 */
  noiseMs: number
  /** How long the shopper is taken to be still in it, ms. @default 10000 */
  lastsMs: number
}

const defaults: ErrorClickOptions = { withinMs: 1000, faults: 1, noiseMs: 10_000, lastsMs: 10_000 }

/** Classes of noise that are remembered. */
const most = 10

interface State {
  readonly pressed?: { readonly id: number; readonly at: PageTime; readonly faults: number } | undefined
  readonly noise: Readonly<Record<string, PageTime>>
  readonly running?: { readonly id: number; readonly until: PageTime } | undefined
}

export function errorClick(options?: Partial<ErrorClickOptions>): Detector<State> {
  const o = settle(defaults, options)
  const on = (state: State) => ({ state, wakeAt: state.running?.until })
  const over = (state: State) => ({
    ...on({ ...state, running: undefined }),
    ...(state.running ? { phase: 'ended' as const } : {}),
  })

  const fault = (state: State, { at, name }: Signal & { kind: 'fault' }) => {
    const { pressed, noise } = state
    if (!pressed || at - pressed.at > o.withinMs) {
      const others = Object.entries(noise).filter(([other]) => other !== name)
      return on({ ...state, noise: Object.fromEntries([...others, [name, at]].slice(-most)) })
    }
    const afterMs = at - pressed.at
    const faults = pressed.faults + 1
    const evidence = { error: name, faults, faultsMin: o.faults, afterMs, afterMaxMs: o.withinMs }
    const quietMs = at - (noise[name] ?? -Infinity)
    if (quietMs <= o.noiseMs) {
      const why = 'errors of this class come without a press, too'
      return { ...on(state), near: { share: 0.5, evidence, why } }
    }
    const next = { ...state, pressed: { ...pressed, faults } }
    if (faults < o.faults) return { ...on(next), near: { share: faults / o.faults, evidence } }
    return {
      ...on({ ...next, running: { id: pressed.id, until: later(at, o.lastsMs) } }),
      phase: 'confirmed' as const,
      onset: pressed.at,
      evidence,
    }
  }

  return {
    name: 'error-click',
    options: o,
    hears: ['press', 'fault', 'navigate', 'visibility', 'wake'],
    start: { noise: {} },

    step(state, signal) {
      const { kind, at } = signal
      if (kind === 'fault') return fault(state, signal)
      if (kind === 'press') {
        const { id, ignore } = signal.target
        const counts = signal.expects !== 'nothing' && !ignore?.includes('error-click')
        const next = { ...state, pressed: counts ? { id, at, faults: 0 } : undefined }
        return id === state.running?.id ? on(next) : over(next)
      }
      if (kind === 'wake') return at >= (state.running?.until ?? Infinity) ? over(state) : on(state)
      return kind === 'visibility' && signal.visible ? on(state) : over({ ...state, pressed: undefined })
    },
  }
}
