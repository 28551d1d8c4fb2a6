import type { BeaconEvent } from '../schema/event'
import { createBeacon, createUuid, ndjson } from './beacon'
import { capture, navigation, type Capture, type Way } from './capture'
import { createConsent } from './consent'
import { createContext } from './context'
import { compile, compilePages, decide, type CompiledRuleset, type Decision } from './decide'
import { createRulesetCache } from './decide/ruleset-cache'
import { createVisitor } from './decide/visitor'
import { createRunner, detectors, type Runner } from './detect'
import { createGuard } from './guard'
import type { Call, Explained, Handle } from './handle'
import { compose, createStage, surfaces } from './nudge'
import { checkOptions, type Options } from './options'
import { createPipeline } from './pipeline'
import { browserPlatform } from './platform/browser'
import type { Part } from './platform/platform'
import type { Consent, Evidence, Signal } from './terms'
import type { PageTime, Stop } from './time'

/** What differs between the script tag and a shop's own bundle. */
export interface Host {
  /** Loads a part that is not in the main file. */
  readonly load: (part: string) => Promise<Part>
  /** How an option is called where the developer wrote it. */
  readonly named?: (option: keyof Options) => string
  /** Calls that the page made before we were there. */
  readonly early?: readonly Call[]
}

const explainedMost = 50
const told = new Set(['moment', 'decision', 'nudge', 'outcome'])

