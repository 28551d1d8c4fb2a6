import type { Evidence, Signal } from '../terms'
import type { PageTime } from '../time'
import { later } from '../time'
import type { Detector, Step } from './detector'

/**
 * The shopper types the same thing again and again.
 *
 * Evidence, any of: in one field, three cycles of growing by ≥3 characters, erasing ≥70 %, growing again, within
 * 60 s; the same form tried again twice within 30 s while it shows errors; a finished text of which ≥50 % of the
 * words stood in an earlier one of this page (the support issue told twice). Lengths and counts only.
 *
 * Calm typists erase too: of 600 calm sentences in a public sample 5.2 % hold two or more backspace runs of ≥3,
 * so two corrections are not rage. Autocorrect, autofill, paste and undo make no cycle.
 *
 * Ends when the field has been left for 10 s, or with a submit that leaves no errors.
 */
export interface RageTypingOptions {
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
/** One try of a form makes several `invalid` events and perhaps a `submit`, all in one task. */
const sameTryMs = 50

interface Growth {
  readonly peak: number
  /** Characters typed since the text was wiped; undefined while it is growing for the first time. */
  readonly regrown?: number | undefined
  /** When the cycle that is under way began. */
  readonly from: PageTime
  readonly cycles: readonly { readonly from: PageTime; readonly at: PageTime }[]
}

interface State {
  readonly fields: Readonly<Record<number, Growth>>
  readonly tries: { readonly form: number; readonly errors: boolean; readonly at: readonly PageTime[] }
  readonly running?: { readonly field: number; readonly leftAt?: PageTime } | undefined
}

export function rageTyping(options?: Partial<RageTypingOptions>): Detector<State> {
  const {
    cycles: cyclesMin,
    windowMs,
    growth,
    erasedShare,
    resubmits,
    resubmitMs,
    overlap,
    words,
  } = { ...defaults, ...options }

  const on = (state: State): Step<State> => ({
    state,
    wakeAt: state.running?.leftAt === undefined ? undefined : later(state.running.leftAt, leftMs),
  })
  const over = (state: State): Step<State> => ({
    state: { ...state, running: undefined },
    ...(state.running ? { phase: 'ended' as const } : {}),
  })
  const found = (state: State, field: number, onset: PageTime, evidence: Evidence): Step<State> => ({
    state: { ...state, running: { field } },
    phase: 'confirmed',
    onset,
    evidence,
  })

  const input = (state: State, signal: Signal & { kind: 'field' }): Step<State> => {
    const { at, field, inserted, erased, length, change } = signal
    const keep = (growth: Growth): State => ({ ...state, fields: { ...state.fields, [field.id]: growth } })
    // What was not typed (paste, autofill, undo, autocorrect) breaks a cycle: the field starts afresh.
    if (change !== 'insert' && change !== 'delete') return on(keep({ peak: length, from: at, cycles: [] }))

    const before: Growth = state.fields[field.id] ?? {
      peak: length - inserted + erased,
      from: at,
      cycles: [],
    }
    const left = length - inserted
    const wiped = erased > 0 && before.peak >= growth && left <= before.peak * (1 - erasedShare)
    const regrown = before.regrown !== undefined || wiped ? (before.regrown ?? 0) + inserted : undefined
    const cycles = before.cycles.filter((cycle) => at - cycle.at <= windowMs)
    if (regrown === undefined || regrown < growth)
      return on(
        keep({
          peak: regrown === undefined ? Math.max(before.peak, length) : before.peak,
          regrown,
          from: before.from,
          cycles,
        }),
      )

    const all = [...cycles, { from: before.from, at }]
    const first = all[0]
    const next = { peak: length, from: at, cycles: all }
    if (!first || all.length < cyclesMin) return on(keep(next))
    const evidence = { cycles: all.length, cyclesMin, spanMs: at - first.from, windowMs }
    return found(keep({ ...next, cycles: [] }), field.id, first.from, evidence)
  }

  return {
    name: 'rage-typing',
    hears: ['field', 'form', 'commit', 'navigate', 'wake'],
    start: { fields: {}, tries: { form: 0, errors: false, at: [] } },

    step(state, signal) {
      const { at } = signal
      switch (signal.kind) {
        case 'field': {
          const { running } = state
          if (signal.field.sensitive) return on(state)
          if (signal.action === 'input')
            return input(running ? { ...state, running: { field: signal.field.id } } : state, signal)
          if (!running || running.field !== signal.field.id) return on(state)
          return on({
            ...state,
            running: { field: running.field, ...(signal.action === 'blur' ? { leftAt: at } : {}) },
          })
        }
        case 'commit': {
          if (signal.words < words || signal.overlap < overlap) return on(state)
          const share = Math.round(signal.overlap * 100) / 100
          return found(state, signal.field.id, at, {
            overlap: share,
            overlapMin: overlap,
            words: signal.words,
            wordsMin: words,
          })
        }
        case 'form': {
          const { tries } = state
          const same = tries.form === signal.form
          if (same && at - (tries.at.at(-1) ?? -Infinity) < sameTryMs) return on(state)
          const errors = signal.hadErrors || (same && tries.errors)
          const kept = same ? tries.at.filter((earlier) => at - earlier <= resubmitMs) : []
          const again = errors ? [...kept, at] : []
          const next = {
            ...state,
            tries: { form: signal.form, errors: signal.action === 'invalid' || signal.hadErrors, at: again },
          }
          const first = again[0]
          if (first !== undefined && again.length >= resubmits)
            return found({ ...next, tries: { ...next.tries, at: [] } }, signal.form, first, {
              resubmits: again.length,
              resubmitsMin: resubmits,
              spanMs: at - first,
              windowMs: resubmitMs,
            })
          return signal.action === 'submit' && !errors ? over(next) : on(next)
        }
        case 'wake': {
          const leftAt = state.running?.leftAt
          return leftAt !== undefined && at >= leftAt + leftMs ? over(state) : on(state)
        }
        default:
          return over({ ...state, fields: {} })
      }
    },
  }
}
