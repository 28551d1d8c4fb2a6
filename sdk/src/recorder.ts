import type { TraceHeader, TraceLine } from '../schema/trace'
import type { BeaconEvent } from '../schema/event'
import type { Capture } from './capture'
import type { OwnMeasures, Samples } from './decide/own'
import { ofNavigator } from './of-navigator'
import { situationOf, type Facts } from './situation-of'
import type { Evidence, Signal } from './terms'
import type { Clock, PageTime } from './time'
import { version } from './version'

/** What a recorder reads and listens in to; it leaves its `tap` in `acting`. */
export interface Known extends Facts {
  readonly clock: Clock
  readonly acting: Facts['acting'] & {
    readonly own?: Pick<OwnMeasures, 'samples'>
    tap?: Tap
  }
  /** `drain` of what is captured is listened in to, so that the trace tells when a timer ran. */
  readonly armed: {
    readonly ruleset?: { readonly version: number } | undefined
    readonly capture?: Pick<Capture, 'drain'>
  }
  readonly listeners: Map<string, Set<(event: BeaconEvent) => void>>
}

/** Lines that are kept: an hour of a busy hand. Beyond, the oldest go, and the header counts them. */
const linesMost = 20_000
/** Characters that are kept, whatever the lines: a fast mouse fills a line with 256 samples. */
const charactersMost = 8_000_000
/** Lines that are dropped and not cleared away yet. */
const spareMost = 1000

type Told = TraceLine extends infer Line ? (Line extends TraceLine ? Omit<Line, 'heardAt'> : never) : never

/**
 * Writes down what the detectors hear, as lines of JSON (`sdk/schema/trace.ts` tells what they hold). Each is written
 * when it is heard, so that nothing of the page is kept alive, and what is kept is bounded.
 */
function createRecorder(known: Known) {
  const { clock, context, way, armed } = known
  const isVisible = () => document.visibilityState === 'visible'
  const ruleset = () => armed.ruleset?.version ?? null
  const begun = clock.now()
  const locale = document.documentElement.lang || ofNavigator(({ language }) => language, '')
  const head = {
    startedAt: clock.toEpoch(begun),
    at: begun,
    visible: isVisible(),
    page: way.page(),
    device: context.device,
    locale,
    ruleset: ruleset(),
  }
  const lines: { text: string; line: Pick<Told, 'kind' | 'at'> & { visible?: boolean } }[] = []
  const state = { dropped: 0, first: 0, characters: 0, seen: '', context: '', own: '' }

  const measured = { last: undefined as Samples | undefined }

  const drop = () => {
    const { text, line } = lines[state.first++]!
    state.characters -= text.length
    state.dropped++
    head.startedAt = clock.toEpoch(line.at as PageTime)
    head.at = line.at as PageTime
    if (line.kind === 'visibility' || line.kind === 'armed') head.visible = line.visible!
    if (line.kind === 'context') state.context = text
    if (line.kind === 'own') state.own = text
    // Now and then: taking the first of so many out moves all the others.
    if (state.first === spareMost) lines.splice(0, state.first)
    state.first %= spareMost
  }
  const write = (line: Told, heardAt: PageTime) => {
    const text = JSON.stringify({ ...line, heardAt })
    state.characters += text.length
    const kept = 'visible' in line ? { visible: line.visible } : {}
    lines.push({ text, line: { kind: line.kind, at: line.at, ...kept } })
    while (lines.length - state.first > linesMost || state.characters > charactersMost) drop()
  }

  /** Writes down the situation where it is not the last one's. */
  const situate = () => {
    const at = clock.now()
    const situation = situationOf(known, locale, clock.toEpoch(at))
    // How long ago something was shown changes by itself.
    const { shown } = situation
    const seen = JSON.stringify({ ...situation, shown: shown.length })
    if (seen === state.seen) return
    state.seen = seen
    write({ kind: 'context', at, ...situation }, at)
  }

  /** The shopper's own measures were read from the device, or he added to them. */
  const measure = () => {
    const samples = known.acting.own?.samples()
    if (!samples || samples === measured.last) return
    measured.last = samples
    const at = clock.now()
    write({ kind: 'own', at, samples: samples as Record<string, number[]> }, at)
  }

  situate()
  measure()
  return {
    heard(signal: Signal, heardAt: PageTime) {
      measure()
      const { kind } = signal
      const told = kind === 'moment' ? { ...signal, evidence: plain(signal.evidence) } : signal
      write(told as unknown as Told, heardAt)
    },
    armed() {
      const at = clock.now()
      write({ kind: 'armed', at, visible: isVisible(), ruleset: ruleset() }, at)
    },
    situate,
    /** What became of a nudge; `at` is wall time, as in all events. */
    nudged({ at, rule, phase, ...event }: Extract<BeaconEvent, { type: 'nudge' }>) {
      const action = event['action'] as number | undefined
      const now = clock.now()
      const then = (now - (clock.toEpoch(now) - at)) as PageTime
      write({ kind: 'nudge', at: then, rule, phase, ...(action === undefined ? {} : { action }) }, now)
    },
    /** All that was heard since the first call. */
    text() {
      const at = clock.now()
      const header: TraceHeader = { trace: 1, sdk: version, ...head, dropped: state.dropped }
      const end = { kind: 'end', at, heardAt: at }
      const kept = lines.slice(state.first).map(({ text }) => text)
      return [
        JSON.stringify(header),
        ...[state.context, state.own].filter(Boolean),
        ...kept,
        JSON.stringify(end),
        '',
      ].join('\n')
    },
  }
}

/** What takes down the signals as they are heard. */
export type Tap = ReturnType<typeof createRecorder>

/** Begins a trace; goes on with it, when the detectors begin anew. */
export function record(known: Known): void {
  const { acting, listeners } = known
  const tap = acting.tap ?? createRecorder(known)
  if (acting.tap) tap.armed()
  else {
    const on = (type: string, listener: (event: never) => void) =>
      listeners.set(type, (listeners.get(type) ?? new Set()).add(listener as never))
    on('moment', tap.situate)
    // A decision may have waited until the situation was another.
    on('decision', tap.situate)
    on('nudge', tap.nudged)
    acting.tap = tap
  }
  const capture = known.armed.capture!
  const { drain } = capture
  capture.drain = (heardAt, due) => {
    drain(heardAt)
    if (due !== undefined) tap.heard({ kind: 'wake', at: due }, heardAt)
  }
}

/** The evidence of the page's own moments is whatever it says: figures, flags and short words are taken. */
const plain = (evidence: Evidence) =>
  Object.fromEntries(
    Object.entries(evidence)
      .filter(([, value]) => Number.isFinite(value) || /^(boolean|string)$/.test(typeof value))
      .map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, 200) : value]),
  )
