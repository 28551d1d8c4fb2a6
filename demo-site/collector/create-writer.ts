/**
 * One writer for the whole collector. A commit has to reach the disk before anyone is answered, which costs
 * milliseconds whatever its size; so all that arrives while one commit runs goes into the next one together.
 */
import type { Received } from './columns'
import { isUnreachable } from './store'

export interface Writer {
  /** Resolves when the events are on disk. */
  write(events: readonly Received[]): Promise<void>
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

interface Job {
  readonly events: readonly Received[]
  done(): void
  failed(reason: unknown): void
}

/** Keeps a commit under about a second, so that nobody's acknowledgement waits for the whole queue. */
const eventsPerCommit = 20_000

export const createWriter = (commit: (events: readonly Received[]) => Promise<void>): Writer => {
  const waiting: Job[] = []
  let running: Promise<void> | undefined

  const take = (): Job[] => {
    let events = 0
    const upTo = waiting.findIndex((job) => (events += job.events.length) > eventsPerCommit)
    return waiting.splice(0, upTo < 0 ? waiting.length : Math.max(upTo, 1))
  }

  const settle = async (jobs: readonly Job[]): Promise<void> => {
    try {
      await commit(jobs.flatMap((job) => job.events))
      for (const job of jobs) job.done()
    } catch (error) {
      // One request's events must not sink the others': each gets its own try.
      if (jobs.length > 1 && !isUnreachable(error)) for (const job of jobs) await settle([job])
      else for (const job of jobs) job.failed(error)
    }
  }

  const run = async (): Promise<void> => {
    while (waiting.length > 0) await settle(take())
    running = undefined
  }

  return {
    write: (events) =>
      new Promise((done, failed) => {
        waiting.push({ events, done, failed })
        running ??= run()
      }),
    idle: async () => running,
  }
}
