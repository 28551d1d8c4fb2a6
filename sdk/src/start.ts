import type { BeaconEvent } from '../schema/event'
import { createCalls, replay } from './calls'
import { createArming } from './arming'
import { navigation, type Way } from './capture'
import { createConsent } from './consent'
import { createContext } from './context'
import type { Decision } from './decide'
import type { Found } from './detect'
import type { DataLayer } from './capture/data-layer'
import type { helped } from './decide/helped'
import type { Leanings } from './decide/leanings'
import type { OwnMeasures } from './decide/own'
import type { Permits } from './decide/permits'
import { createVisitor } from './decide/visitor'
import { createGuard } from './guard'
import type { Explained, Handle } from './handle'
import type { Beacon } from './beacon'
import { createRing } from './ring'
import { checkOptions, type Options } from './options'
import type { Affinity, Nudges, Part, Rooms } from './parts/kit'
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

const explainedMost = 100
/** Events that wait for the beacon to be loaded. */
const earlyMost = 200
/** Lessons that wait for the part that learns them. */
const lessonsMost = 20
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
    const reason = /^(on|call|action)\//.test(part)
      ? (error as Error | undefined)?.name
      : String(error).slice(0, 300)
    say({ type: 'error', part, reason: String(reason) }, clock.now())
  }
  const guard = createGuard((part, error) => fault(part, error, ' and is switched off'))
  const platform = browserPlatform(guard)
  const { clock, listen } = platform
  const complain = (line: string) => platform.say('error', line)
  const inline = document.getElementById('splitsecond-ruleset')
  const options = checkOptions(given, named, inline !== null, complain)
  const { collector } = options

  const stops: Stop[] = []
  const listeners = new Map<string, Set<(event: BeaconEvent) => void>>()
  const explained = createRing<Explained>(explainedMost)
  const acting: {
    nudges?: Nudges | undefined
    beacon?: Beacon
    own?: OwnMeasures
    permits?: Permits
    affinity?: Affinity
    dataLayer?: DataLayer | undefined
    helped?: typeof helped
    tap?: Tap
    preview?: ReturnType<Rooms['preview']> | undefined
    decider?: ReturnType<Rooms['decider']> | undefined
  } = {}
  const unsent: (readonly [BeaconEvent, PageTime])[] = []
  // ── who, where, and may we ──────────────────────────────────────────────────────────────────────────
  const uuid = createUuid(platform.random)
  const consent = createConsent(options.consent, (tier) => applyConsent(tier))
  const granted = () => consent.tier() === 'granted'
  const visitor = createVisitor({ platform, uuid, acting })
  const before = () => (granted() ? (platform.tab.take() as Way | undefined) : undefined)

  const hear = (signal: Signal, heardAt: PageTime) => {
    // First what is under way: the signal that cancels it may be the very one that makes the next moment.
    pipeline.hear(signal)
    if (signal.kind === 'navigate') {
      say({ type: 'page' }, signal.at || heardAt)
      acting.affinity?.arrive(signal.to.type)
      void readDataLayer()
    }
    acting.dataLayer?.hear(signal)
    watch(signal, heardAt)
  }
  const watch = (signal: Signal, heardAt: PageTime) => {
    acting.tap?.heard(signal, heardAt)
    armed.runner?.hear(signal, heardAt)
    void acting.permits?.loading()
  }
  const found = guard('pipeline', (moment: Found) => pipeline.found(moment))
  const { armed, rooms, arm, part, brought, swap, typeOf, whenArmed, ...arming } = createArming({
    platform,
    guard,
    load,
    complain,
    acting,
    page: () => way.page(),
    own: [collector, options.ruleset],
    hear,
    watch,
    again: (watch) => way.again(watch),
    retype: () => way.name(),
    found,
    prepare: () => prepare(),
    record: (room) => room?.record(ground()),
    report: (vital, value) => granted() && say({ type: 'vitals', name: vital, value }, clock.now()),
  })
  const way = navigation({
    platform,
    typeOf,
    stays: () => rooms.stays,
    hear,
  })
  whenArmed(() => stops.push(way.start()))
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

  const ground = () => ({ ...known, way, acting, armed })

  // ── the flow ────────────────────────────────────────────────────────────────────────────────────────
  const pipeline = createPipeline({
    clock,
    uuid,
    say,
    profile: () => acting.permits?.loading() ?? acting.affinity?.loading(),
    decide: (moment) => (armed.ruleset && rooms.decide ? rooms.decide.answer(ground(), moment) : noRuleset),
    foresee: guard('foresee', (moment) => {
      const { permits, affinity, decider } = acting
      const isKnown = !permits?.loading() && !affinity?.loading() && !decider
      return isKnown && armed.ruleset ? (rooms.decide?.answer(ground(), moment) as Decision) : undefined
    }),
    compose: ({ nudge }) => rooms.nudge!.compose(nudge, rooms.decide!.attributes(ground()), rooms.filters),
    hasPlace: ({ nudge }, { target }) => acting.nudges!.hasPlace(nudge, target),
    showing: () => acting.nudges,
    remember(decision, moment, at) {
      visitor.count(moment)
      const hidden = decision.verdict === 'show' ? (acting.nudges?.hidden(decision.nudge) ?? []) : []
      explained.put({ at: clock.toEpoch(at), moment, decision, ...(hidden.length && { hidden }) })
    },
  })

  /** Told before anybody wants to know: the page may make its calls before the ruleset is there. */
  const lessons: ((leanings: Leanings) => void)[] = []
  const learn = (tell: (leanings: Leanings) => void) =>
    acting.affinity ? tell(acting.affinity) : lessons.splice(0, lessons.push(tell) - lessonsMost)
  const prepare = () => {
    const { ruleset } = armed
    const { nudge, filters, affinity } = rooms
    if (affinity && ruleset && !acting.affinity) {
      const { halfLifeDays } = ruleset.source.affinity ?? {}
      const leanings = (acting.affinity = affinity({ platform, mayKeep: granted, halfLifeDays }))
      for (const tell of lessons.splice(0)) tell(leanings)
      if (armed.runner) leanings.arrive(way.page().type)
      void leanings.load()
      stops.push(leanings.stop)
    }
    if (ruleset && nudge)
      filters?.prepare({
        ruleset,
        currency: context.given.cart?.currency,
        compose: nudge.compose,
        platform,
        stops,
      })
  }

  // ── arming ──────────────────────────────────────────────────────────────────────────────────────────
  /** A ruleset wants the rooms that decide and show; they load side by side with it. */
  const begin = async () => {
    const tier = consent.tier()
    if (tier !== 'pending') void applyConsent(tier)
    if (inline || options.ruleset) {
      await Promise.all([
        readDataLayer(),
        part('decide'),
        part('nudge'),
        options.decider !== undefined && part('decider'),
        options.publicKey !== undefined && part('verify'),
      ])
      if (armed.stopped) return
      acting.nudges = rooms.nudge?.open({
        platform,
        brought,
        largestPaintOpen: () => armed.capture?.lastInput() === undefined,
        element: (id) => armed.capture?.element(id),
        provided: (name) => provided.get(name),
        affinity: () => acting.affinity?.profile().affinity ?? {},
        say,
        context,
        page: way.page,
        spend({ rule, group, cost, step }, decision) {
          const at = clock.toEpoch(clock.now())
          visitor.spend({ rule, group, cost, step, decision, at, session: visitor.current().session.id })
        },
        helped: (decision) => visitor.help('clicked', decision),
        snoozed: visitor.snooze,
      })
    }
    if (rooms.decide && acting.nudges) {
      acting.decider = rooms.decider?.({ clock, core: rooms.decide, options, named, complain, granted })
      rooms.decide.open({ platform, mayKeep: granted, visitor, context, armed, stops, acting })
      const life = rooms.decide.createRulesetLife({
        ...options,
        platform,
        inline,
        named,
        armed,
        createVerifier: rooms.verify,
        mayKeep: granted,
        swap,
        complain,
        fault,
      })
      refresh = life.refresh
      stops.push(life.stop)
      await life.load()
    }
    // With no ruleset to be had the moments are still watched: what is decided then is `no-ruleset`.
    await arm()
    if (location.search.includes('splitsecond-preview=')) void (await previews())?.fromAddress()
  }
  let refresh = async () => {}

  /** Shops that push GA4 e-commerce events need no call of ours; their array may come after us. */
  const readDataLayer = guard('data-layer', async () => {
    const layer = () => (window as { dataLayer?: unknown }).dataLayer
    if (told.has('data-layer') || !Array.isArray(layer())) return
    told.add('data-layer')
    await part('data-layer')
    if (armed.stopped) return
    const read = rooms.dataLayer?.({
      ...calls,
      platform,
      layer,
      mayKeep: granted,
      pageType: () => way.page().type,
      told: (call) => told.has(call),
      added(pieces) {
        const at = clock.now()
        hear({ kind: 'cart', at, added: pieces, removed: 0 }, at)
      },
    })
    acting.dataLayer = read && {
      ...read,
      look: guard('data-layer', read.look),
      hear: guard('data-layer', read.hear),
    }
  })

  // ── consent ─────────────────────────────────────────────────────────────────────────────────────────
  const loadBeacon = async () => {
    if (!collector) return
    if (!rooms.beacon) await part('beacon')
    if (!rooms.beacon || armed.stopped || !granted()) return
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
      void acting.affinity?.load()
      way.adopt(before())
      return loadBeacon()
    }
    unsent.splice(0)
    acting.beacon?.close()
    acting.own?.forget()
    acting.affinity?.forget()
    acting.dataLayer?.forget()
    platform.tab.leave(undefined)
    return visitor.close()
  })

  /** Loaded when it is first asked for: shoppers never do. */
  const previews = async () => {
    if (!rooms.preview) await part('preview')
    const { nudges } = acting
    const options = { rooms, armed, nudges, ground, part, brought, complain, stops }
    return (acting.preview ??= rooms.preview?.(options))
  }

  // ── leaving and coming back ─────────────────────────────────────────────────────────────────────────
  stops.push(
    listen(
      window,
      'visibilitychange',
      // Another tab may have shown something while this one could not be seen.
      (_event, at) => (document.hidden ? acting.nudges?.leave(at) : granted() && void visitor.open()),
    ),
    listen(window, 'load', () => void readDataLayer()),
    listen(window, 'pagehide', (_event, at) => {
      acting.dataLayer?.look()
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
  const told = new Set<string>()
  const provided = new Map<string, (...given: unknown[]) => unknown>()
  const { handle, calls } = createCalls({
    ...known,
    guard,
    fault,
    say,
    hear,
    explained: explained.all,
    name: way.name,
    page: way.page,
    learn,
    provided,
    called: (call) => told.add(call),
    whenArmed,
    raise: found,
    prepare,
    near: () => armed.runner?.near() ?? [],
    record() {
      armed.traced = true
      if (armed.runner) void arm()
      return acting.tap?.text() ?? ''
    },
    async refresh() {
      // Out of the queue it is called before we have begun.
      await Promise.resolve()
      await begun
      await refresh()
      await arm()
    },
    async preview(what, variant) {
      await Promise.resolve()
      await begun
      await (await previews())?.show(what, variant)
    },
    flush: () => acting.beacon?.flush(),
    stop() {
      arming.stop()
      pipeline.stop()
      acting.decider?.stop()
      acting.dataLayer?.stop()
      acting.beacon?.stop()
      listeners.clear()
      for (const stop of stops.splice(0)) stop()
    },
  })
  for (const entry of early) replay(handle, entry, complain)
  const begun = guard('start', begin)()
  return handle
}
