import { createRunner } from '../src/detect'
import { catalogue } from '../src/detect/catalogue'
import { madeOf } from '../src/moments'
import { lanesOf, type Heard, type Lane, type Mark } from './draw-lanes'
import { play, type MakeRunner, type Played } from './play'
import type { Scenario } from './scenario'

const width = 760
const left = 152
const right = width - 20
const laneHeight = 24
const top = 44
/** A mouse that sends nothing for so long rests; sooner it is on its way. */
const stillMs = 50

/**
 * Opaque, so that it can be read wherever it is shown: a page's theme need not be the one that the reader's system
 * asks for. No script and no font from elsewhere.
 */
const style = `svg{color-scheme:light dark}text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:#59636e}
.card{fill:#fff;stroke:#d1d9e0}.grid{stroke:#eaeef2}.guide{stroke:#1a7f37;stroke-dasharray:2 3}
.title,.name,.said{fill:#1f2328}.title,.name{font-weight:600}.middle{text-anchor:middle}.end{text-anchor:end}
.mark{fill:#0969da}.way{fill:none;stroke:#0969da;stroke-width:1.5;stroke-linejoin:round}.page{fill:#eaeef2;stroke:#fff;stroke-width:2}
.away{fill:#818b98;opacity:.55}.answer{fill:#8250df}.fault{fill:#cf222e}
.grows{stroke:#1a7f37;stroke-width:2;stroke-dasharray:1 4;stroke-linecap:round}.lasts{fill:#1a7f37;opacity:.22}
.suspect{fill:#fff;stroke:#9a6700;stroke-width:2.5}.confirmed{fill:#1a7f37}.over{stroke:#1a7f37;stroke-width:3;stroke-linecap:round}
@media (prefers-color-scheme:dark){text{fill:#9198a1}.card{fill:#0d1117;stroke:#3d444d}.grid{stroke:#21262d}.guide,.grows,.over{stroke:#3fb950}
.title,.name,.said{fill:#f0f6fc}.mark{fill:#4493f8}.way{stroke:#4493f8}.page{fill:#262c36;stroke:#0d1117}.away{fill:#9198a1}
.answer{fill:#ab7df8}.fault{fill:#f85149}.lasts{fill:#3fb950;opacity:.3}.suspect{fill:#0d1117;stroke:#d29922}.confirmed{fill:#3fb950}}`

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const round = (value: number) => Math.round(value * 10) / 10
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * A scenario as a timeline (SVG): what the browser told, lane by lane, and under it the moment - where its evidence
 * gathers (dots), where it is suspected (ring) and confirmed (disc), how long it lasts (band) and where it is over.
 * Drawn by playing it: the picture shows what the detector does.
 */
