/** What happened lately: nudges over time, and the last chains from moment to nudge. For the dashboard. */
import type { BeaconEvent } from '../../sdk/schema/event'
import { rounded } from './report'
import type { Questions, Store } from './store'

type Nudge = Extract<BeaconEvent, { type: 'nudge' }>
export type ChainNudge = Extract<Nudge, { phase: 'shown' | 'missed' | 'ghost' }>

export interface Bucket {
  /** Start of the span of time, epoch ms. */
  readonly at: number
  /** Nudges seen in it. */
  readonly n: number
  /** Median of their split `total`, ms. */
  readonly p50: number | null
}

export interface Chain {
  /** Name of the moment; null when its event has not arrived. */
  readonly moment: string | null
  readonly nudge: ChainNudge
  /** How it left the screen, when it has. */
  readonly end: 'clicked' | 'dismissed' | 'expired' | null
}

export interface Activity {
  /** Whether there is anything to report at all, however long ago. */
  readonly anything: boolean
  /** How long one bucket is, ms. */
  readonly step: number
  readonly series: readonly Bucket[]
  /** Newest first. */
  readonly chains: readonly Chain[]
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** Spans that a person reads off an axis without counting. */
const steps = [
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  day,
]
const mostBuckets = 60
const chainsKept = 12

const readSeries = async (
  questions: Questions,
  since: number,
  now: number,
): Promise<Pick<Activity, 'step' | 'series'>> => {
  const bounds = await questions.bounds(since)
  if (!bounds) return { step: second, series: [] }
  const last = Math.max(bounds.last, now)
  const wanted = (last - bounds.first) / mostBuckets
  const step = steps.find((one) => one >= wanted) ?? Math.ceil(wanted / day) * day
  const filled = new Map((await questions.series(since, step)).map((bucket) => [bucket.at, bucket]))
  const start = Math.floor(bounds.first / step) * step
  const series = Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, index) => {
    const at = start + index * step
    const { n, p50 } = filled.get(at) ?? { n: 0, p50: null }
    return { at, n, p50: rounded(p50) }
  })
  return { step, series }
}

const readChains = async (questions: Questions, since: number): Promise<Chain[]> =>
  (await questions.chains(since, chainsKept)).map(({ line, ...rest }) => ({
    ...rest,
    // Checked against the schema when it came in.
    nudge: JSON.parse(line) as ChainNudge,
  }))

export const activity = (store: Store, since = 0, now = Date.now()): Promise<Activity> =>
  store.read(async (questions) => ({
    anything: await questions.anything(),
    ...(await readSeries(questions, since, now)),
    chains: await readChains(questions, since),
  }))
