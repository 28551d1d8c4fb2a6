/**
 * One connection to JetStream. It never reconnects by itself: what it still held would go out after what was sent
 * anew, out of order. When it breaks, all that was not acknowledged fails, and whoever forwards begins again there.
 */
import { headers as natsHeaders, connect, nanos } from '@nats-io/transport-node'
import { jetstream, jetstreamManager, JetStreamApiError } from '@nats-io/jetstream'
import type { Committed } from '../store'
import type { ForwardTarget } from './read-target'

export interface Publisher {
  /** In order; resolves when the stream has them all. */
  publish(events: readonly Committed[]): Promise<void>
  close(): Promise<void>
}

const answerMs = 5000
/** How long a stream that we make remembers ids; its own default is two minutes. */
const duplicatesMs = 60 * 60 * 1000
/** What JetStream answers where no stream takes the subject. */
const noStream = 10_059

const streamNameOf = (subject: string): string => subject.toUpperCase().replaceAll(/\W/g, '_')

export const connectJetstream = async (target: ForwardTarget): Promise<Publisher> => {
  const { host, subject, user, password } = target
  const connection = await connect({
    servers: host,
    name: 'splitsecond collector',
    reconnect: false,
    timeout: answerMs,
    ...(user && { user, pass: password }),
  })
  try {
    const manager = await jetstreamManager(connection, { timeout: answerMs })
    await manager.streams.find(subject).catch(async (error: unknown) => {
      if (!isMissing(error)) throw error
      await manager.streams.add({
        name: streamNameOf(subject),
        subjects: [subject],
        duplicate_window: nanos(duplicatesMs),
      })
    })
  } catch (error) {
    await connection.close()
    throw error
  }
  const client = jetstream(connection, { timeout: answerMs })
  return {
    publish: async (events) => {
      const answers = events.map(({ id, line, receivedAt }) => {
        const headers = natsHeaders()
        headers.set('Splitsecond-Received-At', `${receivedAt}`)
        return client.publish(subject, line, { msgID: id, headers, timeout: answerMs, retries: 0 })
      })
      // All of them are waited for: one that fails must not leave others that nobody hears of.
      const failed = (await Promise.allSettled(answers)).find(({ status }) => status === 'rejected')
      if (failed?.status === 'rejected') throw failed.reason
    },
    close: () => connection.close(),
  }
}

const isMissing = (error: unknown): boolean =>
  (error instanceof JetStreamApiError && error.code === noStream) ||
  (error instanceof Error && /no stream matches subject|stream not found/i.test(error.message))
