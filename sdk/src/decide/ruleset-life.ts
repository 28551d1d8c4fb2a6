import type { Ruleset } from '../../schema/ruleset'
import type { Platform, Send } from '../platform/platform'
import type { PageTime, Stop } from '../time'
import type { compile, CompiledRuleset } from './compile'
import { createRulesetCache, type RulesetCache as Cache } from './ruleset-cache'
import type { createVerifier, Verify } from './verifier'

export interface RulesetLifeOptions {
  readonly platform: Platform
  readonly send: Send
  readonly compile: typeof compile
  /** The ruleset that stands in the page: its text, and where one is asked for its `data-signature`. */
  readonly inline: Pick<Element, 'textContent' | 'getAttribute'> | null
  /** Its address, or itself. */
  readonly ruleset?: string | object | undefined
  /** Whatever stands here, nothing unsigned is used. */
  readonly publicKey?: unknown
  /** Undefined where that part could not be loaded. */
  readonly createVerifier: typeof createVerifier | undefined
  /** How the developer wrote an option. */
  readonly named: (option: 'ruleset' | 'publicKey') => string
  /** Consent allows to keep it. */
  readonly mayKeep: () => boolean
  /** What is in use. */
  readonly armed: { readonly ruleset?: CompiledRuleset | undefined; confirmedAt?: number }
  /** Puts another in its place, or none; `isLost` tells of a rule that the one before had, and this one has not. */
  readonly swap: (ruleset: CompiledRuleset | undefined, isLost: (rule: string) => boolean) => void
  /** One clear line. */
  readonly complain: (line: string) => void
  /** One clear line, and an `error` event. */
  readonly fault: (part: string, reason: unknown) => void
}

/** How often the network is asked while the page is visible, where the ruleset does not say. */
const usualRefreshMs = 5 * 60_000
const leastRefreshMs = 1_000
/** Shown again, it asks when it last did longer ago than this share of the interval: one minute of five. */
const whenShown = 1 / 5

/**
 * Where rulesets come from, and which one is in use: the block in the page, the object that the page gave, the kept
 * copy, the network, which is asked again and again while the page is visible. Each replaces an older one, whole,
 * between two decisions. With a public key only what is signed counts, and whatever is not as signed ends all deciding
 * until something is.
 */
export function createRulesetLife(options: RulesetLifeOptions) {
  const { platform, inline, ruleset, publicKey, named, armed, mayKeep, complain } = options
  const { clock, listen, random } = platform
  const now = () => clock.toEpoch(clock.now())
  const told = { tampered: false, fault: undefined as string | undefined }

  const swap = (next: CompiledRuleset | undefined) => {
    const before = rulesOf(armed.ruleset)
    const after = rulesOf(next)
    options.swap(next, (rule) => before.has(rule) && !after.has(rule))
  }
  const confirm = (at: number) => {
    armed.confirmedAt = at
    told.fault = undefined
  }
  const use = (raw: unknown, confirmedAt: number): number => {
    const { ruleset, rejected } = options.compile(raw)
    const newer = armed.ruleset ? ruleset.version - armed.ruleset.version : 1
    if (newer === 0) confirm(Math.max(confirmedAt, armed.confirmedAt ?? 0))
    if (newer > 0) {
      for (const { reason, rule } of rejected) complain(`rule ${JSON.stringify(rule)} is left out: ${reason}`)
      confirm(confirmedAt)
      told.tampered = false
      swap(ruleset)
    }
    return newer
  }
  /** The same trouble is told once, until it is over. */
  const onFault = (line: string) => {
    if (told.fault !== line) complain(`ruleset ${line}`)
    told.fault = line
  }
  /** Told once, however many copies are not as signed, until one is. */
  const onTampered = (line: string) => {
    if (armed.ruleset) swap(undefined)
    if (!told.tampered) options.fault('ruleset', line)
    told.tampered = true
  }
  /** What stands in the page is as old as it says, or as the page. */
  const here = async (place: string, read: () => Promise<unknown>) => {
    try {
      const raw = await read()
      const { issuedAt = '' } = (raw ?? {}) as Partial<Ruleset>
      use(raw, Date.parse(issuedAt) || clock.toEpoch(0 as PageTime))
    } catch (error) {
      const line = `${place}: ${error instanceof Error ? error.message : String(error)}`
      if (publicKey === undefined) complain(line)
      else onTampered(line)
    }
  }
  const verifier = (): Verify | undefined => {
    if (publicKey === undefined) return undefined
    if (!options.createVerifier) throw Error(`${named('publicKey')}: wanted the part verify, found none`)
    return options.createVerifier(publicKey, named('publicKey'))
  }

  // ── the network, again and again ────────────────────────────────────────────────────────────────────
  const state = { askedAt: 0, turn: Promise.resolve(), stopped: false, cache: undefined as Cache | undefined }
  let timer: Stop = () => {}
  const interval = () => armed.ruleset?.source.refreshMs ?? usualRefreshMs
  /** A fleet that was armed at one instant does not ask at one instant. */
  const plan = () => {
    timer()
    if (state.stopped || !interval() || document.visibilityState !== 'visible') return
    const jitter = 0.8 + (0.4 * random(1)[0]!) / 255
    timer = clock.after(Math.max(leastRefreshMs, interval()) * jitter, () => void refresh())
  }
  /** One after the other: what was asked for last is answered last. */
  const refresh = () =>
    (state.turn = state.turn.then(async () => {
      if (!state.cache || state.stopped) return
      state.askedAt = now()
      await state.cache.refresh()
      plan()
    }))
  const look = () => {
    const isOld = now() - state.askedAt > interval() * whenShown
    if (state.askedAt && interval() && isOld && document.visibilityState === 'visible') void refresh()
    else plan()
  }

  const stops = ['visibilitychange', 'pageshow'].map((type) => listen(window, type, look))

  const openAll = async () => {
    let verify: Verify | undefined
    try {
      verify = verifier()
    } catch (error) {
      // Without a verifier there is nothing that may be used, so nothing is asked for.
      return onTampered((error as Error).message)
    }
    if (inline)
      await here('inline ruleset #splitsecond-ruleset', async () => {
        const text = inline.textContent ?? ''
        await verify?.(new TextEncoder().encode(text), inline.getAttribute('data-signature'))
        return JSON.parse(text)
      })
    if (typeof ruleset === 'object')
      await here(named('ruleset'), async () => {
        if (verify) throw Error(`wanted an address or a signed block in the page, found an object`)
        return ruleset
      })
    if (typeof ruleset !== 'string') return
    const { send } = options
    const tell = { onFault, onTampered }
    state.cache = createRulesetCache({
      platform,
      send,
      url: ruleset,
      verify,
      mayKeep,
      use,
      confirm,
      ...tell,
    })
    await state.cache.kept()
    await refresh()
  }

  return {
    /** All of them in turn. Resolves when each has had its say. */
    async load() {
      await openAll()
      // With none in use, pages have their usual types.
      if (!armed.ruleset) swap(undefined)
    },
    /** Asks the network now. Resolves when its answer is in use, or known to be unchanged or unusable. */
    refresh,
    stop() {
      state.stopped = true
      timer()
      for (const stop of stops) stop()
    },
  }
}

const rulesOf = (ruleset: CompiledRuleset | undefined) =>
  new Set([...(ruleset?.plans.values() ?? [])].flatMap(({ rules }) => rules.map(({ id }) => id)))

export type RulesetLife = ReturnType<typeof createRulesetLife>
