import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly path: string
  readonly body: string
}

/** Collectors on an origin of their own: each path is one, and takes whatever comes, or answers as it is told. */
export async function serveReceivers() {
  const received: Received[] = []
  /** Status by path; default 200. */
  const status = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://receiver').pathname
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const answer = status.get(path) ?? 200
      if (request.method === 'POST' && answer === 200)
        received.push({
          path,

          body: Buffer.concat(chunks).toString(),
        })
      response.writeHead(request.method === 'OPTIONS' ? 204 : answer, headers)
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    status,
    bodiesAt: (path: string) => received.filter((it) => it.path === path).map(({ body }) => body),
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
