import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

const types: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript' }

/**
 * Serves files by their last name alone, whatever stands before it: each try has an address of its own, so that no
 * try finds another one's compiled code. All that is posted is thanked for.
 * @returns also `quietMs`: how long ago something was last asked for below an address. It tells that a page has all
 * it loads without asking the page, whose time is being measured.
 */
export async function serveFiles(files: ReadonlyMap<string, string>) {
  const lastAsked = new Map<string, number>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const cut = pathname.lastIndexOf('/') + 1
    const name = pathname.slice(cut)
    lastAsked.set(pathname.slice(0, cut), performance.now())
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
    quietMs: (folder: string) => performance.now() - (lastAsked.get(folder) ?? 0),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
