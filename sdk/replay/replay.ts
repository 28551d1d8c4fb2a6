import type { Ruleset } from '../schema/ruleset'
import { compile, compilePages, decide } from '../src/decide'
import { collide } from '../src/decide/instant'
import { joined, medianOf, type Samples } from '../src/decide/own'
import { unheeded } from '../src/decide/unheeded'
import { createRunner, type Found, type Missed, type Runner } from '../src/detect'
import { catalogue } from '../src/detect/catalogue'
import { typingMs } from '../src/calm'
import { createGuard } from '../src/guard'
import { asked, withTheirParts } from '../src/moments'
import { createPipeline } from '../src/pipeline'
import { createShowing } from '../src/showing'
import type { NudgeEnd, PageRef, Signal, Unrest } from '../src/terms'
import type { PageTime } from '../src/time'
import { parseTrace, type Trace } from './parse-trace'
import { createPlayer } from './play'
import type { Decided, Faded, Replayed, ReplayedNudge, ReplayOptions } from './replayed'
import { createSituation } from './situation'
import { createVirtualClock } from './virtual-clock'

/** A nudge is painted in the frame after its decision: 60 a second. */
const frameMs = 1000 / 60

/**
 * Runs a trace through the real runner, the real pipeline and the real decision core, on a clock that only the trace
 * moves. Nothing is shown; of a nudge that would be, the replay knows when it was closed in the recorded page, else
 * it stays for its `durationMs`.
 *
 * @throws one error that says what is wrong, when the trace or the ruleset cannot be read
 */