/** The composition root: wires the rooms, arms the page when its ruleset is there, returns the handle. */
export function start(given: Options, { load, named = (option) => option, early = [] }: Host): Handle {
  const guard = createGuard((part, error) => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    platform.say('error', `${part} failed and is switched off, the rest goes on (${reason})`)
    say({ type: 'error', part, reason: reason.slice(0, 300) }, clock.now())
  })
  const platform = browserPlatform(guard, load)
  const { clock, listen } = platform
  const inline = document.getElementById('splitsecond-ruleset')
  const { options, faults } = checkOptions(given, named, inline !== null)
  for (const fault of faults) platform.say('error', fault)

  const stops: Stop[] = []
  const listeners = new Map<string, Set<(event: BeaconEvent) => void>>()
  const explained: Explained[] = []
  const armed: {
    ruleset?: CompiledRuleset
    capture?: Capture
    runner?: Runner
    detection?: string
    stop: Stop
  } = { stop: () => {} }
  let typeOf = compilePages()

  // ── who, where, and may we ──────────────────────────────────────────────────────────────────────────
  const uuid = createUuid(platform.random)
  const consent = createConsent(options.consent, (tier) => applyConsent(tier))
  const granted = () => consent.tier() === 'granted'
  const onStoreFault = guard('store', (error: unknown) => {
    throw error
  })
  const visitor = createVisitor({ platform, uuid, onStoreFault })
  const memory = (granted() ? platform.tab.take() : undefined) as
    { id: string; seq: number; way: Way } | undefined
  const tab = { id: memory?.id ?? uuid(clock.toEpoch(clock.now())), seq: memory?.seq ?? 0 }

  const hear = (signal: Signal, heardAt: PageTime) => {
    // First what is under way: a signal that cancels it may be the very one that makes the next moment.
    pipeline.hear(signal)
    if (signal.kind === 'navigate') say({ type: 'page' }, signal.at || heardAt)
    armed.runner?.hear(signal, heardAt)
  }
  const way = navigation({ platform, typeOf: (url) => typeOf(url), way: memory?.way, hear })
  const context = createContext({
    clock,
    uuid,
    visitor,
    page: way.page,
    tab,
    rulesetVersion: () => armed.ruleset?.version,
  })

  // ── events ──────────────────────────────────────────────────────────────────────────────────────────
  const beacon = options.collector
    ? createBeacon({
        platform,
        encoder: ndjson,
        url: options.collector,
        key: options.key,
        tab: tab.id,
        lossEvent: (counts) => context.event({ type: 'loss', counts } as { type: string }, clock.now()),
      })
    : undefined

  const say = (fields: Record<string, unknown> & { type: string }, at: PageTime): void => {
    const loading = visitor.loading()
    if (loading) return void loading.then(guard('say', () => say(fields, at)))
    const event = context.event(fields, at)
    beacon?.add(event, at)
    for (const listener of listeners.get(event.type) ?? []) listener(event)
    if (told.has(event.type))
      document.dispatchEvent(new CustomEvent(`splitsecond:${event.type}`, { detail: event }))
  }

  // ── the flow ────────────────────────────────────────────────────────────────────────────────────────
  const stage = createStage(platform, () => armed.capture?.lastInput() === undefined)
  const pipeline = createPipeline({
    clock,
    uuid,
    say,
    profile: visitor.loading,
    decide: (moment) => {
      const { ruleset } = armed
      if (!ruleset) return noRuleset
      const { id, session, shown } = visitor.current()
      return decide(ruleset, {
        moment,
        attributes: context.attributes(moment),
        visitor: { id, session: session.id, shown, consent: consent.tier() },
        now: clock.toEpoch(clock.now()),
        busy: pipeline.busy() || stage.busy(),
      })
    },
    compose: ({ nudge }) => compose(nudge, context.attributes(), context.languages()),
    mount: ({ decision: { nudge: spec, rule, variant }, copy, decisionId, painted, used }) => {
      const marks = { rule, variant, surface: spec.surface, decision: decisionId }
      return stage.show({ spec, copy, marks, used }, surfaces[spec.surface]!, painted)
    },
    afterFrame: platform.afterFrame,
    spend: ({ rule, group }, decision) => {
      const shown = {
        rule,
        group,
        decision,
        at: clock.toEpoch(clock.now()),
        session: visitor.current().session.id,
      }
      visitor.spend(shown)
    },
    channel: context.channel,
    remember: (decision, moment, at) => {
      visitor.count(moment)
      explained.unshift({ at: clock.toEpoch(at), moment, decision })
      explained.splice(explainedMost)
    },
  })

  // ── arming ──────────────────────────────────────────────────────────────────────────────────────────
  /** Starts capture and the detectors that the ruleset asks for; again only when what they depend on changed. */
  const arm = guard('arm', () => {
    const { observe = 'rules', moments = {}, pages } = armed.ruleset?.source ?? {}
    const names =
      !armed.ruleset || observe === 'all'
        ? Object.keys(detectors)
        : observe === 'rules'
          ? [...armed.ruleset.plans.keys()]
          : observe
    const detection = JSON.stringify([names, moments, pages])
    if (detection === armed.detection) return
    const first = armed.detection === undefined
    armed.detection = detection
    armed.stop()
    if (pages) typeOf = compilePages(pages)
    const running = names.flatMap((name) => detectors[name]?.(moments[name] as never) ?? [])
    const targets = moments['hesitation']?.['targets'] as string[] | undefined
    const captured = capture({ platform, page: way.page, targets, hear })
    const visible = document.visibilityState === 'visible'
    const runner = createRunner({
      clock,
      guard,
      detectors: running,
      visible,
      drain: captured.drain,
      found: guard('pipeline', pipeline.found),
    })
    Object.assign(armed, { capture: captured, runner })
    armed.stop = () => {
      captured.stop()
      runner.stop()
    }
    if (!first) return
    const { activationStart = 0 } = (performance.getEntriesByType('navigation')[0] ?? {}) as {
      activationStart?: number
    }
    stops.push(way.start(activationStart as PageTime))
    for (const call of waiting.splice(0)) call()
  })
  const waiting: (() => void)[] = []
  /** Runs once the page is armed: before, there is nobody to hear it. */
  const whenArmed = (run: () => void) => (armed.runner ? run() : waiting.push(run))

  const use = (raw: unknown): boolean => {
    const { ruleset, rejected } = compile(raw)
    if (armed.ruleset && ruleset.version <= armed.ruleset.version) return false
    for (const { reason, rule } of rejected)
      platform.say('error', `rule ${JSON.stringify(rule)} is left out: ${reason}`)
    armed.ruleset = ruleset
    arm()
    return true
  }
  const useHere = (place: string, read: () => unknown) => {
    try {
      use(read())
    } catch (error) {
      platform.say('error', `${place}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const cache =
    typeof options.ruleset === 'string'
      ? createRulesetCache({
          platform,
          url: options.ruleset,
          mayKeep: granted,
          use,
          onFault: (line) => platform.say('error', line),
        })
      : undefined

  const begin = guard('start', () => {
    if (granted()) applyConsent('granted')
    if (inline) useHere('inline ruleset #splitsecond-ruleset', () => JSON.parse(inline.textContent))
    if (typeof options.ruleset === 'object') useHere(named('ruleset'), () => options.ruleset)
    // With no ruleset to be had the moments are still watched: what is decided then is `no-ruleset`.
    return (cache?.load() ?? Promise.resolve()).then(arm)
  })

  // ── consent ─────────────────────────────────────────────────────────────────────────────────────────
  const applyConsent = guard('consent', (tier: Consent) => {
    if (tier === 'granted') {
      void visitor.open()
      beacon?.open()
      return loadVitals()
    }
    const had = visitor.known()
    visitor.close()
    beacon?.close()
    platform.tab.leave(undefined)
    return had ? platform.store.purge().catch(() => undefined) : undefined
  })
  const vitals: { stop?: Stop } = {}
  const loadVitals = () => {
    if (!beacon || options.vitals === false || vitals.stop) return
    const report = (name: string, value: number) =>
      granted() && say({ type: 'vitals', name, value }, clock.now())
    vitals.stop = platform.whenIdle(() => {
      void load('vitals').then(
        (part) => part.install({ report }),
        () =>
          platform.say('warn', 'the part "vitals" could not be loaded; LCP, INP and CLS are not reported'),
      )
    })
  }

  // ── leaving and coming back ─────────────────────────────────────────────────────────────────────────
  const leave = (at: PageTime) => {
    pipeline.leave(at)
    if (granted()) platform.tab.leave({ id: tab.id, seq: tab.seq, way: way.way() })
  }
  stops.push(
    listen(
      window,
      'visibilitychange',
      (_event, at) => document.visibilityState === 'hidden' && pipeline.leave(at),
    ),
    listen(window, 'pagehide', (_event, at) => leave(at)),
    listen(window, 'pageshow', (event, at, heardAt) => {
      if (!(event as PageTransitionEvent).persisted) return
      const since = granted() ? (platform.tab.take() as typeof memory) : undefined
      tab.seq = Math.max(tab.seq, since?.seq ?? 0)
      if (granted()) void visitor.open()
      way.restore(at, heardAt, since?.way)
    }),
  )

  const handle: Handle = {
    page({ type, ...more }) {
      context.given.page = more
      way.name(type)
    },
    identify({ account, ...traits }) {
      context.given.traits = { ...context.given.traits, ...traits }
      if (account) context.given.account = account
    },
    set: (attributes) => void (context.given.more = { ...context.given.more, ...attributes }),
    cart(cart) {
      const count = ({ items }: typeof cart) => items.reduce((sum, { quantity = 1 }) => sum + quantity, 0)
      const grown = count(cart) - count(context.given.cart)
      context.given.cart = cart
      const at = clock.now()
      if (grown !== 0) hear({ kind: 'cart', at, added: Math.max(0, grown), removed: Math.max(0, -grown) }, at)
    },
    track(name, data = {}) {
      const { shown, session } = visitor.current()
      const afterDecisions = shown.filter((it) => it.session === session.id).map((it) => it.decision)
      say({ type: 'outcome', name, data, afterDecisions }, clock.now())
    },
    moment: (name, evidence = {}) =>
      void whenArmed(() => {
        const at = clock.now()
        void pipeline.found({
          name,
          phase: 'confirmed',
          at,
          onset: at,
          heardAt: at,
          evidence: evidence as Evidence,
        })
        armed.runner?.hear({ kind: 'moment', at, name }, at)
      }),
    consent: (tier) => consent.set(tier),
    on(type, listener) {
      const all = listeners.get(type) ?? new Set()
      const guarded = guard(`on/${type}`, listener)
      listeners.set(type, all.add(guarded))
      return () => void all.delete(guarded)
    },
    explain: (rule) => explained.filter(({ decision }) => rule === undefined || decision.rule === rule),
    refresh: async () => cache?.refresh(),
    flush: async () => {
      await visitor.loading()
      await beacon?.flush()
    },
    stop() {
      armed.stop()
      pipeline.stop()
      vitals.stop?.()
      beacon?.stop()
      for (const stop of stops.splice(0)) stop()
      stage.stop()
      listeners.clear()
    },
  }
  for (const name of Object.keys(handle) as (keyof Handle)[])
    handle[name] = guard(`call/${name}`, handle[name] as () => void) as never
  for (const [name, ...args] of early) (handle[name] as ((...args: unknown[]) => void) | undefined)?.(...args)
  void begin()
  return handle
}

const noRuleset: Decision = { verdict: 'hold', reason: 'no-ruleset', trace: [] }
