import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { labRules, labShop } from './lab-shop'

const dist = new URL('../../dist/', import.meta.url)

/** The lab shop on an address of its own: under Playwright's `route` a browser keeps nothing in its cache. */
export async function serveLab() {
  const answers: Record<string, (url: URL) => Promise<string> | string> = {
    '/lab-rules.json': () => JSON.stringify(labRules),
    // A server that takes so long, as the story has it.
    '/lab-answer': ({ searchParams }) => pause(Number(searchParams.get('ms')), '{}'),
  }
  const types = { js: 'text/javascript', json: 'application/json' } as const
  const shop = labShop()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://lab')
    const [, file] = /^\/(splitsecond[\w-]*\.js)$/.exec(url.pathname) ?? []
    const type = file ? types.js : answers[url.pathname] ? types.json : 'text/html'
    const body = file
      ? readFile(new URL(file, dist), 'utf8')
      : Promise.resolve(answers[url.pathname]?.(url) ?? shop)
    void body.then((text) => {
      response.writeHead(200, { 'content-type': type, ...(file ? { 'cache-control': 'max-age=600' } : {}) })
      response.end(text)
    })
  })
  const elsewhere = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><html lang="en"><title>Elsewhere</title><link rel="icon" href="data:,">')
  })
  const servers = [server, elsewhere]
  const urls: string[] = []
  for (const it of servers) {
    it.listen(0, '127.0.0.1')
    await once(it, 'listening')
    urls.push(`http://127.0.0.1:${(it.address() as AddressInfo).port}`)
  }
  return {
    url: urls[0]!,
    /** A page of another origin, from which a shopper comes as from nowhere. */
    elsewhere: urls[1]!,
    async close() {
      for (const it of servers) {
        it.close()
        it.closeAllConnections()
        await once(it, 'close')
      }
    },
  }
}

export type LabServer = Awaited<ReturnType<typeof serveLab>>
