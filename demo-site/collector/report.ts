/** The report of the contract. It is counted where the events are, in SQL, and put together here for every store. */
import { splitNames, type SplitName } from './columns'
import type { ChannelCounts, FitCounts, Named, Questions, Spread, Store } from './store'

export interface Percentiles {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** Nudges that the figures rest on. */
  readonly n: number
}

export interface Fit {
  readonly inMoment: number
  readonly late: number
  readonly missed: number
  /** In-moment share of all three, 0–1; null when nothing has been counted yet. */
  readonly rate: number | null
}

export interface ChannelReport {
  readonly surface: string
  readonly device: string
  readonly pageType: string
  /** Nudges seen. */
  readonly n: number
  /** Of the split `total`. */
  readonly p50: number | null
  readonly p95: number | null
  readonly fitRate: number | null
}

export interface Report {
  readonly splits: Readonly<Record<SplitName, Percentiles>>
  readonly fit: Fit
  /** Confirmed moments by name. */
  readonly moments: Readonly<Record<string, number>>
  /** Decisions by their last word. */
  readonly reasons: Readonly<Record<string, number>>
  readonly channels: readonly ChannelReport[]
}

/** Splits are known to 0.1 ms; interpolating between two of them may add two digits worth keeping, and noise. */
export const rounded = (ms: number | null): number | null => ms && Math.round(ms * 1000) / 1000

const byName = (rows: readonly Named[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, n }) => [name, n]))

const percentiles = ({ p50, p95, p99, n }: Spread): Percentiles => ({
  p50: rounded(p50),
  p95: rounded(p95),
  p99: rounded(p99),
  n,
})

const none: Percentiles = { p50: null, p95: null, p99: null, n: 0 }

const rated = ({ inMoment, late, missed }: FitCounts): Fit => {
  const all = inMoment + late + missed
  return { inMoment, late, missed, rate: all > 0 ? inMoment / all : null }
}

const channel = ({ p50, p95, inMoment, counted, ...rest }: ChannelCounts): ChannelReport => ({
  ...rest,
  p50: rounded(p50),
  p95: rounded(p95),
  fitRate: counted > 0 ? inMoment / counted : null,
})

const readReport = async (questions: Questions, since: number): Promise<Report> => {
  const splits = new Map((await questions.splits(since)).map((spread) => [spread.name, percentiles(spread)]))
  return {
    splits: Object.fromEntries(
      splitNames.map((name) => [name, splits.get(name) ?? none]),
    ) as Report['splits'],
    fit: rated(await questions.fit(since)),
    moments: byName(await questions.moments(since)),
    reasons: byName(await questions.reasons(since)),
    channels: (await questions.channels(since)).map(channel),
  }
}

export const report = (store: Store, since = 0): Promise<Report> =>
  store.read((questions) => readReport(questions, since))
