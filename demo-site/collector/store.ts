/** What a store must be able to do. Each keeps all of its SQL in its own `questions.ts`; figures are put together once. */
import type { Received, SplitName } from './columns'
import type { Filter } from './read-filter'

/** Where an event stands among the stored ones, oldest first. */
export interface Place {
  readonly at: number
  readonly seq: number
  readonly id: string
}

export interface StoredLine extends Place {
  readonly receivedAt: number
  /** As it came in. */
  readonly line: string
}

/** An event in the order in which events were stored. */
export interface Committed {
  readonly position: number
  readonly id: string
  readonly line: string
  readonly receivedAt: number
}

export interface Named {
  readonly name: string
  readonly n: number
}

/** Not rounded: percentiles between two values lie where the proportion says. */
export interface Spread {
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly n: number
}

export interface FitCounts {
  readonly inMoment: number
  readonly late: number
  readonly missed: number
}

export interface ChannelCounts {
  readonly surface: string
  readonly device: string
  readonly pageType: string
  readonly n: number
  readonly p50: number | null
  readonly p95: number | null
  readonly inMoment: number
  /** Shown and missed. */
  readonly counted: number
}

export interface SeriesBucket {
  readonly at: number
  readonly n: number
  readonly p50: number | null
}

export interface ChainRow {
  readonly line: string
  readonly moment: string | null
  readonly end: 'clicked' | 'dismissed' | 'expired' | null
}

/** All times are epoch ms of `at`; `since` counts from it on, itself included. */
export interface Questions {
  /** Events that a filter asks for, oldest first, from after a place on. */
  lines(filter: Filter, after: Place | undefined, most: number): Promise<StoredLine[]>
  /** Splits of the nudges that were shown. */
  splits(since: number): Promise<(Spread & { readonly name: SplitName })[]>
  fit(since: number): Promise<FitCounts>
  /** Confirmed moments, most frequent first. */
  moments(since: number): Promise<Named[]>
  /** Decisions by their last word: that of the missed nudge, where there is one. */
  reasons(since: number): Promise<Named[]>
  channels(since: number): Promise<ChannelCounts[]>
  /** Whether there is anything to report at all. */
  anything(): Promise<boolean>
  /** First and last nudge that was shown. */
  bounds(since: number): Promise<{ readonly first: number; readonly last: number } | undefined>
  /** Nudges that were shown in even spans of time; empty spans are left out. */
  series(since: number, step: number): Promise<SeriesBucket[]>
  /** The last nudges with their moment and their end, newest first. */
  chains(since: number, most: number): Promise<ChainRow[]>
}

/** What a forwarder works from: events in the order of their commit, and how far it has come. */
export interface Outbox {
  /** Those after a position, in order. */
  after(position: number, most: number): Promise<Committed[]>
  /** How far `target` has been served; before the first event where it never was. */
  reached(target: string): Promise<number>
  reach(target: string, position: number): Promise<void>
}

export interface Store {
  /** Resolves when the events are stored and would survive this process being killed. */
  add(events: readonly Received[]): Promise<void>
  read<Answer>(reading: (questions: Questions) => Promise<Answer>): Promise<Answer>
  readonly outbox: Outbox
  close(): Promise<void>
}

/** That the store cannot be reached at all: nothing is wrong with the events, and no smaller batch would help. */
export const unreachable = (message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { name: 'StoreUnreachable' })

export const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && error.name === 'StoreUnreachable'
