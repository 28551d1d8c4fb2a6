import type {
  Evidence,
  Expects,
  FieldChange,
  FieldRef,
  PageRef,
  PointerSample,
  Signal,
  Stay,
  TargetRef,
} from '../src/terms'
import type { PageTime } from '../src/time'

/**
 * What a shopper does, as the signals that capture would make of it: `press('#buy').at(1200)`. Elements go by a
 * name; the same name is the same element.
 */
export interface Doing<Kind extends Signal['kind']> {
  at(ms: number): Signal & { kind: Kind }
}

type Untimed<Kind extends Signal['kind']> = Omit<Signal & { kind: Kind }, 'kind' | 'at'>

const doing = <Kind extends Signal['kind']>(kind: Kind, said: Untimed<Kind>): Doing<Kind> => ({
  at: (ms) => ({ kind, at: ms as PageTime, ...said }) as unknown as Signal & { kind: Kind },
})

const ids = new Map<string, number>()
/** The element's identity within the page; 0 is none. */
export const idOf = (name: string): number => {
  const id = ids.get(name) ?? ids.size + 1
  ids.set(name, id)
  return id
}

export const target = (name: string, over: Partial<TargetRef> = {}): TargetRef => ({
  id: idOf(name),
  role: 'button',
  ...over,
})

// ── the hand ────────────────────────────────────────────────────────────────────────────────────────

export type Place = readonly [x: number, y: number]
type Named = string | TargetRef
const ref = (named: Named) => (typeof named === 'string' ? target(named) : named)

interface PressOptions {
  readonly pointer?: 'mouse' | 'touch' | 'pen' | 'key'
  /** False: the element is none that a decision hangs on. */
  readonly decision?: boolean
  readonly expects?: Expects
  readonly place?: Place
}

export const press = (
  on: Named,
  { pointer = 'mouse', decision = true, expects = 'change', place: [x, y] = [10, 10] }: PressOptions = {},
) => doing('press', { pointer, x, y, target: ref(on), decision: decision ? ref(on) : null, expects })

/** The page came alive after a press. */
export const response = ({ what = 'change', near = true }: Partial<Untimed<'response'>> = {}) =>
  doing('response', { what, near })
/** A script of the shop's failed. */
export const fault = (name = 'TypeError') => doing('fault', { name })

/** One sample of the mouse. */
export const move = (x: number, y: number): Doing<'pointer'> => ({
  at: (ms) => moves([ms, x, y]),
})

/** Samples that were stored and are handed over in one go. */
export const moves = (...samples: (readonly [at: number, x: number, y: number])[]) =>
  doing('pointer', {
    samples: samples.map(([at, x, y]) => ({ at, x, y }) as PointerSample),
  }).at(samples.at(-1)![0])

export const hover = (over: Named | null, [x, y]: Place = [10, 10]) =>
  doing('hover', { x, y, target: over === null ? null : ref(over) })

/** The mouse moves into a decision element: capture hands over its way first. */
export const enter = (into: Named, at: number, [x, y]: Place = [10, 10]): Signal[] => [
  move(x, y).at(at),
  hover(into, [x, y]).at(at),
]
/** The mouse moves out of it, to no other. */
export const exit = (at: number): Signal[] => [move(500, 500).at(at), hover(null, [500, 500]).at(at)]

/** The mouse leaves the document. */
export const leave = (y: number, over: { pressed?: boolean; inField?: boolean } = {}) =>
  doing('leave', { y, pressed: false, inField: false, ...over })
export const comeBack = doing('enter', {})

export const view = (named: Named, visible: boolean) => doing('view', { target: ref(named), visible })

export const wheel = doing('wheel', {})
export const scroll = (y: number, over: Partial<Untimed<'scroll'>> = {}) =>
  doing('scroll', { y, depth: y / 4000, root: true, byShopper: true, ...over })

// ── fields and forms ────────────────────────────────────────────────────────────────────────────────

type FieldNamed = string | FieldRef
export const field = (name: string, over: Partial<FieldRef> = {}): FieldRef => ({
  ...target(name, { role: 'field' }),
  form: 0,
  sensitive: false,
  minor: false,
  ...over,
})
const fieldRef = (named: FieldNamed) => (typeof named === 'string' ? field(named) : named)

