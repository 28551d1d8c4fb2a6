import type { Evidence, Signal } from '../terms'
import type { PageTime } from '../time'
import { near, settle, type Detector, type Step } from './detector'

/**
 * The shopper began to fill in a form and leaves it at that.
 *
 * It begins with the first change of a value (focus alone is no beginning). 30 s without another change is a suspect.
 * Abandoned is a form when the shopper comes back to it after ≥30 min away, or goes to another page of the shop while
 * it is unsent. Done is a form that was submitted, or that left the page after the network had answered, or after
 * which something went into the cart. Search and newsletter forms are never looked at (`FieldRef.minor`).
 *
 * A route that follows a press on a button may be the form's own "next": that is no leaving, nor is a step from one
 * page of the checkout to the next. Over a page load nothing of a form is known: there it shows on return alone.
 *
 * Ends when the shopper fills in again, goes to yet another page, or after 30 s.
 */
export type FormAbandonmentOptions = {
  /** Time without a change that makes it a suspect, ms. @default 30000 */
  stallMs: number
  /** Time away after which it is given up, ms. @default 1800000 (form analytics count a session out after 30 min) */
  awayMs: number
  /** Changes of values that make a beginning. @default 1 */
  changes: number
  /** How long after it was given up the shopper may still be won back, ms. @default 30000 */
  lastsMs: number
}

const defaults: FormAbandonmentOptions = {
  stallMs: 30_000,
  awayMs: 30 * 60_000,
  changes: 1,
  lastsMs: 30_000,
}

/** A press on a button and the route it leads to; a shop's own server answers within this, or it is lost anyway. */
const nextMs = 2000
/** What is no button of a form. */
const leadsAway = /^(link|product|field)$/
/** What the network answered to a form is told a moment after the route that followed it. */
const settleMs = 300
/** More than that are not told apart: the state stays small whatever the form. */
const mostFields = 50

interface Form {
  readonly id: number
  readonly changes: number
  readonly fields: readonly number[]
  /** The last change. */
  readonly at: PageTime
  readonly stalled: boolean
  /** Gone to another page: when. */
  readonly leftAt?: PageTime
}

interface State {
  /** The form that was changed last. */
  readonly form?: Form | undefined
  /** The last press on something that may have been the form's own button. */
  readonly pressedAt: number
  readonly since?: PageTime | undefined
}

export function formAbandonment(options?: Partial<FormAbandonmentOptions>): Detector<State> {
  const o = settle(defaults, options)

  const on = (state: State): Step<State> => {
    const { form, since } = state
    const due = !form
      ? Infinity
      : form.leftAt !== undefined
        ? form.leftAt + settleMs
        : form.stalled
          ? Infinity
          : form.at + o.stallMs
    const wakeAt = Math.min(due, (since ?? Infinity) + o.lastsMs)
    return { state, wakeAt: wakeAt < Infinity ? (wakeAt as PageTime) : undefined }
  }
  const over = (state: State): Step<State> => ({
    ...on({ ...state, since: undefined }),
    ...(state.since === undefined ? {} : { phase: 'ended' as const }),
  })
  const told = (form: Form, at: PageTime, more: Evidence = {}): Evidence => ({
    changes: form.changes,
    changesMin: o.changes,
    fields: form.fields.length,
    stalledMs: Math.round(at - form.at),
    stalledMinMs: o.stallMs,
    ...more,
  })
  /** It was sent, or is none of ours any more. */
  const done = (state: State, at: PageTime, why: string): Step<State> => {
    const { form } = state
    const next = over({ ...state, form: undefined })
    if (!form) return next
    return { ...next, ...near((at - form.at) / o.stallMs, told(form, at), why) }
  }
  const abandoned = (state: State, form: Form, at: PageTime, more?: Evidence): Step<State> => ({
    ...on({ ...state, form: undefined, since: at }),
    phase: 'confirmed',
    onset: form.at,
    evidence: told(form, at, more),
  })

  const input = (state: State, { at, field }: Signal & { kind: 'field' }): Step<State> => {
    const known = state.form?.id === field.form ? state.form : undefined
    const { changes = 0, fields = [] } = known ?? {}
    const seen = fields.includes(field.id) ? fields : [...fields, field.id].slice(-mostFields)
    return over({
      ...state,
      form: { id: field.form, changes: changes + 1, fields: seen, at, stalled: false },
    })
  }

  const navigate = (state: State, { at, from, to, how, back, ordered }: Signal & { kind: 'navigate' }) => {
    const { form } = state
    // Back from the page cache the form is as he left it; and a page that loads has no form yet.
    if (!form || form.leftAt !== undefined || how === 'restore' || how === 'load' || from?.path === to.path)
      return over(state)
    const within = from?.type === 'checkout' && to.type === 'checkout'
    if (ordered || within || how === 'replace') return done(state, at, 'went on')
    if (!back && at - state.pressedAt <= nextMs) return done(state, at, 'its button was pressed')
    return on({ ...state, form: { ...form, leftAt: at } })
  }

  const wake = (state: State, at: PageTime): Step<State> => {
    const { form, since } = state
    if (form?.leftAt !== undefined && at >= form.leftAt + settleMs)
      return form.changes < o.changes
        ? done(state, at, 'hardly begun')
        : abandoned(state, form, at, { by: 'another page' })
    if (at >= (since ?? Infinity) + o.lastsMs) return over(state)
    if (!form || form.stalled || at < form.at + o.stallMs) return on(state)
    const next = on({ ...state, form: { ...form, stalled: true } })
    if (form.changes < o.changes) return next
    return { ...next, phase: 'suspect', onset: form.at, evidence: told(form, at) }
  }

  return {
    name: 'form-abandonment',
    options: o,
    hears: ['field', 'form', 'press', 'cart', 'navigate', 'visibility', 'wake'],
    start: { pressedAt: -Infinity },

    step(state, signal) {
      const { kind, at } = signal
      const { form } = state
      if (kind === 'field') {
        const { action, field } = signal
        const counts = action === 'input' && field.form && !field.minor
        return counts && !field.ignore?.includes('form-abandonment') ? input(state, signal) : on(state)
      }
      if (kind === 'press')
        return on(leadsAway.test(signal.target.role) ? state : { ...state, pressedAt: at })
      if (kind === 'form')
        return signal.form === form?.id && signal.action !== 'invalid'
          ? done(state, at, signal.action === 'gone' ? 'answered' : 'submitted')
          : on(state)
      if (kind === 'cart') return signal.added > 0 ? done(state, at, 'went into the cart') : on(state)
      if (kind === 'navigate') return navigate(state, signal)
      if (kind === 'wake') return wake(state, at)
      const { visible, hiddenMs } = signal as Signal & { kind: 'visibility' }
      if (!visible || !form || form.leftAt !== undefined || form.changes < o.changes) return on(state)
      const away = { by: 'time away', hiddenMs: Math.round(hiddenMs), hiddenMinMs: o.awayMs }
      if (hiddenMs >= o.awayMs) return abandoned(state, form, at, away)
      return { ...on(state), ...near(hiddenMs / o.awayMs, told(form, at, away)) }
    },
  }
}
