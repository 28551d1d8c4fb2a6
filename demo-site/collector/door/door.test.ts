import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { createAdaptorServer } from '@hono/node-server'
import { afterEach, describe, expect, it } from 'vitest'
import { createCollector, type CollectorOptions } from '../index'
import { pageEvent } from '../test-events'

const endings: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** A collector behind real HTTP: what a refused request does to its connection is part of the answer. */
const serve = async (options: Partial<CollectorOptions> = {}): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'splitsecond-door-'))
  endings.push(() => rm(dataDir, { recursive: true }))
  const collector = await createCollector({ dataDir, ...options })
  endings.push(() => collector.close())
  const server = createAdaptorServer({ fetch: collector.app.fetch })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  endings.push(async () => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const send = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body: JSON.stringify(pageEvent()), ...init })

const count = async (url: string): Promise<number> =>
  (await (await fetch(`${url}/v1/events`)).text()).split('\n').filter(Boolean).length

const gzipped = (bytes: Uint8Array): RequestInit => ({
  body: bytes as Uint8Array<ArrayBuffer>,
  headers: { 'Content-Type': 'text/plain', 'Content-Encoding': 'gzip' },
})

describe('gzip', () => {
  it('is inflated', async () => {
    const url = await serve()
    const body = Array.from({ length: 1000 }, () => JSON.stringify(pageEvent())).join('\n')
    const response = await send(`${url}/v1/events`, gzipped(gzipSync(body)))
    expect(await response.json()).toEqual({ accepted: 1000, rejected: [] })
    expect(await count(url)).toBe(1000)
  })

  it.each([
    ['other bytes', Buffer.from('no gzip at all')],
    ['half of it', gzipSync(JSON.stringify(pageEvent())).subarray(0, 100)],
    ['nothing', new Uint8Array()],
  ])('is refused when it is %s', async (_, bytes) => {
    const url = await serve()
    const response = await send(`${url}/v1/events`, gzipped(bytes))
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).toMatch(/^body: wanted gzip, .* found /)
  })

  it('ends at the limit, however small it came', async () => {
    const url = await serve()
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().arrayBuffers
    const response = await send(`${url}/v1/events`, gzipped(bomb))
    expect(response.status).toBe(413)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20 * 1024 * 1024)
  })
})

describe('what this collector does not speak', () => {
  it.each([
    [
      { 'Content-Type': 'application/json' },
      /^Content-Type: wanted text\/plain \| .*, found "application\/json"$/,
    ],
    [{ 'Content-Encoding': 'br' }, /^Content-Encoding: wanted gzip or nothing, found "br"$/],
  ])('is 415, and says what it does: %j', async (headers, wanted) => {
    const url = await serve()
    const response = await send(`${url}/v1/events`, { headers })
    expect(response.status).toBe(415)
    expect(((await response.json()) as { error: string }).error).toMatch(wanted)
    expect(await count(url)).toBe(0)
  })
})

describe('a preflight', () => {
  it.each(['/v1/events', '/v1/logs'])('is answered, so that %s takes what needs one', async (path) => {
    const url = await serve()
    const { status, headers } = await fetch(url + path, { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-headers')).toBe('Content-Type, Content-Encoding')
    expect(headers.get('access-control-allow-methods')).toBe('POST')
  })
})

describe('the rate', () => {
  it('of one address ends in 429 with Retry-After, readable from another origin', async () => {
    const url = await serve({ rate: { perSecond: 0.01, burst: 3 } })
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(`${url}/v1/events`)))
    expect(answers.map(({ status }) => `${status}`).sort()).toEqual(['200', '200', '200', '429', '429'])
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(90)
    expect(refused?.headers.get('access-control-expose-headers')).toBe('Retry-After')
    expect(await refused?.json()).toEqual({ error: expect.stringMatching(/^more requests than/) as string })
    expect(await count(url)).toBe(3)
  })

  it('of one key leaves the others alone', async () => {
    const url = await serve({ keyRate: { perSecond: 0.01, burst: 1 } })
    const statuses: number[] = []
    for (const key of ['?key=a', '?key=a', '?key=b', '']) {
      statuses.push((await send(`${url}/v1/events${key}`)).status)
    }
    expect(statuses).toEqual([200, 429, 200, 200])
  })

  it('is nothing that a page under way meets', async () => {
    const url = await serve()
    const answers = await Promise.all(Array.from({ length: 200 }, () => send(`${url}/v1/events`)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })
})

describe('back-pressure', () => {
  it('sends away with 503 and Retry-After what there is no room for, and acknowledges only what it keeps', async () => {
    const url = await serve({ waitingBytes: 60_000 })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => {
        const body = Array.from({ length: 20 }, () => JSON.stringify(pageEvent())).join('\n')
        return send(`${url}/v1/events`, { body })
      }),
    )
    const taken = answers.filter(({ status }) => status === 200)
    const away = answers.filter(({ status }) => status === 503)
    expect(taken.length + away.length).toBe(50)
    expect([taken.length > 0, away.length > 0]).toEqual([true, true])
    expect(away.map(({ headers }) => headers.get('retry-after'))).toEqual(away.map(() => '2'))
    expect(await count(url)).toBe(taken.length * 20)
    // Room again once they are through.
    expect((await send(`${url}/v1/events`)).status).toBe(200)
  })
})
