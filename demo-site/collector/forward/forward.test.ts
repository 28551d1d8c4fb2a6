import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { BeaconEvent } from '../../../sdk/schema/event'
import { createCollector, type Collector } from '../index'
import { pageEvent } from '../test-events'
import { hasClickhouse, hasNats, startClickhouse, startNats, type TestServer } from '../test-servers'

interface Message {
  readonly id: string
  readonly subject: string
  readonly event: BeaconEvent
}

/** The real server, Debian's 2.9; `apt-get install nats-server` where this is skipped. */
describe.skipIf(!hasNats)('forwarding to nats-server', () => {
  let server: TestServer
  let subjects = 0

  beforeAll(async () => {
    server = await startNats()
  })
  afterAll(() => server.stop())

  const newSubject = (): string => `shop.events-${++subjects}`
  const address = (subject: string): string => `nats://127.0.0.1:${server.port}/${subject}`

  const newDir = async (): Promise<string> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'splitsecond-forward-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    return dataDir
  }

  const collect = async (options: Parameters<typeof createCollector>[0]): Promise<Collector> => {
    const collector = await createCollector(options)
    onTestFinished(() => collector.close())
    return collector
  }

  const send = async ({ app }: Collector, ...events: readonly BeaconEvent[]): Promise<string[]> => {
    const body = events.map((one) => JSON.stringify(one)).join('\n')
    expect((await app.request('/v1/events', { method: 'POST', body })).status).toBe(200)
    return events.map(({ id }) => id)
  }

  /** What a pipeline that listens to the stream has received, in its order. */
  const received = async (subject: string, n: number): Promise<Message[]> => {
    const connection = await connect({ servers: `127.0.0.1:${server.port}` })
    try {
      return await vi.waitFor(
        async () => {
          const manager = await jetstreamManager(connection)
          const stream = await manager.streams.find(subject)
          const { state } = await manager.streams.info(stream)
          expect(state.messages).toBeGreaterThanOrEqual(n)
          const consumer = await jetstream(connection).consumers.get(stream)
          const messages: Message[] = []
          const batch = await consumer.fetch({ max_messages: state.messages })
          for await (const message of batch) {
            messages.push({
              id: message.headers?.get('Nats-Msg-Id') ?? '',
              subject: message.subject,
              event: message.json<BeaconEvent>(),
            })
            if (messages.length === state.messages) break
          }
          return messages
        },
        { timeout: 20_000, interval: 50 },
      )
    } finally {
      await connection.close()
    }
  }

  const ids = async (subject: string, n: number): Promise<string[]> =>
    (await received(subject, n)).map(({ id }) => id)

  it('publishes each stored event once, under its id, in the order of commit', async () => {
    const subject = newSubject()
    const collector = await collect({ dataDir: await newDir(), forward: address(subject) })
    const events = Array.from({ length: 30 }, (_, seq) => pageEvent({ seq, at: 1_795_000_000_000 - seq }))
    for (const event of events) await send(collector, event)
    await send(collector, ...events)
    const messages = await received(subject, 30)
    expect(messages).toEqual(events.map((event) => ({ id: event.id, subject, event })))
  })

  it('acknowledges events while NATS is away, and passes them on in order when it is back', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => told.mockRestore())
    const subject = newSubject()
    const dataDir = await newDir()
    const first = await collect({ dataDir, forward: address(subject) })
    const sent = await send(first, pageEvent())
    await ids(subject, 1)

    await server.kill()
    for (let batch = 0; batch < 5; batch++) sent.push(...(await send(first, pageEvent(), pageEvent())))
    await vi.waitFor(() =>
      expect(told).toHaveBeenCalledWith(
        expect.stringMatching(
          /^Forwarding to nats:\S+ waits: .+ Events stay in the store until it can go on\.$/,
        ),
      ),
    )
    // Through a restart of the collector, which starts though NATS is still away.
    await first.close()
    const second = await collect({ dataDir, forward: address(subject) })
    sent.push(...(await send(second, pageEvent())))
    await server.start()
    sent.push(...(await send(second, pageEvent())))
    expect(await ids(subject, 13)).toEqual(sent)
    await vi.waitFor(() =>
      expect(told).toHaveBeenCalledWith(expect.stringMatching(/^Forwarding to nats:\S+ works again\.$/)),
    )
  })

  it('passes on what was stored before it was asked to', async () => {
    const subject = newSubject()
    const dataDir = await newDir()
    const silent = await collect({ dataDir })
    const events = Array.from({ length: 2500 }, (_, seq) => pageEvent({ seq }))
    const sent = [
      ...(await send(silent, ...events.slice(0, 1300))),
      ...(await send(silent, ...events.slice(1300))),
    ]
    await silent.close()
    await collect({ dataDir, forward: address(subject) })
    expect(await ids(subject, 2500)).toEqual(sent)
  })

  it('uses the stream that takes the subject already', async () => {
    const subject = newSubject()
    const connection = await connect({ servers: `127.0.0.1:${server.port}` })
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: 'pipeline', subjects: [subject, 'others'] })
    const collector = await collect({ dataDir: await newDir(), forward: address(subject) })
    const sent = await send(collector, pageEvent())
    expect(await ids(subject, 1)).toEqual(sent)
    expect((await manager.streams.info('pipeline')).state.messages).toBe(1)
    await connection.close()
  })

  it.skipIf(!hasClickhouse)('does the same from clickhouse-server', async () => {
    const clickhouse = await startClickhouse()
    onTestFinished(() => clickhouse.stop())
    const url = `http://127.0.0.1:${clickhouse.port}/`
    await fetch(url, { method: 'POST', body: 'CREATE DATABASE shop' })
    const subject = newSubject()
    const options = {
      dataDir: '/nowhere',
      store: `clickhouse://127.0.0.1:${clickhouse.port}/shop`,
      forward: address(subject),
    }
    const first = await collect(options)
    const sent: string[] = []
    for (let batch = 0; batch < 5; batch++) sent.push(...(await send(first, pageEvent(), pageEvent())))
    await ids(subject, 10)
    await first.close()
    const second = await collect(options)
    sent.push(...(await send(second, pageEvent())))
    expect(await ids(subject, 11)).toEqual(sent)
  })
})

describe('a target to forward to', () => {
  it.each([
    ['kafka://localhost/events', 'wanted nats://host:port/subject, found the scheme "kafka:"'],
    ['localhost', 'wanted an address such as nats://host:port/subject, found "localhost"'],
    ['nats://localhost:4222', 'wanted a subject with no wildcard after the host'],
    ['nats://localhost:4222/shop.*', 'wanted a subject with no wildcard after the host'],
    ['nats://localhost:4222/shop..events', 'wanted a subject with no wildcard after the host'],
  ])('that is %s is refused by what is wrong with it', async (forward, message) => {
    await expect(createCollector({ dataDir: '/nowhere', forward })).rejects.toThrow(`--forward: ${message}`)
  })
})
