import type { BeaconEvent } from '../schema/event'
import type { Ruleset } from '../schema/ruleset'
import { createCalls, replay } from './calls'
import { capture, navigation, type Capture, type MakeSource, type Way } from './capture'
import { createConsent } from './consent'
import { createContext } from './context'
import type { CompiledRuleset, Decision } from './decide'
import type { OwnMeasures } from './decide/own'
import { createVisitor } from './decide/visitor'
import { createRunner, type MakeDetector, type Runner } from './detect'
import { createGuard } from './guard'
import type { Explained, Handle } from './handle'
import type { Beacon } from './beacon'
import { checkOptions, type Options } from './options'
import { namedMoments, type Nudges, type Part, type Rooms, type Watched } from './parts/kit'
import { createPipeline } from './pipeline'
import { browserPlatform } from './platform/browser'
import { createUuid } from './platform/uuid'
import type { Tap } from './recorder'
import type { Consent, Say, Signal } from './terms'
import type { PageTime, Stop } from './time'

/** What differs between the script tag and a shop's own bundle. */
export interface Host {
  /** Loads a room that is not in the main file. */
  readonly load: (part: string) => Promise<Part>
  /** How an option is called where the developer wrote it. */
  readonly named?: (option: keyof Options) => string
  /** Calls that the page made before we were there: `splitsecond.q.push(['page', { type: 'cart' }])`. */
  readonly early?: readonly unknown[]
}

type Sources = Readonly<Record<string, MakeSource>>

const explainedMost = 50
/** Events that wait for the beacon to be loaded. */
const earlyMost = 200
/** Event types that tag managers hear on `document`. */
const heardOnDocument = /^(moment|decision|nudge|outcome)$/
const noRuleset: Decision = { verdict: 'hold', reason: 'no-ruleset', trace: [] }

/**
 * The composition root: wires the rooms, arms the page when its ruleset is there, returns the handle. The rooms that
 * act (decide, nudge, beacon) load beside this file while the ruleset loads, each only where it is needed.
 */
