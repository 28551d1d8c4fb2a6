import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BeaconEvent } from '../../sdk/schema/event'
import { numbersOf } from './kept'
import { answerShop } from './plain-shop'

/**
 * A shop of the simplest pages before a collector of the demo's: what is sent to `/v1/events` goes on to it, and how
 * often it took each event is written down.
 */
export async function serveFront(collector: string) {
  /** By number, how often the collector said that it took it. */
  const taken = new Map<number, number>()
  const news = new EventEmitter()
  const server = createServer((request, response) => {
    // A page that goes in the midst of its request is no failure of ours.
    void answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { pathname, search } = new URL(request.url ?? '', 'http://front')
    if (request.method !== 'POST') {
      if (!(await answerShop(pathname, response))) response.writeHead(404).end()
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const passed = await fetch(`${collector}${pathname}${search}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
    })
    const text = await passed.text()
    if (passed.ok) {
      const lines = body.toString().split('\n').filter(Boolean)
      for (const n of numbersOf(lines.map((line) => JSON.parse(line) as BeaconEvent)))
        taken.set(n, (taken.get(n) ?? 0) + 1)
      news.emit('taken')
    }
    response.writeHead(passed.status, { 'content-type': 'application/json' }).end(text)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    /** Until it takes some more. */
    takesMore: () => once(news, 'taken'),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export type Front = Awaited<ReturnType<typeof serveFront>>