export const focus = (
  named: FieldNamed,
  { length = 0, byShopper = true }: { length?: number; byShopper?: boolean } = {},
) =>
  doing('field', {
    action: 'focus',
    field: fieldRef(named),
    length,
    inserted: 0,
    erased: 0,
    change: 'other',
    byShopper,
  })

export const blur = (named: FieldNamed, length = 0) =>
  doing('field', {
    action: 'blur',
    field: fieldRef(named),
    length,
    inserted: 0,
    erased: 0,
    change: 'other',
    byShopper: true,
  })

/** One change of a field: what came, what went, and how long the text is then. */
export const input = (
  named: FieldNamed,
  { length, inserted = 0, erased = 0 }: { length: number; inserted?: number; erased?: number },
  change: FieldChange = inserted ? 'insert' : 'delete',
) =>
  doing('field', {
    action: 'input',
    field: fieldRef(named),
    length,
    inserted,
    erased,
    change,
    byShopper: true,
  })

/** A field under a typist's hands: knows its length, as capture does. */
export function typist(named: FieldNamed, { everyMs = 100, at: begin = 0 } = {}) {
  const state = { length: 0, at: begin }
  const change = (inserted: number, erased: number, kind?: FieldChange): Signal => {
    state.length = Math.max(0, state.length - erased) + inserted
    state.at += everyMs
    return input(named, { length: state.length, inserted, erased }, kind).at(state.at)
  }
  return {
    at: () => state.at,
    length: () => state.length,
    waits(ms: number) {
      state.at += ms
      return []
    },
    /** Key by key. */
    types: (count: number): Signal[] => Array.from({ length: count }, () => change(1, 0)),
    backspaces: (count: number): Signal[] => Array.from({ length: count }, () => change(0, 1)),
    /** Selects all and types: the first key erases everything. */
    typesOver: (count: number): Signal[] => [
      change(1, state.length),
      ...Array.from({ length: count - 1 }, () => change(1, 0)),
    ],
    /** A word of an input method, told once when its composition ends. */
    composes: (count: number): Signal[] => [change(count, 0, 'insert')],
    /** Paste, undo, autofill, autocorrect: the text is exchanged, nobody typed it. */
    exchanges(length: number): Signal[] {
      return [change(length, state.length, 'other')]
    },
    /** The page's script empties the field: no event tells it. */
    clearedByPage() {
      state.length = 0
      return []
    },
    leaves: (): Signal => blur(named, state.length).at(state.at),
  }
}

export const commit = (named: FieldNamed, said: { words: number; overlap: number }) =>
  doing('commit', { field: fieldRef(named), ...said })

export const submit = (form: string, { hadErrors = false } = {}) =>
  doing('form', { form: idOf(form), action: 'submit', hadErrors })
/** The form is no longer in the page, and the network had answered. */
export const gone = (form: string) => doing('form', { form: idOf(form), action: 'gone', hadErrors: false })
/** One field of the form that the browser refused. */
export const invalid = (form: string, { hadErrors = false } = {}) =>
  doing('form', { form: idOf(form), action: 'invalid', hadErrors })

// ── the page ────────────────────────────────────────────────────────────────────────────────────────

type Going = Partial<Untimed<'navigate'>>
const page = (type: string): PageRef => ({ type, path: `/${type}` })

export const go = (from: string | null, to: string, over: Going = {}) =>
  doing('navigate', {
    from: from === null ? null : page(from),
    to: page(to),
    how: 'push',
    back: false,
    ordered: false,
    paying: false,
    stays: [],
    ...over,
  })
export const goBack = (from: string | null, to: string, over: Going = {}) =>
  go(from, to, { how: 'traverse', back: true, ...over })

/** A page that was left. */
export const stay = (type: string, visibleMs: number, at = 0, failed = false): Stay => ({
  type,
  at: at as Stay['at'],
  visibleMs,
  failed,
})

export const hide = doing('visibility', { visible: false, hiddenMs: 0 })
export const show = doing('visibility', { visible: true, hiddenMs: 0 })
/** Shown again after so long. */
export const showAfter = (hiddenMs: number) => doing('visibility', { visible: true, hiddenMs })
export const resize = doing('resize', {})
export const cart = ({ added = 0, removed = 0 }: { added?: number; removed?: number }) =>
  doing('cart', { added, removed })
export const moment = (name: string, evidence: Evidence = {}) => doing('moment', { name, evidence })
