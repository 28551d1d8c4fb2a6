import type { Replayed } from '../replay'

export interface Rate {
  readonly suspect: number
  readonly confirmed: number
  readonly faded: number
  /** Confirmed in an hour that the page was visible. */
  readonly perHour: number
  /** Share (0–1) of the traces in which it was confirmed. */
  readonly ofTraces: number
}

export interface Rates {
  readonly traces: number
  readonly visibleMs: number
  readonly moments: Readonly<Record<string, Rate>>
  /** How often each verdict was given, by its reason: `hold limit`. */
  readonly decisions: Readonly<Record<string, number>>
}

/** Adds replays up, one at a time: a thousand traces need not be in memory. */
export function createRates() {
  const moments = new Map<string, { suspect: number; confirmed: number; faded: number; traces: number }>()
  const decisions: Record<string, number> = {}
  const sum = { traces: 0, visibleMs: 0 }
  const of = (name: string) => {
    const found = moments.get(name) ?? { suspect: 0, confirmed: 0, faded: 0, traces: 0 }
    moments.set(name, found)
    return found
  }

  return {
    add(replayed: Replayed) {
      sum.traces++
      sum.visibleMs += replayed.visibleMs
      replayed.watched.forEach(of)
      const here = new Set<string>()
      for (const { name, phase } of replayed.moments) {
        if (phase === 'ended') continue
        of(name)[phase]++
        if (phase === 'confirmed') here.add(name)
      }
      for (const name of here) of(name).traces++
      for (const { name } of replayed.faded) of(name).faded++
      for (const { verdict, reason } of replayed.decisions)
        decisions[`${verdict} ${reason}`] = (decisions[`${verdict} ${reason}`] ?? 0) + 1
    },
    rates(): Rates {
      const hours = sum.visibleMs / 3_600_000
      const rate = ([name, { traces, ...counts }]: [string, ReturnType<typeof of>]) => [
        name,
        {
          ...counts,
          perHour: hours > 0 ? Math.round((counts.confirmed / hours) * 100) / 100 : 0,
          ofTraces: Math.round((traces / Math.max(1, sum.traces)) * 1000) / 1000,
        },
      ]
      return { ...sum, moments: Object.fromEntries([...moments].map(rate)), decisions }
    },
  }
}

/** The rates as a table; beside them those of another ruleset, where there is one. */
export function ratesTable([one, two]: readonly Rates[]): string[] {
  const { traces, visibleMs, moments, decisions } = one!
  const rows = [
    ['moment', 'suspect', 'faded', 'confirmed', 'per hour', 'of traces'],
    ...Object.entries(moments).map(([name, rate]) => {
      const other = two?.moments[name]
      const cell = (value: number, beside?: number) =>
        beside === undefined || beside === value ? `${value}` : `${value} → ${beside}`
      return [
        name,
        cell(rate.suspect, other?.suspect),
        cell(rate.faded, other?.faded),
        cell(rate.confirmed, other?.confirmed),
        cell(rate.perHour, other?.perHour),
        `${(rate.ofTraces * 100).toFixed(1)} %`,
      ]
    }),
  ]
  const answers = [...new Set([...Object.keys(decisions), ...Object.keys(two?.decisions ?? {})])].sort()
  return [
    `${traces} traces, ${(visibleMs / 3_600_000).toFixed(2)} visible hours`,
    '',
    ...columns(rows),
    ...(answers.length > 0 ? [''] : []),
    ...columns(
      answers.map((answer) => {
        const [here = 0, there = 0] = [decisions[answer], two?.decisions[answer]]
        return [answer, two && here !== there ? `${here} → ${there}` : `${here}`]
      }),
    ),
  ]
}

const columns = (rows: readonly (readonly string[])[]) => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('   '),
  )
}
