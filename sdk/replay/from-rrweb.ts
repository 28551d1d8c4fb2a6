import type { TraceHeader, TraceLine } from '../schema/trace'
import { compilePages } from '../src/decide'
import type { PageRef, Signal } from '../src/terms'
import { createRrwebDocument } from './rrweb-document'
import {
  eventType,
  interaction,
  readRrweb,
  source,
  type InputData,
  type InteractionData,
  type MoveData,
  type MutationData,
  type RrwebNode,
} from './rrweb-events'
import { editOf } from './edit-of'

export interface FromRrwebOptions {
  /** The globs of a ruleset: what type a page is. @default every page is "other" */
  readonly pages?: Readonly<Record<string, readonly string[]>>
}

/** A response counts so long after a press, as in capture, ms. */
const responseMs = 5000
/** What changed in this span before the press was changing anyway: a ticker, a carousel. */
const anywayMs = 1000
/** A click this soon after the hand let go is that press; a later one was made by the keyboard. */
const clickMs = 500
/** Focus this soon after a press was the shopper's doing; the Tab key is not in a recording. */
const handMs = 300

type Untimed = Signal extends infer One ? (One extends Signal ? Omit<One, 'at'> : never) : never

/**
 * Makes a trace (JSON lines) of an rrweb recording: the mouse's way, presses, fields (lengths alone), scrolling,
 * resizing, what the document did after a press, and pages. What rrweb does not record is not in it: the mouse leaving
 * the window, the wheel, visibility, keys, the direction of a step through the history.
 *
 * @throws one error that says what was wanted and what was found
 */
