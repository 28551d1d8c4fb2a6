import type { Signal } from '../src/terms'

/** A signal, and when it came by the shopper's watch. */
export interface Heard {
  readonly at: number
  readonly signal: Signal
}

/** Something that stands in a lane: an instant, or a stretch up to `end`. */
export interface Mark {
  readonly at: number
  readonly end?: number
  readonly text?: string
}

export interface Lane {
  readonly label: string
  /** Colour and shape, by the classes of the style sheet. */
  readonly kind: 'mark' | 'page' | 'away' | 'answer' | 'fault'
  readonly marks: readonly Mark[]
  /** Where the mouse was, 0–1 from one end of its way to the other. */
  readonly way?: readonly (Mark & { readonly place: number })[]
}

/** Marks that follow each other this closely are one stretch. */
const closeMs = 150
const plainRole = /^(button|link|field|other)$/

type Of<Kind extends Signal['kind']> = Signal & { kind: Kind }

/** What the browser told, as lanes that a person can read; those with nothing in them are left out. */
export function lanesOf(heard: readonly Heard[], last: number): Lane[] {
  const of = <Kind extends Signal['kind']>(...kinds: readonly Kind[]) =>
    heard.flatMap(({ at, signal }) =>
      kinds.includes(signal.kind as Kind) ? [{ at, signal: signal as Of<Kind> }] : [],
    )
  const fields = (holds: (signal: Of<'field'>) => boolean) =>
    of('field').filter(({ signal }) => signal.action === 'input' && holds(signal))
  const outside = of('leave', 'enter').map(({ at, signal }) => ({ at, on: signal.kind === 'leave' }))

  const lanes: Lane[] = [
    { label: 'page', kind: 'page', marks: pages(of('navigate'), last) },
    mouse(of('pointer'), last),
    {
      label: 'on what decides',
      kind: 'mark',
      marks: spans(
        of('hover').map(({ at, signal }) => ({ at, on: signal.target !== null })),
        last,
      ),
    },
    {
      label: 'in view',
      kind: 'mark',
      marks: spans(
        of('view').map(({ at, signal }) => ({ at, on: signal.visible })),
        last,
      ),
    },
    {
      label: 'presses',
      kind: 'mark',
      marks: of('press').map(({ at, signal: { target } }) => ({
        at,
        ...(plainRole.test(target.role) ? {} : { text: target.role }),
      })),
    },
    { label: 'types', kind: 'mark', marks: runs(fields(({ inserted }) => inserted > 0)) },
    { label: 'erases', kind: 'mark', marks: runs(fields(({ erased }) => erased > 0)) },
    {
      label: 'form',
      kind: 'mark',
      marks: of('form').map(({ at, signal }) => ({ at, text: said[signal.action] })),
    },
    { label: 'scrolls', kind: 'mark', marks: runs(of('scroll')) },
    { label: 'mouse outside', kind: 'away', marks: spans(outside, last) },
    {
      label: 'page hidden',
      kind: 'away',
      marks: spans(
        of('visibility').map(({ at, signal }) => ({ at, on: !signal.visible })),
        last,
      ),
    },
    {
      label: 'cart',
      kind: 'mark',
      marks: of('cart').map(({ at, signal: { added, removed } }) => ({
        at,
        text: added ? `+${added}` : `−${removed}`,
      })),
    },
    ...[true, false].map((near): Lane => ({
      label: near ? 'answer near by' : 'answer elsewhere',
      kind: 'answer',
      marks: of('response').filter(({ signal }) => signal.near === near),
    })),
    { label: 'script fails', kind: 'fault', marks: of('fault') },
  ]
  return lanes.filter(({ marks, way }) => marks.length > 0 || way)
}

const said = { submit: 'sent', invalid: 'refused', gone: 'gone' } as const

/** By its type, or by the end of its path where the one before was of that type as well. */
function pages(steps: readonly { at: number; signal: Of<'navigate'> }[], last: number): Mark[] {
  return steps.map(({ at, signal: { to, from } }, index) => ({
    at,
    end: steps[index + 1]?.at ?? last,
    text: to.type === from?.type ? to.path.split('/').at(-1)! : to.type,
  }))
}

/** Along the axis on which it went farther. Where no sample comes it rests. */
function mouse(heard: readonly { at: number; signal: Of<'pointer'> }[], last: number): Lane {
  const samples = heard.flatMap(({ at, signal }) =>
    signal.samples.map((sample) => ({ ...sample, at: at - signal.at + sample.at })),
  )
  const reach = (axis: 'x' | 'y') => {
    const all = samples.map((sample) => sample[axis])
    return { axis, least: Math.min(...all), span: Math.max(...all) - Math.min(...all) }
  }
  const [across, down] = [reach('x'), reach('y')]
  const { axis, least, span } = across.span >= down.span ? across : down
  const label = axis === 'x' ? 'mouse, left to right' : 'mouse, up and down'
  if (!(span > 0)) return { label, kind: 'mark', marks: [] }
  return {
    label,
    kind: 'mark',
    marks: [],
    way: samples.map(({ at, ...place }, index) => ({
      at,
      end: samples[index + 1]?.at ?? last,
      place: (place[axis] - least) / span,
    })),
  }
}

/** Something is on or off: from each on to the next off. */
function spans(turns: readonly { at: number; on: boolean }[], last: number): Mark[] {
  return turns.flatMap(({ at, on }, index) =>
    on && !turns[index - 1]?.on ? [{ at, end: turns.slice(index).find((it) => !it.on)?.at ?? last }] : [],
  )
}

function runs(heard: readonly { at: number }[]): Mark[] {
  const all: { at: number; end: number }[] = []
  for (const { at } of heard) {
    const open = all.at(-1)
    if (open && at - open.end < closeMs) open.end = at
    else all.push({ at, end: at })
  }
  return all
}
