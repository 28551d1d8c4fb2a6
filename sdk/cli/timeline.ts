import type { Replayed } from '../replay'
import type { Decided } from '../replay/replayed'
import type { Evidence } from '../src/terms'

export interface Entry {
  readonly at: number
  readonly text: string
}

/** `1:02.4`: minutes, seconds and tenths since the trace began. */
export function clockOf(ms: number): string {
  const tenths = Math.round(ms / 100)
  const minutes = Math.floor(tenths / 600)
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`
}

const figures = (evidence: Evidence) =>
  Object.entries(evidence)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Math.round(value * 100) / 100 : value}`)
    .join(', ')

/** The clauses that kept a rule back: what was there, what was wanted. */
const because = ({ trace, rule, verdict }: Decided) =>
  verdict === 'show'
    ? ''
    : trace
        .filter((entry) => entry.rule === rule && !entry.passed)
        .map(
          ({ clause, observed, wanted, distance }) =>
            `\n${' '.repeat(23)}${clause}: ${JSON.stringify(observed)}, wanted ${JSON.stringify(wanted)}` +
            (distance === undefined ? '' : ` (${Math.round(distance * 100) / 100} away)`),
        )
        .join('')

const line = (name: string, what: string, rest: string) =>
  `${name.padEnd(18)} ${what.padEnd(10)} ${rest}`.trimEnd()

/** All that a replay found, in the order of time. */
export function entriesOf({ from, moments, faded, decisions, nudges }: Replayed): Entry[] {
  const entries = [
    ...moments.map((it) => ({ at: it.at, rank: 0, text: line(it.name, it.phase, figures(it.evidence)) })),
    ...faded.map((it) => ({
      at: it.at,
      rank: 1,
      text: line(it.name, 'faded', `${Math.floor(it.share * 100)} %, ${it.why}: ${figures(it.evidence)}`),
    })),
    ...decisions
      .filter(({ reason }) => reason !== 'no-ruleset')
      .map((it) => {
        const answer = [it.rule, it.variant].filter(Boolean).join('/')
        return { at: it.at, rank: 2, text: line(`  → ${it.verdict}`, answer, it.reason) + because(it) }
      }),
    ...nudges.map((it) => ({ at: it.at, rank: 3, text: line('  nudge', it.rule, it.phase) })),
  ]
  return entries
    .sort((one, two) => one.at - two.at || one.rank - two.rank)
    .map(({ at, text }) => ({ at, text: `${clockOf(at - from).padStart(9)}  ${text}` }))
}

/** What only the one (`-`) or only the other (`+`) has; what both have stands between. */
export function differenceOf(one: readonly Entry[], two: readonly Entry[]): string[] {
  const rest = two.map(({ text }) => text)
  const both = one.map(({ at, text }) => {
    const place = rest.indexOf(text)
    if (place >= 0) rest.splice(place, 1)
    return { at, text: `${place < 0 ? '-' : ' '}${text}`, side: place < 0 ? 0 : 1 }
  })
  const left = [...rest]
  const added = two.flatMap(({ at, text }) => {
    const place = left.indexOf(text)
    if (place < 0) return []
    left.splice(place, 1)
    return [{ at, text: `+${text}`, side: 2 }]
  })
  return [...both, ...added].sort((a, b) => a.at - b.at).map(({ text }) => text)
}