export function fromRrweb(given: unknown, { pages }: FromRrwebOptions = {}): string {
  const events = readRrweb(given)
  const typeOf = pages ? compilePages(pages) : () => 'other'
  const begun = events[0]!.timestamp
  const dom = createRrwebDocument()
  const lines: TraceLine[] = []
  const state = {
    page: undefined as PageRef | undefined,
    first: undefined as PageRef | undefined,
    href: '',
    since: 0,
    stays: [] as { type: string; at: number; visibleMs: number; failed: boolean }[],
    ordered: false,
    hover: null as number | null,
    pressed: undefined as { id: number; at: number } | undefined,
    downAt: -Infinity,
    upAt: -Infinity,
    touch: false,
    viewport: { width: 1280, height: 800 },
    lowest: 1,
  }
  const lengths = new Map<number, string>()
  /** When a node last changed. */
  const changed = new Map<number, number>()
  let samples: { at: number; x: number; y: number }[] = []

  /** The mouse's way until now, as capture hands it over before anything else. */
  const drain = (heardAt: number) => {
    const last = samples.at(-1)
    if (last) lines.push({ kind: 'pointer', at: last.at, samples, heardAt })
    samples = []
  }
  const write = (signal: Untimed, at: number) => {
    drain(at)
    lines.push({ ...signal, at, heardAt: at } as unknown as TraceLine)
  }
  const respond = (what: 'change' | 'focus' | 'selection', at: number, ids: readonly number[]) => {
    const { pressed } = state
    if (!pressed || at - pressed.at > responseMs) return
    const fresh = ids.filter((id) => !(pressed.at - (changed.get(id) ?? -Infinity) < anywayMs))
    if (fresh.length > 0)
      write({ kind: 'response', what, near: fresh.some((id) => dom.isNear(id, pressed.id)) }, at)
  }

  const go = (href: string, at: number, loaded: boolean) => {
    if (href === state.href) return
    const url = new URL(href)
    const path = /^#!?\//.test(url.hash) ? url.pathname + url.hash.replace(/[?&].*/, '') : url.pathname
    const { page: from = null } = state
    const to = { type: typeOf(url), path }
    if (from) {
      state.stays.push({ type: from.type, at, visibleMs: at - state.since, failed: false })
      // Another document has detectors of its own.
      drain(at)
      if (loaded) lines.push({ kind: 'armed', at, heardAt: at, visible: true, ruleset: null })
    }
    state.ordered ||= from?.type === 'order-complete'
    Object.assign(state, { page: to, href, since: at })
    state.first ??= to
    const { ordered } = state
    const stays = state.stays.slice(-5) as never
    const how = loaded ? 'load' : 'push'
    write({ kind: 'navigate', from, to, how, back: false, ordered, paying: false, stays }, at)
  }

  const press = (id: number, at: number, pointer: 'mouse' | 'touch' | 'key', x: number, y: number) => {
    const target = dom.target(id)
    state.pressed = { id, at }
    if (!target) return
    const decision = dom.decision(id, state.page?.type ?? 'other')
    write({ kind: 'press', pointer, x, y, target, decision, expects: dom.expects(id) }, at)
  }

  const visit = (id: number, action: 'focus' | 'blur', at: number) => {
    const field = dom.field(id)
    if (action === 'focus') respond('focus', at, [id])
    if (!field) return
    const length = field.sensitive ? 0 : (lengths.get(id)?.length ?? 0)
    const byShopper = action === 'blur' || at - state.downAt < handMs
    write({ kind: 'field', action, field, length, inserted: 0, erased: 0, change: 'other', byShopper }, at)
  }

  const interact = ({ type, id, x = 0, y = 0 }: InteractionData, at: number) => {
    if (type === interaction.mouseDown || type === interaction.touchStart) state.downAt = at
    if (type === interaction.touchStart) state.touch = true
    if (type === interaction.mouseUp || type === interaction.touchEnd) {
      state.upAt = at
      press(id, at, type === interaction.touchEnd ? 'touch' : 'mouse', x, y)
    }
    if (type === interaction.click) {
      if (at - state.upAt > clickMs) press(id, at, 'key', 0, 0)
      const sent = dom.submits(id)
      if (sent) write({ kind: 'form', action: 'submit', ...sent }, at)
    }
    if (type === interaction.focus) visit(id, 'focus', at)
    if (type === interaction.blur) visit(id, 'blur', at)
  }

  const input = ({ id, text = '', userTriggered = true }: InputData, at: number) => {
    const field = dom.field(id)
    const before = lengths.get(id) ?? ''
    lengths.set(id, text)
    if (!field || !userTriggered) return
    const edit = field.sensitive
      ? { length: 0, inserted: 0, erased: 0, change: 'other' as const }
      : editOf(before, text)
    write({ kind: 'field', action: 'input', field, byShopper: true, ...edit }, at)
  }

  const mutate = (data: MutationData, at: number) => {
    dom.mutate(data)
    const ids = [...(data.texts ?? []), ...(data.attributes ?? [])].map(({ id }) => id)
    for (const { parentId } of [...(data.adds ?? []), ...(data.removes ?? [])]) ids.push(parentId)
    respond('change', at, ids)
    for (const id of ids) changed.set(id, at)
  }

  const scroll = ({ id, y }: { id: number; y: number }, at: number) => {
    const root = dom.isRoot(id)
    const depth = root ? Math.min(1, y / state.lowest) : 0
    write({ kind: 'scroll', y: root ? y : 0, depth, root, byShopper: true }, at)
  }

  const incremental = (data: { readonly source: number }, at: number) => {
    if (data.source === source.interaction) interact(data as never, at)
    if (data.source === source.input) input(data as never, at)
    if (data.source === source.mutation) mutate(data as never, at)
    if (data.source === source.scroll) scroll(data as never, at)
    if (data.source === source.resize) write({ kind: 'resize' }, at)
    if (data.source === source.selection) respond('selection', at, [state.pressed?.id ?? 0])
  }

  const move = ({ x, y, id }: MoveData['positions'][number], at: number) => {
    samples.push({ at, x, y })
    const over = dom.decision(id, state.page?.type ?? 'other')
    if ((over?.id ?? null) === state.hover) return
    state.hover = over?.id ?? null
    write({ kind: 'hover', x, y, target: over }, at)
  }

  // ── in the order of time: rrweb hands the mouse's way over late, half a second at once ──────────────
  const acts = events.flatMap(({ type, timestamp, data }): { at: number; act: () => void }[] => {
    const at = timestamp - begun
    if (type === eventType.fullSnapshot)
      return [{ at, act: () => dom.load((data as { node: RrwebNode }).node) }]
    const { href, payload } = (data ?? {}) as { href?: string; payload?: { href?: string } | null }
    if (type === eventType.meta) {
      Object.assign(state.viewport, data)
      return [{ at, act: () => go(href ?? state.href, at, true) }]
    }
    // Wrappers of rrweb tell a client-side route so: PostHog's `$url_changed`, for one.
    if (type === eventType.custom && typeof payload?.href === 'string')
      return [{ at, act: () => go(payload.href!, at, false) }]
    if (type !== eventType.incremental) return []
    const incident = data as { source: number; y?: number }
    if (incident.source === source.scroll) state.lowest = Math.max(state.lowest, incident.y ?? 0)
    if (incident.source === source.mouseMove)
      return (incident as unknown as MoveData).positions.map((position) => {
        const then = Math.max(0, at + position.timeOffset)
        return { at: then, act: () => move(position, then) }
      })
    return [{ at, act: () => incremental(incident, at) }]
  })
  for (const { act } of acts.sort((one, two) => one.at - two.at)) act()

  const until = events.at(-1)!.timestamp - begun
  drain(until)
  lines.push({ kind: 'end', at: until, heardAt: until })
  const { width, height } = state.viewport
  const small = Math.min(width, height) < 600
  const header: TraceHeader = {
    trace: 1,
    sdk: 'rrweb',
    startedAt: begun,
    at: 0,
    visible: true,
    page: state.first ?? { type: 'other', path: '/' },
    device: { class: state.touch ? (small ? 'mobile' : 'tablet') : 'desktop', touch: state.touch },
    locale: dom.language() ?? 'und',
    ruleset: null,
    dropped: 0,
  }
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}