export function start(given: Options, { load, named = (option) => option, early = [] }: Host): Handle {
  const fault = (part: string, error: unknown, then = '') => {
    platform.say('error', `${part} failed${then} (${String(error)})`)
    // What the shop's own code throws may tell of the shopper: its kind alone leaves the page.
    const reason = /^(on|call)\//.test(part)
      ? (error as Error | undefined)?.name
      : String(error).slice(0, 300)
    say({ type: 'error', part, reason: String(reason) }, clock.now())
  }
  const guard = createGuard((part, error) => fault(part, error, ' and is switched off'))
  const platform = browserPlatform(guard)
  const { clock, listen } = platform
  const complain = (line: string) => platform.say('error', line)
  const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
  const inline = document.getElementById('splitsecond-ruleset')
  const options = checkOptions(given, named, inline !== null, complain)
  const { ruleset: wanted, collector } = options

  const stops: Stop[] = []
  const listeners = new Map<string, Set<(event: BeaconEvent) => void>>()
  const explained: Explained[] = []
  const rooms: Partial<Rooms> = {}
  const acting: { nudges?: Nudges | undefined; beacon?: Beacon; own?: OwnMeasures; tap?: Tap } = {}
  const unsent: (readonly [BeaconEvent, PageTime])[] = []
  const armed: {
    /** A trace was asked for. */
    traced?: boolean
    ruleset?: CompiledRuleset
    capture?: Capture
    runner?: Runner
    detection?: string
    stop?: Stop
  } = {}
  let typeOf: ReturnType<Rooms['decide']['compilePages']> = () => 'other'

  // ── who, where, and may we ──────────────────────────────────────────────────────────────────────────
  const uuid = createUuid(platform.random)
  const consent = createConsent(options.consent, (tier) => applyConsent(tier))
  const granted = () => consent.tier() === 'granted'
  const visitor = createVisitor({ platform, uuid })
  const before = () => (granted() ? (platform.tab.take() as Way | undefined) : undefined)

  const hear = (signal: Signal, heardAt: PageTime) => {
    // First what is under way: the signal that cancels it may be the very one that makes the next moment.
    pipeline.hear(signal)
    if (signal.kind === 'navigate') say({ type: 'page' }, signal.at || heardAt)
    watch(signal, heardAt)
  }
  const watch = (signal: Signal, heardAt: PageTime) => {
    acting.tap?.heard(signal, heardAt)
    armed.runner?.hear(signal, heardAt)
  }
  const way = navigation({
    platform,
    typeOf: (url) => typeOf(url),
    stays: () => rooms.stays,
    hear,
  })
  const context = createContext({
    clock,
    uuid,
    visitor,
    page: way.page,
    version: () => armed.ruleset?.version,
  })

  const say: Say = (fields, at) => {
    const loading = visitor.loading()
    if (loading) return void loading.then(() => say(fields, at))
    const event = context.event(fields, at)
    if (acting.beacon) acting.beacon.add(event, at)
    else if (collector) unsent.splice(0, unsent.push([event, at]) - earlyMost)
    for (const listener of listeners.get(event.type) ?? []) listener(event)
    if (heardOnDocument.test(event.type))
      document.dispatchEvent(new CustomEvent(`splitsecond:${event.type}`, { detail: event }))
  }

  const attributes = () =>
    rooms.decide!.attributes({ ...context, page: way.page(), visitor: visitor.current() })

  // ── the flow ────────────────────────────────────────────────────────────────────────────────────────
  const pipeline = createPipeline({
    clock,
    uuid,
    say,
    profile: visitor.loading,
    decide(moment) {
      const { decide } = rooms
      const { nudges } = acting
      if (!armed.ruleset || !decide) return noRuleset
      const { id, session, shown } = visitor.current()
      return decide.decide(armed.ruleset, {
        moment,
        attributes: attributes(),
        visitor: { id, session: session.id, shown, consent: consent.tier() },
        now: clock.toEpoch(clock.now()),
        busy: !nudges || nudges.busy() || nudges.inert(),
      })
    },
    compose: ({ nudge }) => rooms.nudge!.compose(nudge, attributes()),
    showing: () => acting.nudges,
    remember(decision, moment, at) {
      visitor.count(moment)
      explained.unshift({ at: clock.toEpoch(at), moment, decision })
      explained.splice(explainedMost)
    },
  })

  // ── arming ──────────────────────────────────────────────────────────────────────────────────────────
  const waiting: (() => void)[] = []
  /** What the parts brought: a moment with the sources that it alone needs, or a source. */
  const brought = new Map<string, readonly [make?: MakeDetector | undefined, sources?: Sources | undefined]>()

  /** Starts capture and the detectors that the ruleset asks for; again only when what they depend on changed. */
  const arm = async (): Promise<void> => {
    const { ruleset, traced } = armed
    const { moments: settings = {}, pages } = (ruleset?.source ?? {}) as Partial<Ruleset>
    const wanted: readonly Watched[] = ruleset ? rooms.decide!.watched(ruleset) : namedMoments
    if (traced) await part('record')
    // A trace holds what all of them would hear: it can be replayed with moments that this page does not watch.
    const heard = rooms.record?.heard ?? wanted.flatMap(([name, needs = []]) => [name, ...needs])
    const missing = heard.filter((name) => !brought.has(name))
    await Promise.all(missing.map(part))
    // Another ruleset has come meanwhile, or a trace was asked for.
    if (ruleset !== armed.ruleset || traced !== armed.traced) return arm()
    const detection = JSON.stringify([wanted, settings, pages, traced])
    if (detection === armed.detection || stopped.now) return
    armed.detection = detection
    armed.stop?.()
    if (rooms.decide) typeOf = rooms.decide.compilePages(pages)
    const hand = capture({
      platform,
      page: way.page,
      settings,
      own: [collector, options.ruleset],
      sources: Object.assign({}, ...heard.map((name) => brought.get(name)?.[1])) as Sources,
      hear,
    })
    armed.capture = hand
    rooms.record?.record({ ...known, way, acting, armed })
    const detectors = wanted.flatMap(([name, needs = []]) => {
      const make = needs.every((source) => brought.has(source)) && brought.get(name)?.[0]
      return make ? make(settings[name] as never, (of) => acting.own?.of(`${name}.${of}`)) : []
    })
    const runner = createRunner({
      clock,
      guard,
      detectors,
      visible: !document.hidden,
      drain: hand.drain,
      found,
      sampled: (name, value) => acting.own?.learn(name, value),
    })
    rooms.decide?.unheeded(detectors, settings).forEach(complain)
    armed.stop = () => {
      hand.stop()
      runner.stop()
    }
    const again = armed.runner
    armed.runner = runner
    if (again) way.again(watch)
    for (const call of waiting.splice(0)) call()
  }
  waiting.push(() => stops.push(way.start()))

  const found = guard('pipeline', pipeline.found)
  const arming = guard('arm', arm)

  const use = (raw: unknown): boolean => {
    const { ruleset, rejected } = rooms.decide!.compile(raw)
    if (armed.ruleset && ruleset.version <= armed.ruleset.version) return false
    for (const { reason, rule } of rejected) complain(`rule ${JSON.stringify(rule)} is left out: ${reason}`)
    armed.ruleset = ruleset
    void arming()
    return true
  }
  // Armed twice at once, a part is installed twice: what it brought first is in use.
  const bring = (name: string, make?: MakeDetector, sources?: Sources) =>
    void (brought.has(name) || brought.set(name, [make, sources]))
  const part = (name: string) =>
    load(name)
      .then(
        (loaded) =>
          stopped.now ||
          loaded.install({
            give: (room, brought) => Object.assign(rooms, { [room]: brought, ...rooms }),
            moment: bring,
            source: (source, make) => bring(source, undefined, { [source]: make }),
            report: (vital, value) => granted() && say({ type: 'vitals', name: vital, value }, clock.now()),
          }),
      )
      .catch((error: unknown) => complain(`the part ${name} could not be loaded (${reasonOf(error)})`))

  /** A ruleset wants the rooms that decide and show; they load side by side with it. */
  const begin = async () => {
    const tier = consent.tier()
    if (tier !== 'pending') void applyConsent(tier)
    if (inline || wanted) {
      await Promise.all([part('decide'), part('nudge')])
      if (stopped.now) return
      acting.nudges = rooms.nudge?.open({
        platform,
        largestPaintOpen: () => armed.capture?.lastInput() === undefined,
        say,
        channel: context.channel,
        spend({ rule, group }, decision) {
          const at = clock.toEpoch(clock.now())
          visitor.spend({ rule, group, decision, at, session: visitor.current().session.id })
        },
      })
    }
    if (rooms.decide && acting.nudges) {
      acting.own = rooms.decide.createOwn({ platform, mayKeep: granted })
      void acting.own.load()
      const here = (place: string, read: () => unknown) => {
        try {
          use(read())
        } catch (error) {
          complain(`${place}: ${reasonOf(error)}`)
        }
      }
      if (inline) here('inline ruleset #splitsecond-ruleset', () => JSON.parse(inline.textContent))
      if (typeof wanted === 'object') here(named('ruleset'), () => wanted)
      if (typeof wanted === 'string') {
        const cache = rooms.decide.createRulesetCache({
          platform,
          url: wanted,
          mayKeep: granted,
          use,
          onFault: complain,
        })
        refresh = cache.refresh
        await cache.load()
      }
    }
    // With no ruleset to be had the moments are still watched: what is decided then is `no-ruleset`.
    await arming()
  }
  const stopped = { now: false }
  let refresh = async () => {}

  // ── consent ─────────────────────────────────────────────────────────────────────────────────────────
  const loadBeacon = async () => {
    if (!collector) return
    if (!rooms.beacon) await part('beacon')
    if (!rooms.beacon || stopped.now || !granted()) return
    if (!acting.beacon) {
      const { createBeacon, whenIdle } = rooms.beacon
      acting.beacon = createBeacon({
        platform,
        url: collector,
        key: options.key,
        owner: context.view,
        lossEvent: (counts) => context.event({ type: 'loss', counts }, clock.now()),
      })
      if (options.vitals !== false) stops.push(whenIdle(platform, () => void part('vitals')))
      for (const [event, at] of unsent.splice(0)) acting.beacon.add(event, at)
    }
    acting.beacon.open()
  }
  const applyConsent = guard('consent', (tier: Consent): unknown => {
    if (tier === 'granted') {
      void visitor.open()
      void acting.own?.load()
      way.adopt(before())
      return loadBeacon()
    }
    unsent.splice(0)
    acting.beacon?.close()
    acting.own?.forget()
    platform.tab.leave(undefined)
    return visitor.close()
  })

  // ── leaving and coming back ─────────────────────────────────────────────────────────────────────────
  stops.push(
    listen(
      window,
      'visibilitychange',
      // Another tab may have shown something while this one could not be seen.
      (_event, at) => (document.hidden ? acting.nudges?.leave(at) : granted() && void visitor.open()),
    ),
    listen(window, 'pagehide', (_event, at) => {
      acting.nudges?.leave(at)
      const left = way.way(at)
      if (granted()) platform.tab.leave(left)
    }),
    listen(window, 'pageshow', (event, at, heardAt) => {
      if (!(event as PageTransitionEvent).persisted) return
      // Another page of this tab may have shown something meanwhile.
      if (granted()) void visitor.open()
      way.restore(at, heardAt, before())
    }),
  )

  const known = { clock, context, visitor, consent, listeners }
  const handle = createCalls({
    ...known,
    guard,
    fault,
    say,
    hear,
    explained,
    name: way.name,
    whenArmed: (run) => void (armed.runner ? run() : waiting.push(run)),
    raise: found,
    near: () => armed.runner?.near() ?? [],
    record() {
      armed.traced = true
      if (armed.runner) void arming()
      return acting.tap?.text() ?? ''
    },
    async refresh() {
      // Out of the queue it is called before we have begun.
      await Promise.resolve()
      await begun
      await refresh()
      await arming()
    },
    flush: () => acting.beacon?.flush(),
    stop() {
      stopped.now = true
      armed.stop?.()
      pipeline.stop()
      acting.beacon?.stop()
      listeners.clear()
      for (const stop of stops.splice(0)) stop()
    },
  })
  for (const entry of early) replay(handle, entry, complain)
  const begun = guard('start', begin)()
  return handle
}
