/**
 * Passes stored events on, in the order of their commit, from where it stopped last time. The store is its queue: what
 * the other side cannot take now waits there, through restarts too, and nobody who sends events waits for it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Outbox } from '../store'
import type { Publisher } from './connect-jetstream'

export interface Forwarder {
  /** That there is something new in the store. */
  wake(): void
  /** Lets what is under way end. */
  close(): Promise<void>
}

interface ForwarderOptions {
  readonly outbox: Outbox
  /** By whose name it is remembered how far he was served. */
  readonly target: string
  connect(): Promise<Publisher>
  /** Told once when it breaks and once when it works again. */
  tell(line: string): void
  /** First pause after a failure, ms; doubles up to half a minute. @default 500 */
  readonly pauseMs?: number
}

const eventsAtOnce = 1000
const longestPauseMs = 30_000

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const createForwarder = ({
  outbox,
  target,
  connect,
  tell,
  pauseMs = 500,
}: ForwarderOptions): Forwarder => {
  const closing = new AbortController()
  const closed = (): boolean => closing.signal.aborted
  let publisher: Publisher | undefined
  let news = true
  let wakeUp: (() => void) | undefined
  let failures = 0

  const disconnect = async (): Promise<void> => {
    const leaving = publisher
    publisher = undefined
    await leaving?.close().catch(() => {})
  }

  /** All that there is, page by page. */
  const drain = async (): Promise<void> => {
    publisher ??= await connect()
    let position = await outbox.reached(target)
    while (!closed()) {
      const events = await outbox.after(position, eventsAtOnce)
      const last = events.at(-1)
      if (!last) break
      await publisher.publish(events)
      position = last.position
      // Remembered after they were taken: a crash in between sends them once more, and their ids tell.
      await outbox.reach(target, position)
    }
    if (failures > 0) tell(`Forwarding to ${target} works again.`)
    failures = 0
  }

  const afterFailure = async (error: unknown): Promise<void> => {
    await disconnect()
    if (failures === 0) {
      tell(`Forwarding to ${target} waits: ${reasonOf(error)}. Events stay in the store until it can go on.`)
    }
    news = true
    const rest = Math.min(pauseMs * 2 ** failures++, longestPauseMs)
    await pause(rest, undefined, { signal: closing.signal }).catch(() => {})
  }

  const untilNews = (): Promise<void> =>
    new Promise((resolve) => {
      wakeUp = resolve
      if (news || closed()) resolve()
    })

  const run = async (): Promise<void> => {
    while (!closed()) {
      await untilNews()
      if (closed()) break
      news = false
      await drain().catch(afterFailure)
    }
    await disconnect()
  }

  const running = run()
  const wake = (): void => {
    news = true
    wakeUp?.()
  }
  return {
    wake,
    close: async () => {
      closing.abort()
      wakeUp?.()
      await running
    },
  }
}
