import type { DeciderAnswer, DeciderRequest } from '../schema/decider'
import type { CompiledRuleset, DecidedBy, DecideInput, Decision } from './decide'
import { overrule, type Core } from './decide/overrule'
import { isAddress, type Options } from './options'
import type { Send } from './platform/platform'
import type { Question } from './question'
import type { Clock, Millis, PageTime, Stop } from './time'

/**
 * A decider beside the local ruleset: the shop's own engine. It is told what the local one was asked and what that
 * decided, and answers with a decision; a rule of the ruleset, or a nudge of its own.
 */
export type Decider = (input: DecideInput, local: Decision) => DeciderAnswer | Promise<DeciderAnswer>

export interface DeciderOptions {
  readonly clock: Clock
  readonly send: Send
  readonly core: Core
  readonly options: Pick<Options, 'decider' | 'deciderDeadline'>
  /** How an option is called where the developer wrote it. */
  readonly named: (option: keyof Options) => string
  readonly complain: (line: string) => void
  /** Consent is granted: the attributes may hold traits. */
  readonly granted: () => boolean
}

interface Came {
  readonly late?: boolean
  readonly answer?: unknown
  readonly error?: unknown
}

const defaultMs = 50
/** A shopper waits no longer for anything that he has not asked for. */
const deadlineMostMs = 1000
/** An answer that is late is still let in, unread: a connection that is cut must be made anew for the next one. */
const timeoutMs = 2000
const answerMostBytes = 64_000
/** After so many failures in a row it is left alone for a while; then each further one is enough. */
const failuresMost = 3
const pauseMs = 30_000
const shownMost = 20

/**
 * Asks the shop's own engine, and takes the local decision where no valid answer is there by the deadline. Whatever
 * it answers, the gates of the ruleset hold, and what is decided is decided on things as they stand then.
 */
export function createDecider({ clock, core, granted, complain, named, options, send }: DeciderOptions) {
  const { decider, deciderDeadline = defaultMs } = options
  const state = { failures: 0, pausedUntil: 0, told: false }
  const waiting = new Set<Stop>()

  // An attribute is text.
  const given = Number(deciderDeadline)
  const fits = given > 0 && given <= deadlineMostMs
  const deadlineMs = fits ? given : defaultMs
  const ask =
    typeof decider === 'function'
      ? (input: DecideInput, local: Decision) => decider(input, local)
      : isAddress(decider)
        ? engine(decider, send, deadlineMs)
        : undefined
  const wrong = (option: 'decider' | 'deciderDeadline', wanted: string) =>
    complain(`${named(option)}: wanted ${wanted}, found ${JSON.stringify(options[option])}`)
  if (!ask) wrong('decider', 'the address of a decider, or a function')
  if (!fits) wrong('deciderDeadline', `ms above 0, at most ${deadlineMostMs}`)

  const fault = (error: unknown) => {
    if (!state.told)
      complain(`${named('decider')}: ${error instanceof Error ? error.message : String(error)}`)
    state.told = true
  }
  const count = (failed: boolean) => {
    state.failures = failed ? state.failures + 1 : 0
    if (state.failures >= failuresMost) state.pausedUntil = clock.now() + pauseMs
  }

  /** What an answer that came in time comes to; `undefined` where it is none. */
  const taken = (asked: NonNullable<ReturnType<Question>>, answer: unknown) => {
    try {
      return overrule(core, ...asked, answer)
    } catch (error) {
      fault(error)
      return undefined
    }
  }

  /** What comes first: an answer, a failure, or the end of the time for it. */
  const race = (asking: () => unknown, withinMs: Millis) =>
    new Promise<Came>((resolve) => {
      const end = (came: Came) => {
        timer()
        waiting.delete(timer)
        resolve(came)
      }
      const timer = clock.after(withinMs, () => end({ late: true }))
      waiting.add(timer)
      // In an `async` function: one that throws rejects.
      const asked = async () => asking()
      void asked().then(
        (answer) => end({ answer }),
        (error: unknown) => end({ error: error ?? 'nothing' }),
      )
    })

  const wait = async (question: Question, asking: () => unknown, withinMs: Millis) => {
    const began = clock.now()
    const { answer, error, late } = await race(asking, withinMs)
    const waited = clock.now() - began
    const waitedMs = Math.round(waited * 10) / 10
    // Decided anew: meanwhile another nudge may have taken the stage, or the last of a limit, and the ruleset may be
    // another, or none that can be trusted.
    const asked = question()
    if (!asked) return marked({ verdict: 'hold', reason: 'no-ruleset', trace: [] }, { decider: 'local' })
    let decision: Decision | undefined
    let remote: DecidedBy['remote']
    // Consent may have gone meanwhile: then it counts as if nobody had been asked.
    if (granted()) {
      // Due together, the answer's task may run before the timer's.
      const isLate = late || waited > withinMs
      if (!isLate && error === undefined) decision = taken(asked, answer)
      else if (!isLate) fault(error)
      remote = decision ? 'won' : isLate ? 'late' : 'failed'
      count(!decision)
    }
    const by = { decider: decision ? 'remote' : 'local', ...(remote && { remote }), waitedMs } as const
    return marked(decision ?? core.decide(...asked), by)
  }

  return {
    /** @param at when the moment was complete: its nudge is valid from then on */
    decide(question: Question, at: PageTime): Decision | Promise<Decision> {
      const [ruleset, input] = question()!
      const local = core.decide(ruleset, input)
      const now = clock.now()
      const leftMs = local.verdict === 'hold' ? Infinity : local.validForMs - (now - at)
      if (!ask || !granted() || leftMs <= 0 || !concerns(ruleset, input.moment.name))
        return marked(local, { decider: 'local' })
      if (now < state.pausedUntil) return marked(local, { decider: 'local', remote: 'paused' })
      return wait(question, () => ask(input, local, ruleset), Math.min(deadlineMs, leftMs))
    },
    stop() {
      for (const timer of waiting) timer()
      waiting.clear()
    },
  }
}

