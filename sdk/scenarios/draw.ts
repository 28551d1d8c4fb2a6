import { createRunner, type Found } from '../src/detect'
import { catalogue } from '../src/detect/catalogue'
import type { Signal } from '../src/terms'
import { play, type MakeRunner } from './play'
import type { Scenario } from './scenario'

/** What a lane shows, and the signals that stand in it. */
const lanes: readonly (readonly [string, readonly Signal['kind'][]])[] = [
  ['mouse', ['pointer']],
  ['on an element', ['hover', 'view']],
  ['presses', ['press']],
  ['types', ['field', 'form', 'commit']],
  ['scrolls', ['scroll', 'wheel']],
  ['window', ['leave', 'enter', 'visibility', 'resize']],
  ['pages', ['navigate', 'cart']],
  ['page answers', ['response', 'fault']],
  ['moments', ['moment']],
]

interface Mark {
  readonly at: number
  readonly kind: Signal['kind']
}

const left = 136
const width = 720
const laneHeight = 22
const top = 18

const style = `text{font:12px system-ui,sans-serif;fill:#57606a}
.name{fill:#24292f;font-weight:600}.axis{stroke:#d0d7de}.mark{fill:#0969da}.line{stroke:#0969da;stroke-width:3;stroke-linecap:round}
.span{fill:#1a7f37;opacity:.18}.confirmed{fill:#1a7f37}.suspect{fill:none;stroke:#bf8700;stroke-width:2}
@media (prefers-color-scheme:dark){text{fill:#9198a1}.name{fill:#f0f6fc}.axis{stroke:#3d444d}.mark{fill:#4493f8}.line{stroke:#4493f8}.span,.confirmed{fill:#3fb950}.suspect{stroke:#d29922}}`
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const round = (value: number) => Math.round(value * 10) / 10

/**
 * A scenario as a timeline (SVG): what the browser told, lane by lane, and when the moment was suspected (ring),
 * confirmed (disc) and over (end of the band). Drawn by playing it: the picture shows what the detector does.
 */
export function draw(scenario: Scenario, name: string): string {
  const marks: Mark[] = []
  const watch = { before: 0, lastAt: 0 }
  const listening: MakeRunner = (options) => {
    watch.before += watch.lastAt
    watch.lastAt = 0
    const runner = createRunner(options)
    return {
      ...runner,
      hear(signal, heardAt) {
        watch.lastAt = signal.at
        const samples = signal.kind === 'pointer' ? signal.samples : [signal]
        for (const { at } of samples) marks.push({ at: watch.before + at, kind: signal.kind })
        runner.hear(signal, heardAt)
      },
    }
  }
  const detectors = () => Object.values(catalogue).map((make) => make())
  const found = play(scenario, detectors, listening).filter((it) => it.name === name)
  const first = Math.max(0, Math.min(found[0]!.onset, ...marks.map(({ at }) => at)) - 300)
  const from = Math.min(first, found[0]!.watchMs)
  const last = Math.max(...marks.map(({ at }) => at), ...found.map(({ watchMs }) => watchMs)) + 400
  const x = (at: number) => round(left + ((at - from) / (last - from)) * (width - left - 12))
  const used = lanes.filter(([, kinds]) => marks.some(({ kind }) => kinds.includes(kind)))
  const bottom = top + (used.length + 1) * laneHeight
  const y = (index: number) => top + index * laneHeight + laneHeight / 2

  const drawn = used.flatMap(([label, kinds], index) => [
    `<text x="0" y="${y(index) + 4}">${label}</text>`,
    ...runs(marks.filter(({ kind }) => kinds.includes(kind))).map(([begin, end]) =>
      end - begin < 60
        ? `<circle class="mark" cx="${x(begin)}" cy="${y(index)}" r="3.5"/>`
        : `<line class="line" x1="${x(begin)}" y1="${y(index)}" x2="${x(end)}" y2="${y(index)}"/>`,
    ),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 22}" role="img" aria-label="${escaped(`${name}: ${scenario.title}`)}"><style>${style}</style>`,
    ...drawn,
    `<text class="name" x="0" y="${y(used.length) + 4}">${name}</text>`,
    ...bands(found, last).map(
      ([begin, end]) =>
        `<rect class="span" x="${x(begin)}" y="${y(used.length) - 7}" width="${round(x(end) - x(begin))}" height="14" rx="7"/>`,
    ),
    ...found
      .filter(({ phase }) => phase !== 'ended')
      .map(
        ({ phase, watchMs }) =>
          `<circle class="${phase}" cx="${x(watchMs)}" cy="${y(used.length)}" r="6"><title>${phase}</title></circle>`,
      ),
    `<line class="axis" x1="${left}" y1="${bottom + 2}" x2="${width}" y2="${bottom + 2}"/>`,
    ...seconds(from, last).map(
      (at) => `<text x="${x(at)}" y="${bottom + 17}">${round((at - from) / 1000)} s</text>`,
    ),
    '</svg>\n',
  ].join('\n')
}

/** Marks that follow each other closely, as one stretch. */
function runs(marks: readonly Mark[]): [number, number][] {
  const all: [number, number][] = []
  for (const { at } of marks) {
    const open = all.at(-1)
    if (open && at - open[1] < 120) open[1] = at
    else all.push([at, at])
  }
  return all
}

/** From each confirmation to its end, or to the end of the picture. */
const bands = (found: readonly (Found & { watchMs: number })[], last: number) =>
  found.flatMap(({ phase, watchMs }, index) => {
    if (phase !== 'confirmed') return []
    const end = found.slice(index).find((it) => it.phase === 'ended')
    return [[watchMs, end?.watchMs ?? last] as const]
  })

/** Four or five labels on the axis, at round seconds. */
function seconds(from: number, last: number): number[] {
  const step = [250, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 300_000, 600_000].find(
    (ms) => (last - from) / ms <= 6,
  )
  return step
    ? Array.from({ length: 1 + Math.floor((last - from - step / 3) / step) }, (_, i) => from + i * step)
    : [from]
}
