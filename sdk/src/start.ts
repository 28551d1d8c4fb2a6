import type { BeaconEvent } from '../schema/event'
import type { Acting } from './acting'
import { bare } from './bare'
import { createCalls, replay } from './calls'
import { createArming } from './arming'
import { navigation, type Way } from './capture'
import { asksForConsent, createConsent } from './consent'
import { createContext } from './context'
import type { Decision } from './decide'
import type { Found } from './detect'
import { createVisitor } from './decide/visitor'
import { classOf, createGuard } from './guard'
import type { Explained, Handle } from './handle'
import { createLearning } from './learning'
import { createRing } from './ring'
import { addressesOf, checkOptions, type Options } from './options'
import type { Part } from './parts/kit'
import { createPipeline } from './pipeline'
import { browserPlatform } from './platform/browser'
import { createUuid } from './platform/uuid'
import { createSending } from './sending'
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
    // A text of our own is told. What was thrown may come of the page's own code, also within ours (a function that the
    // page has patched), and its words may be the shopper's: its class leaves the page, and the place in our files.
    const reason = part === 'ruleset' ? String(error).slice(0, 300) : classOf(error)
    const [place] = /splitsecond[\w-]*\.js:\d+:\d+/.exec(String((error as Error | undefined)?.stack)) ?? []
    say({ type: 'error', part, reason, place }, clock.now())
  }
  const guard = createGuard((part, error) => fault(part, error, ' and is switched off'))
  const platform = browserPlatform(guard)
  const { clock, listen } = platform
  const complain = (line: string) => platform.say('error', line)
  const inline = document.getElementById('splitsecond-ruleset')
  const options = checkOptions(given, named, inline !== null, complain)

  const stops: Stop[] = []
  const listeners = new Map<string, Set<(event: BeaconEvent) => void>>()
  const explained = createRing<Explained>(explainedMost)
  const acting: Acting = bare({})
  /** The page's own functions. */
  const provided = new Map<string, (...given: unknown[]) => unknown>()
  // ── who, where, and may we ──────────────────────────────────────────────────────────────────────────
  const uuid = createUuid(platform.random)
  const consent = createConsent(options.consent, asksForConsent(), (tier) => applyConsent(tier))
  const granted = () => consent.tier() === 'granted'
  const visitor = createVisitor({ platform, uuid, acting })
  const before = () => (granted() ? (platform.tab.take() as Way | undefined) : undefined)

  const hear = (signal: Signal, heardAt: PageTime) => {
    // First what is under way: the signal that cancels it may be the very one that makes the next moment.
    pipeline.hear(signal)
    if (signal.kind === 'navigate') {
      say({ type: 'page' }, signal.at || heardAt)
      acting.affinity?.arrive(signal.to.type)
      void learning.readDataLayer()
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
  const pictures = new Set<string>()
  const { armed, rooms, arm, part, brought, swap, typeOf, whenArmed, ...arming } = createArming({
    platform,
    guard,
    load,
    complain,
    acting,
    page: () => way.page(),
    own: [...addressesOf(options), options.ruleset, pictures],
    hear,
    watch,
    again: (watch) => way.again(watch),
    retype: () => way.name(),
    found,
    prepare: () => learning.prepare(),
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
  const ways = { platform, context, acting, armed, rooms, part, stops }
  const sending = createSending(
    bare({
      ...options,
      ...ways,
      named,
      complain,
      brought,
      provided,
      may: () => granted() && !armed.stopped,
    }),
  )
  const learning = createLearning({
    ...ways,
    guard,
    page: way.page,
    mayKeep: granted,
    hear,
    calls: () => calls,
  })

  const say: Say = (fields, at) => {
    const loading = visitor.loading()
    if (loading) return void loading.then(() => say(fields, at))
    const event = context.event(fields, at)
    sending.add(event, at)
    for (const listener of listeners.get(event.type) ?? []) listener(event)
    if (heardOnDocument.test(event.type))
      document.dispatchEvent(new CustomEvent(`splitsecond:${event.type}`, bare({ detail: event })))
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
    compose: ({ nudge }) => acting.nudges!.compose(nudge, rooms.decide!.attributes(ground())),
    hasPlace: ({ nudge }, { target }) => acting.nudges!.hasPlace(nudge, target),
    showing: () => acting.nudges,
    remember(decision, moment, at) {
      visitor.count(moment)
      const hidden = decision.verdict === 'show' ? (acting.nudges?.hidden(decision.nudge) ?? []) : []
      explained.put({ at: clock.toEpoch(at), moment, decision, ...(hidden.length && { hidden }) })
    },
  })

  // ── arming ──────────────────────────────────────────────────────────────────────────────────────────
  /** A ruleset wants the rooms that decide and show; they load side by side with it. */
  const begin = async () => {
    const tier = consent.tier()
    if (tier !== 'pending') void applyConsent(tier)
    void followConsent()
    if (inline || options.ruleset) {
      await Promise.all([
        learning.readDataLayer(),
        part('decide'),
        part('nudge'),
        options.decider !== undefined && part('decider'),
        options.publicKey !== undefined && part('verify'),
      ])
      if (armed.stopped) return
      acting.nudges = guard('nudge', () =>
        rooms.nudge?.open({
          platform,
          brought,
          rooms,
          armed,
          pictures,
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
        }),
      )()
    }
    if (rooms.decide && acting.nudges) {
      acting.decider = rooms.decider?.({ clock, core: rooms.decide, options, named, complain, granted })
      rooms.decide.open({ platform, mayKeep: granted, visitor, context, armed, stops, acting })
      const life = rooms.decide.createRulesetLife(
        bare({
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
        }),
      )
      refresh = life.refresh
      stops.push(life.stop)
      await life.load()
    }
    // With no ruleset to be had the moments are still watched: what is decided then is `no-ruleset`.
    await arm()
    if (location.search.includes('splitsecond-preview=')) void (await previews())?.fromAddress()
  }
  let refresh = async () => {}

  // ── consent ─────────────────────────────────────────────────────────────────────────────────────────
  const applyConsent = guard('consent', (tier: Consent): unknown => {
    if (tier === 'granted') {
      void visitor.open()
      void acting.own?.load()
      void acting.affinity?.load()
      way.adopt(before())
      return sending.open()
    }
    sending.close()
    acting.own?.forget()
    acting.affinity?.forget()
    acting.dataLayer?.forget()
    platform.tab.leave(undefined)
    return visitor.close()
  })

  const followConsent = guard('consent/platform', async () => {
    if (acting.consentPlatform || !asksForConsent()) return
    await part('consent')
    if (armed.stopped || acting.consentPlatform) return
    acting.consentPlatform = rooms.followConsent?.({ platform, hear: consent.hear })
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
    listen(window, 'load', () => {
      void learning.readDataLayer()
      void followConsent()
    }),
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
  const { handle, calls } = createCalls({
    ...known,
    guard,
    fault,
    say,
    hear,
    explained: explained.all,
    name: way.name,
    page: way.page,
    ...learning,
    provided,
    whenArmed,
    raise: found,
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
      acting.consentPlatform?.()
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
