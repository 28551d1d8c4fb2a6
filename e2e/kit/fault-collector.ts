import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BeaconEvent } from '../../sdk/schema/event'
import { answerShop } from './plain-shop'

/**
 * What becomes of one request. `reset`: the connection ends before the events are taken · `taken-reset`: after it, so
 * that the page cannot know · `truncated`: taken, and the answer ends in its middle · `slow`: taken, the answer comes
 * late · `hang`: no answer at all · a number: that status.
 */
export type Fault = 'ok' | 'reset' | 'taken-reset' | 'truncated' | 'slow' | 'hang' | 429 | 500 | 503

export interface Arrival {
  readonly path: string
  readonly method: string
  readonly fault: Fault
  readonly events: readonly BeaconEvent[]
}

const taking = new Set<Fault>(['ok', 'taken-reset', 'truncated', 'slow'])
const slowMs = 300
const anyOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' }

/**
 * A collector with a network of its own before it, on an origin that is not the shop's. Each path is a collector by
 * itself: `choose` says what happens to a request for it. It has pages, too, of the simplest kind.
 */
export async function serveFaults(choose: (path: string) => Fault) {
  const arrivals: Arrival[] = []
  const held = new Set<ServerResponse>()
  const server = createServer((request, response) => void answer(request, response))
  const port = { now: 0 }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? '', 'http://faults')
    const { method = '' } = request
    if (method === 'GET' && (await answerShop(pathname, response))) return
    // A preflight is noted, and granted nothing.
    const fault = method === 'POST' ? choose(pathname) : 'ok'
    if (fault === 'reset') return void request.socket.destroy()
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      // The page went in the midst of it: nothing arrived.
      return
    }
    const lines = Buffer.concat(chunks).toString().split('\n').filter(Boolean)
    const events = taking.has(fault) ? lines.map((line) => JSON.parse(line) as BeaconEvent) : []
    arrivals.push({ path: pathname, method, fault, events })
    if (fault === 'taken-reset') return void request.socket.destroy()
    if (fault === 'hang') return void held.add(response)
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMs))
    const body = '{"accepted":1,"rejected":[]}'
    if (fault === 'truncated') {
      response.writeHead(200, { ...anyOrigin, 'content-length': body.length })
      response.write(body.slice(0, 7), () => request.socket.destroy())
      return
    }
    const status = typeof fault === 'number' ? fault : 200
    response.writeHead(status, { ...anyOrigin, ...(status === 429 ? { 'retry-after': '2' } : {}) })
    response.end(status === 200 ? body : '')
  }

  const listen = async () => {
    server.listen(port.now, '127.0.0.1')
    await once(server, 'listening')
    port.now = (server.address() as AddressInfo).port
  }
  const close = async () => {
    if (!server.listening) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }
  await listen()
  return {
    url: `http://127.0.0.1:${port.now}`,
    arrivals,
    /** How many requests hang. */
    hanging: () => held.size,
    /** What the collector at that path has taken, every arrival of it. */
    taken: (path: string) => arrivals.filter((it) => it.path === path).flatMap(({ events }) => events),
    /** Connections are refused from now on, and taken again after `listen`. */
    close,
    listen,
  }
}

export type FaultCollector = Awaited<ReturnType<typeof serveFaults>>
