import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

const types: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript' }

/**
 * Serves files by their last name alone, whatever stands before it: each try has an address of its own, so that no
 * try finds another one's compiled code. All that is posted is thanked for.
 */
export async function serveFiles(files: ReadonlyMap<string, string>) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const name = pathname.slice(pathname.lastIndexOf('/') + 1)
    if (request.method === 'POST') {
      request.resume()
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ accepted: 0, rejected: [] }))
    }
    const text = files.get(name)
    response.statusCode = text === undefined ? 404 : 200
    response.setHeader('cache-control', 'no-store')
    response.setHeader('content-type', types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain')
    response.end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
