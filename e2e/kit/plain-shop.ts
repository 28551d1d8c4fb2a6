import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

const dist = new URL('../../dist/', import.meta.url)

const page = (script: string) => `<!doctype html><html lang="en"><head><meta charset="utf-8">
  <title>Plain shop</title><link rel="icon" href="data:,">
  <script type="application/json" id="splitsecond-ruleset">{"version":1,"rules":[]}</script>
  ${script}</head><body><h1>Plain shop</h1></body></html>`

/**
 * The simplest pages that there are, from a server of a test's own: a route of Playwright's costs each request a turn,
 * and keeps the script out of the browser's cache. `/shop/NAME` tells the collector at `/NAME`; `/empty` runs nothing.
 *
 * @returns whether it was asked for one of them
 */
export async function answerShop(pathname: string, response: ServerResponse): Promise<boolean> {
  const [, name] = /^\/shop(\/.+)$/.exec(pathname) ?? []
  const [, file] = /^\/(splitsecond[\w-]*\.js)$/.exec(pathname) ?? []
  if (file) {
    response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=600' })
    response.end(await readFile(new URL(file, dist)))
  } else if (name || pathname === '/empty') {
    const script = name ? `<script async src="/splitsecond.js" data-collector="${name}"></script>` : ''
    response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store' })
    response.end(page(script))
  } else return false
  return true
}