export function draw(scenario: Scenario, name: string): string {
  const others = madeOf[name] ?? []
  const { heard, played } = watch(scenario, [name, ...others])
  const found = played.filter((it) => it.name === name)
  const confirmed = found.find(({ phase }) => phase === 'confirmed')

  const times = [...heard.flatMap(timesOf), ...played.map(({ watchMs }) => watchMs)]
  const end = Math.max(...times)
  // On one page it begins with the first deed; where pages change, the one before them counts.
  const pages = heard.filter(({ signal }) => signal.kind === 'navigate').length
  const begin = pages > 1 ? 0 : Math.min(...times.filter((at) => at > 0))
  const margin = (end - begin) * 0.04
  const from = Math.max(0, begin - margin)
  const last = end + margin
  const x = (at: number) => round(left + ((Math.max(from, at) - from) / (last - from)) * (right - left))

  const lanes = lanesOf(heard, last)
  const rows: { readonly height: number; readonly draw: (y: number) => string[] }[] = [
    ...lanes.map((lane) => ({
      height: lane.way ? laneHeight * 1.5 : laneHeight,
      draw: (y: number) => drawLane(lane, x, y),
    })),
    ...others
      .map((other) => played.filter((it) => it.name === other))
      .filter(({ length }) => length > 0)
      .map((all) => ({ height: laneHeight, draw: (y: number) => drawMoment(all, x, y, last, 'said') })),
    { height: laneHeight + 4, draw: (y) => drawMoment(found, x, y, last, 'name') },
  ]
  let bottom = top
  const drawn = rows.flatMap(({ height, draw: drawRow }) => {
    bottom += height
    return drawRow(bottom - height / 2)
  })
  const device = scenario.device === 'touch' ? 'with a finger' : 'with a mouse'
  const legend = drawLegend(found, x, bottom + 46)

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${bottom + 62}" width="${width}" height="${bottom + 62}" role="img" aria-label="${escaped(`${name}: ${scenario.title}`)}"><style>${style}</style>`,
    `<rect class="card" x=".5" y=".5" width="${width - 1}" height="${bottom + 61}" rx="8"/>`,
    `<text class="title" x="16" y="26">${escaped(capital(scenario.title))}</text><text class="end" x="${right}" y="26">${device}</text>`,
    ...seconds(from, last).map(
      (at) =>
        `<line class="grid" x1="${x(at)}" y1="${top}" x2="${x(at)}" y2="${bottom + 4}"/><text class="middle" x="${x(at)}" y="${bottom + 20}">${round((at - from) / 1000)} s</text>`,
    ),
    ...(confirmed
      ? [
          `<line class="guide" x1="${x(confirmed.watchMs)}" y1="${top}" x2="${x(confirmed.watchMs)}" y2="${bottom - 12}"/>`,
        ]
      : []),
    ...drawn,
    ...legend,
    '</svg>\n',
  ].join('\n')
}

/** Plays it, and listens in to what the detectors of these moments hear; and where they hear it. */
function watch(scenario: Scenario, names: readonly string[]) {
  const heard: Heard[] = []
  const kinds = new Set(['navigate', ...names.flatMap((name) => catalogue[name]!().hears)])
  const time = { before: 0, lastAt: 0 }
  const listening: MakeRunner = (options) => {
    time.before += time.lastAt
    time.lastAt = 0
    const runner = createRunner(options)
    return {
      ...runner,
      hear(signal, heardAt) {
        time.lastAt = signal.at
        if (kinds.has(signal.kind)) heard.push({ at: time.before + signal.at, signal })
        runner.hear(signal, heardAt)
      },
    }
  }
  const played = play(scenario, () => Object.values(catalogue).map((make) => make()), listening)
  return { heard, played }
}

/** Where the mouse has been is told with the next signal. */
const timesOf = ({ at, signal }: Heard) =>
  signal.kind === 'pointer' ? signal.samples.map((sample) => at - signal.at + sample.at) : [at]

type X = (at: number) => number
/** When what it is about began, by the shopper's watch. */
const onsetOf = ({ watchMs, at, onset }: Played) => watchMs - (at - onset)
/** The way to it is long enough to be seen. */
const isSeen = (begin: number, end: number) => end - begin > 8

const label = (text: string, y: number, name?: string) =>
  `<text${name ? ` class="${name}"` : ''} x="16" y="${round(y + 4)}">${escaped(text)}</text>`

function drawLane({ label: text, kind, marks, way }: Lane, x: X, y: number): string[] {
  if (way) {
    // Down to a pixel: a mouse is told of sixty times a second.
    const points = way.flatMap(({ at, end = at, place }) =>
      (end - at > stillMs ? [at, end] : [at]).map(
        (time) => `${Math.round(x(time))},${Math.round(y - 14 + place * 28)}`,
      ),
    )
    const bends = points.filter((point, i) => point !== points[i - 1])
    return [label(text, y), `<polyline class="way" points="${bends.join(' ')}"/>`]
  }
  return [label(text, y), ...marks.flatMap((mark) => drawMark(mark, kind, x, y))]
}