/** A decider behind an address. A simple request: another origin is reached without a preflight. */
const engine =
  (url: string, send: Send, deadlineMs: Millis) =>
  async (
    { moment, attributes, visitor, now }: DecideInput,
    local: Decision,
    { version }: CompiledRuleset,
  ) => {
    const { id = '', session = '', shown = [] } = visitor ?? {}
    const { verdict, reason, rule } = local
    const variant = local.verdict === 'hold' ? undefined : local.variant
    const request: DeciderRequest = {
      moment: { name: moment.name, evidence: moment.evidence },
      attributes,
      visitor: {
        id,
        session,
        shown: shown.slice(-shownMost).map(({ rule, group, at, session }) => ({ rule, group, at, session })),
      },
      now,
      ruleset: { version },
      local: { verdict, reason, rule, variant },
      deadlineMs,
    }
    const own = new URL(url, document.baseURI).origin === location.origin
    const { status, text } = await send(url, {
      method: 'POST',
      headers: own ? { 'content-type': 'application/json' } : {},
      body: JSON.stringify(request),
      timeoutMs,
      maxBytes: answerMostBytes,
    })
    if (status !== 200) throw Error(`wanted an answer 200, found ${status}`)
    try {
      return JSON.parse(text) as unknown
    } catch {
      throw Error(`wanted JSON, found ${JSON.stringify(text.slice(0, 40))}`)
    }
  }

/** A moment that rules answer, or that the ruleset wants observed. */
const concerns = ({ plans, source: { observe, enabled } }: CompiledRuleset, moment: string) =>
  enabled !== false &&
  (plans.has(moment) || observe === 'all' || (Array.isArray(observe) && observe.includes(moment)))

/** The same decision, with who made it; its trace is still made when it is read. */
const marked = (decision: Decision, by: DecidedBy) =>
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(decision), by: { value: by, enumerable: true } },
  ) as Decision