export function replay(given: string | Trace, options: ReplayOptions = {}): Replayed {
  const { header, lines } = typeof given === 'string' ? parseTrace(given) : given
  const { ruleset: source, settings = {} } = options
  const compiled = source === undefined ? undefined : compile(source)
  const complaints = (compiled?.rejected ?? []).map(
    ({ rule, reason }) => `rule ${JSON.stringify(rule)} is left out: ${reason}`,
  )
  const start = header.at as PageTime
  const clock = createVirtualClock(start, header.startedAt)
  const typeOf = compilePages(compiled?.ruleset.source.pages)
  /** A page that nobody has named, as of a recording that was converted, is what the ruleset calls its address. */
  const typed = (page: PageRef): PageRef =>
    page.type === 'other' ? { ...page, type: typeOf(new URL(page.path, 'https://shop.example')) } : page
  const situation = createSituation({ ...header, page: typed(header.page) }, options)
  const guard = createGuard((part, error) => complaints.push(`${part} failed: ${String(error)}`))

  const moments: Found[] = []
  const faded: Faded[] = []
  const decisions: Decided[] = []
  const nudges: ReplayedNudge[] = []
  const suspects = new Map<string, Found>()
  const none: Samples = {}
  const state = {
    runner: undefined as Runner | undefined,
    /** The shopper's own measures: as the trace tells, and as this replay has learnt what the trace does not tell. */
    own: { told: none, learnt: options.own ?? none },
    showing: undefined as { rule: string; used: (end: NudgeEnd, action?: number) => void } | undefined,
    hiddenAt: header.visible ? undefined : (start as number),
    hiddenMs: 0,
    typedAt: -Infinity,
  }

  /** What a trace tells of: nobody composes in a replay, pays, or is in a critical flow. */
  const unrest = (): Unrest[] => [
    ...(clock.now() - state.typedAt < typingMs ? (['typing'] as const) : []),
    ...(situation.busy() ? (['dialog'] as const) : []),
  ]

  // ── the flow ────────────────────────────────────────────────────────────────────────────────────────
  const ids = { last: 0 }
  const showing = createShowing({
    clock,
    prepare() {},
    drop() {},
    mount({ spec: { durationMs }, marks: { rule }, used }, painted) {
      const paintMs = paintedAt(rule) - clock.now()
      const stops = [clock.after(paintMs > 0 ? paintMs : frameMs, () => painted(clock.now()))]
      const expire = () => void (isClosed(rule) || used('expired'))
      if (durationMs) stops.push(clock.after(durationMs, expire))
      const own = { rule, used }
      state.showing = own
      return () => {
        if (state.showing === own) state.showing = undefined
        stops.forEach((stop) => stop())
      }
    },
    // The frames of a replay are on time.
    beforeFrame: () => () => {},
    afterFrame: (run) => clock.after(frameMs, run),
    unrest,
    collide,
    spend: (decision, id) => situation.spend(decision, id, clock.toEpoch(clock.now())),
    helped: situation.helped,
    snoozed: (id, forMs) => situation.snoozed(id, clock.toEpoch(clock.now()) + forMs),
    channel: (surface) => ({ surface, device: header.device.class, pageType: situation.pageType() }),
    say: ({ rule, phase }, at) => nudges.push({ at, rule: rule as string, phase: phase as string }),
  })
  const pipeline = createPipeline({
    clock,
    uuid: () => String(++ids.last),
    profile: () => undefined,
    decide(moment) {
      tellAhead()
      if (!compiled) return { verdict: 'hold', reason: 'no-ruleset', trace: [] }
      return decide(compiled.ruleset, {
        moment,
        attributes: situation.attributes(),
        visitor: situation.visitor(),
        now: clock.toEpoch(clock.now()),
        busy: showing.busy(),
      })
    },
    foresee: () => undefined,
    // Neither texts nor places are in a trace: whether one could be filled in cannot be told.
    compose: () => ({ copy: {} as never }),
    hasPlace: () => true,
    showing: () => showing,
    say: () => {},
    remember(decision, moment, at) {
      situation.count(moment)
      const { verdict, reason, rule } = decision
      const variant = decision.verdict === 'hold' ? undefined : decision.variant
      const trace = { enumerable: true, get: () => decision.trace }
      decisions.push(
        Object.defineProperty({ moment, at, verdict, reason, rule, variant } as Decided, 'trace', trace),
      )
    },
  })

  const fade = (name: string) => {
    const suspect = suspects.get(name)
    suspects.delete(name)
    if (suspect) faded.push({ ...suspect, share: 0.5, why: 'it went no further' })
  }
  const found = (it: Found) => {
    const { name, phase } = it
    moments.push(it)
    if (phase === 'confirmed') suspects.delete(name)
    else fade(name)
    if (phase === 'suspect') suspects.set(name, it)
    return pipeline.found(it)
  }
  const missed = ({ name, at, share, evidence, why }: Missed) => {
    if (why === undefined) return
    suspects.delete(name)
    faded.push({ name, at, share, evidence, why })
  }

  // ── the trace ───────────────────────────────────────────────────────────────────────────────────────
  const player = createPlayer({
    clock,
    lines,
    hear(told, heardAt) {
      const signal: Signal =
        told.kind === 'navigate' ? { ...told, from: told.from && typed(told.from), to: typed(told.to) } : told
      const { kind, at } = signal
      if (kind === 'visibility') {
        if (state.hiddenAt !== undefined) state.hiddenMs += at - state.hiddenAt
        state.hiddenAt = signal.visible ? undefined : at
        if (!signal.visible) showing.leave(at)
      }
      if (kind === 'navigate') situation.went(signal.to)
      if (kind === 'field' && signal.action === 'input') state.typedAt = at
      // Another document (of a converted recording): what was shown went with the one before.
      if (kind === 'navigate' && signal.how === 'load') state.showing?.used('expired')
      pipeline.hear(signal)
      if (kind === 'moment')
        void found({
          name: signal.name,
          phase: 'confirmed',
          at,
          onset: at,
          heardAt,
          evidence: signal.evidence,
        })
      state.runner?.hear(signal, heardAt)
    },
    told(line) {
      if (line.kind === 'context')
        situation.told({ ...line, page: typed(line.page) }, clock.toEpoch(line.at as PageTime))
      if (line.kind === 'own') state.own.told = line.samples
      if (line.kind === 'armed') arm(line.visible)
      if (line.kind === 'nudge' && line.rule === state.showing?.rule && isEnd(line.phase))
        state.showing.used(line.phase, line.action)
    },
  })
  /** The page wrote the situation of a decision down behind the signal that led to it. */
  const tellAhead = () => {
    for (const line of player.ahead(4)) {
      if (line.kind !== 'context') return
      situation.told({ ...line, page: typed(line.page) }, clock.toEpoch(line.at as PageTime))
    }
  }
  const lives = lines.flatMap((line, index) => (line.kind === 'nudge' ? [{ ...line, index }] : []))
  const nextOf = (rule: string, phases: RegExp) =>
    lives.find((it) => it.index > player.index() && it.rule === rule && phases.test(it.phase))
  /** When the recorded page painted it, if that is what comes next of it. */
  const paintedAt = (rule: string) => {
    const next = nextOf(rule, /./)
    return next?.phase === 'shown' ? next.at : -Infinity
  }
  /** In the recorded page the nudge was closed later on: the hand was on it. */
  const isClosed = (rule: string) => nextOf(rule, ends) !== undefined

  const { moments: published = {} } = (compiled?.ruleset.source ?? {}) as Partial<Ruleset>
  const wanted = options.moments
    ? withTheirParts(options.moments)
    : compiled
      ? asked(compiled.ruleset)
      : Object.keys(catalogue)
  const inForce = Object.fromEntries(
    [...new Set([...Object.keys(published), ...Object.keys(settings)])].map((name) => [
      name,
      { ...published[name], ...settings[name] },
    ]),
  )
  const ownOf = (name: string) => medianOf(state.own.told[name] ?? state.own.learnt[name])
  const arm = (visible: boolean) => {
    state.runner?.stop()
    const detectors = wanted.map((name) =>
      catalogue[name]!(inForce[name] as never, (of) => ownOf(`${name}.${of}`)),
    )
    state.runner = createRunner({
      clock: player.clock,
      guard,
      detectors,
      visible,
      drain: player.drain,
      found,
      missed,
      sampled(name, value) {
        state.own.learnt = joined(state.own.learnt, name, value)
      },
    })
    return detectors
  }
  complaints.push(...unheeded(arm(header.visible), inForce))
  player.play()

  const until = clock.now()
  for (const name of suspects.keys()) fade(name)
  if (state.hiddenAt !== undefined) state.hiddenMs += until - state.hiddenAt
  return {
    header,
    watched: wanted,
    moments,
    faded,
    near: state.runner?.near() ?? [],
    decisions,
    nudges,
    from: start,
    until,
    visibleMs: Math.round(until - start - state.hiddenMs),
    complaints,
  }
}

const ends = /^(clicked|dismissed|expired)$/
const isEnd = (phase: string): phase is NudgeEnd => ends.test(phase)