function drawMark({ at, end = at, text }: Mark, kind: Lane['kind'], x: X, y: number): string[] {
  const [begin, long] = [x(at), round(x(end) - x(at))]
  if (kind === 'page') {
    const fits = text !== undefined && long > text.length * 7
    return [
      `<rect class="page" x="${begin}" y="${y - 10}" width="${long}" height="20" rx="5"><title>${escaped(text ?? '')}</title></rect>`,
      ...(fits
        ? [`<text class="said middle" x="${round(begin + long / 2)}" y="${y + 4}">${escaped(text)}</text>`]
        : []),
    ]
  }
  const before = begin > right - 70
  const said = text
    ? [
        `<text${before ? ' class="end"' : ''} x="${round(begin + (before ? -9 : 9))}" y="${y + 4}">${escaped(text)}</text>`,
      ]
    : []
  if (long < 7) return [`<circle class="${kind}" cx="${begin}" cy="${y}" r="4"/>`, ...said]
  return [`<rect class="${kind}" x="${begin}" y="${y - 4}" width="${long}" height="8" rx="4"/>`, ...said]
}

/** From each confirmation to its end, or to the end of the picture. */
function drawMoment(found: readonly Played[], x: X, y: number, last: number, name: string): string[] {
  const first = found[0]!
  const begun = x(onsetOf(first))
  const confirmed = found.find(({ phase }) => phase === 'confirmed')
  const grown = x((confirmed ?? first).watchMs)
  const lines = found.flatMap(({ phase, watchMs }, index) => {
    if (phase !== 'confirmed') return []
    const end = found.slice(index).find((it) => it.phase === 'ended')
    const [a, b] = [x(watchMs), x(end?.watchMs ?? last)]
    return [
      `<rect class="lasts" x="${a}" y="${y - 7}" width="${round(b - a)}" height="14"/>`,
      ...(end ? [`<line class="over" x1="${b}" y1="${y - 8}" x2="${b}" y2="${y + 8}"/>`] : []),
    ]
  })
  return [
    label(first.name, y, name),
    ...(isSeen(begun, grown)
      ? [`<line class="grows" x1="${begun}" y1="${y}" x2="${grown}" y2="${y}"/>`]
      : []),
    ...lines,
    ...found
      .filter(({ phase }) => phase !== 'ended')
      .map(
        ({ phase, watchMs }) =>
          `<circle class="${phase}" cx="${x(watchMs)}" cy="${y}" r="${phase === 'suspect' ? 5.5 : 6.5}"><title>${phase}</title></circle>`,
      ),
  ]
}

/** What the signs in the moment's lane mean; of those that are there. */
function drawLegend(found: readonly Played[], place: X, y: number): string[] {
  const has = (wanted: Played['phase']) => found.some(({ phase }) => phase === wanted)
  const signs: (readonly [draw: (x: number) => string, text: string])[] = []
  if (found.some((it) => isSeen(place(onsetOf(it)), place(it.watchMs))))
    signs.push([
      (x) => `<line class="grows" x1="${x - 7}" y1="${y}" x2="${x + 7}" y2="${y}"/>`,
      'evidence gathers',
    ])
  if (has('suspect')) signs.push([(x) => `<circle class="suspect" cx="${x}" cy="${y}" r="5.5"/>`, 'suspect'])
  if (has('confirmed')) {
    signs.push([(x) => `<circle class="confirmed" cx="${x}" cy="${y}" r="6.5"/>`, 'confirmed'])
    signs.push([(x) => `<rect class="lasts" x="${x - 7}" y="${y - 7}" width="14" height="14"/>`, 'lasts'])
  }
  if (has('ended'))
    signs.push([(x) => `<line class="over" x1="${x}" y1="${y - 7}" x2="${x}" y2="${y + 7}"/>`, 'over'])
  let at = left + 8
  return signs.map(([sign, text]) => {
    const drawn = `${sign(at)}<text x="${at + 14}" y="${y + 4}">${text}</text>`
    at += 40 + text.length * 6.2
    return drawn
  })
}

/** At round seconds, at most eight of them. */
function seconds(from: number, last: number): number[] {
  const step = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 300_000, 600_000].find(
    (ms) => (last - from) / ms <= 8,
  )
  return step
    ? Array.from({ length: 1 + Math.floor((last - from) / step) }, (_, i) => from + i * step)
    : [from]
}
