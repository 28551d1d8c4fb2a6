import type { Evidence, FieldRef, Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import { near, raised, settle, type Detector, type Own, type Step } from './detector'

/**
 * The shopper types the same thing again and again.
 *
 * Evidence, any of: in one field, three cycles of growing by ≥3 characters, erasing ≥70 %, growing again, within
 * 60 s; the same form tried again twice within 30 s while it shows errors; a finished text of which ≥50 % of the
 * words stood in an earlier one of this page (the support issue told twice). Lengths and counts only.
 *
 * Calm typists erase too: of 600 calm sentences in a public sample 5.2 % hold two or more backspace runs of ≥3,
 * so two corrections are not rage. Autocorrect, autofill, paste and undo make no cycle. Who always retypes is measured
 * by himself: once five fields that he left are known, it takes twice the median of their cycles.
 *
 * Ends when the field has been left for 10 s, or with a submit that leaves no errors.
 */
export type RageTypingOptions = {
  /** Grow–erase–grow cycles in one field. @default 3 */
  cycles: number
  /** Span within which they count, ms. @default 60000 */
  windowMs: number
  /** Characters that make a growth. @default 3 */
  growth: number
  /** Share (0–1) of the peak length that must go. @default 0.7 */
  erasedShare: number
  /** Tries of one form again after errors. @default 2 */
  resubmits: number
  /** Span within which those count, ms. @default 30000 */
  resubmitMs: number
  /** Share (0–1) of words that makes a text "the same again". @default 0.5 */
  overlap: number
  /** Distinct words a text must have: two short answers are easily alike. @default 4 */
  words: number
}

const defaults: RageTypingOptions = {
  cycles: 3,
  windowMs: 60_000,
  growth: 3,
  erasedShare: 0.7,
  resubmits: 2,
  resubmitMs: 30_000,
  overlap: 0.5,
  words: 4,
}

/** How long a left field keeps the moment alive. */
const leftMs = 10_000
/** One try of a form makes several `invalid` events and perhaps a `submit`; a slow page takes its time between. */
const sameTryMs = 50
const noTry: State['tries'] = { form: 0, errors: false, lastAt: -Infinity, at: [] }

interface Growth {
  readonly peak: number
  /** Characters typed since the text was wiped; undefined while it is growing for the first time. */
  readonly regrown?: number | undefined
  /** When the cycle that is under way began. */
  readonly from: PageTime
  /** When those before it began. */
  readonly cycles: readonly PageTime[]
}

interface State {
  readonly fields: Readonly<Record<number, Growth>>
  readonly tries: {
    readonly form: number
    readonly errors: boolean
    /** The last try, and those that were tries against errors. */
    readonly lastAt: number
    readonly at: readonly PageTime[]
  }
  readonly running?: { readonly field: number; readonly leftAt?: PageTime } | undefined
}

export function rageTyping(options?: Partial<RageTypingOptions>, own?: Own): Detector<State> {
  const o = settle(defaults, options)
  const least = () => raised(o.cycles, own, 'cycles')

  const ignored = ({ ignore }: { readonly ignore?: readonly string[] | undefined }) =>
    ignore?.includes('rage-typing')
  const hidden = (field: FieldRef) => field.sensitive || ignored(field)
  const on = (state: State): Step<State> => ({
    state,
    wakeAt: state.running?.leftAt === undefined ? undefined : later(state.running.leftAt, leftMs),
  })
  const over = (state: State): Step<State> => ({
    state: { ...state, running: undefined },
    ...(state.running ? { phase: 'ended' as const } : {}),
  })
  const found = (
    state: State,
    running: State['running'],
    onset: PageTime,
    evidence: Evidence,
  ): Step<State> => ({
    ...on({ ...state, running }),
    phase: 'confirmed',
    onset,
    evidence,
  })

  const input = (
    state: State,
    { at, field, inserted, erased, length, change }: Signal & { kind: 'field' },
  ) => {
    const keep = (growth: Growth): State => ({ ...state, fields: { ...state.fields, [field.id]: growth } })
    // What was not typed (paste, autofill, undo, autocorrect) breaks a cycle: the field starts afresh.
    if (change !== 'insert' && change !== 'delete') return on(keep({ peak: length, from: at, cycles: [] }))

    const held = length - inserted + erased
    const known = state.fields[field.id]
    // Less than was left there: the page's script emptied it (a message was sent), and nothing was erased.
    const emptied = known && known.regrown === undefined && held <= known.peak * (1 - o.erasedShare)
    const before: Growth = known && !emptied ? known : { peak: held, from: at, cycles: [] }
    const { peak, from } = before
    const wiped = erased > 0 && peak >= o.growth && length - inserted <= peak * (1 - o.erasedShare)
    const regrown = wiped || before.regrown !== undefined ? (before.regrown ?? 0) + inserted : undefined
    const { cycles } = before
    if (regrown === undefined) return on(keep({ peak: Math.max(peak, length), from, cycles }))
    if (regrown < o.growth) return on(keep({ peak, regrown, from, cycles }))

    const recent = [...cycles, from].filter((begun) => at - begun <= o.windowMs)
    const [onset] = recent
    const cyclesMin = least()
    const spanMs = at - (onset ?? at)
    const evidence = { cycles: recent.length, cyclesMin, spanMs, windowMs: o.windowMs }
    if (onset === undefined || recent.length < cyclesMin) {
      const step = on(keep({ peak: length, from: at, cycles: recent }))
      return { ...step, ...near(recent.length / cyclesMin, evidence) }
    }
    return found(keep({ peak: length, from: at, cycles: [] }), { field: field.id }, onset, evidence)
  }

  const tried = (state: State, { at, form, action, hadErrors }: Signal & { kind: 'form' }) => {
    const last = state.tries.form === form ? state.tries : { ...noTry, form }
    if (at - last.lastAt < sameTryMs) return on({ ...state, tries: { ...last, lastAt: at } })
    const again = hadErrors || last.errors
    const tries = again ? [...last.at.filter((earlier) => at - earlier <= o.resubmitMs), at] : []
    const next = {
      ...state,
      tries: { form, errors: action === 'invalid', lastAt: at, at: tries },
    }
    const [onset] = tries
    const spanMs = at - (onset ?? at)
    const evidence = {
      resubmits: tries.length,
      resubmitsMin: o.resubmits,
      spanMs,
      windowMs: o.resubmitMs,
    }
    if (onset === undefined || tries.length < o.resubmits) {
      const step = action === 'submit' && !again ? over(next) : on(next)
      return { ...step, ...near(tries.length / o.resubmits, evidence) }
    }
    return found({ ...next, tries: { ...next.tries, at: [] } }, { field: form }, onset, evidence)
  }

  return {
    name: 'rage-typing',
    options: o,
    hears: ['field', 'form', 'commit', 'navigate', 'wake'],
    start: { fields: {}, tries: noTry },

    step(state, signal) {
      const { kind, at } = signal
      const { running } = state
      if (kind === 'form') {
        if (signal.action === 'gone') return over(state)
        return ignored(signal) ? on(state) : tried(state, signal)
      }
      if (kind === 'commit') {
        const { field, words, overlap } = signal
        const share = Math.round(overlap * 100) / 100
        const evidence = { overlap: share, overlapMin: o.overlap, words, wordsMin: o.words }
        if (hidden(field)) return on(state)
        if (words < o.words || overlap < o.overlap)
          return { ...on(state), ...near(Math.min(overlap / o.overlap, words / o.words), evidence) }
        // The field is left already, or its form is sent: who goes on in it is still in the moment.
        return found(state, { field: field.id, leftAt: at }, at, evidence)
      }
      if (kind === 'field') {
        const { action, field } = signal
        if (hidden(field)) return on(state)
        if (action === 'input')
          return input(running ? { ...state, running: { field: field.id } } : state, signal)
        const leftAt = action === 'blur' ? { leftAt: at } : {}
        const step = on(
          running?.field === field.id ? { ...state, running: { field: field.id, ...leftAt } } : state,
        )
        const typed = action === 'blur' && state.fields[field.id]
        // What a shopper takes back in a field that he leaves calmly is his habit.
        return typed && !running ? { ...step, sample: { name: 'cycles', value: typed.cycles.length } } : step
      }
      if (kind === 'wake') return at >= (running?.leftAt ?? Infinity) + leftMs ? over(state) : on(state)
      return over({ ...state, fields: {} })
    },
  }
}
