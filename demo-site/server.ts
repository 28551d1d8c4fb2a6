import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { createCollector } from './collector/index'
import { buildShop } from './server/buildShop'
import { listen } from './server/listen'
import { serveFiles } from './server/serveFiles'
import { serveShop } from './server/serveShop'

export interface ServerOptions {
  /** 0 takes any free port; the address that `startServer` returns names it. */
  readonly port: number
  /** Where the collector keeps its events. */
  readonly dataDir: string
  readonly host?: string
}

export interface RunningServer {
  readonly url: string
  close(): Promise<void>
}

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = resolve(here, '../dist')

/** The demo: the shop in its three forms, the script it is about, and the collector with its dashboard. */
export async function startServer({
  port,
  dataDir,
  host = '127.0.0.1',
}: ServerOptions): Promise<RunningServer> {
  const [shop, collector] = await Promise.all([buildShop(join(here, 'shop')), createCollector({ dataDir })])
  const app = new Hono()
  app.route('/', collector.app)
  app.route('/', serveFiles({ dist, rules: join(here, 'rules'), built: shop.files }))
  app.route('/', serveShop(shop))

  const server = createAdaptorServer({ fetch: app.fetch })
  try {
    const url = await listen(server, port, host)
    return {
      url,
      async close() {
        await new Promise<void>((done) => {
          server.close(() => done())
          // Browsers keep connections open; nobody waits for them to change their mind.
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
        await collector.close()
      },
    }
  } catch (error) {
    await collector.close()
    throw error
  }
}

async function main(): Promise<void> {
  const port = Number(process.env['PORT'] ?? 4173)
  const running = await startServer({ port, dataDir: join(here, '.data') })
  const stop = () => void running.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  console.log(`
  Kettle & Kiln, the demo shop of Splitsecond

    Shop, page by page        ${running.url}/
    The same, client-side     ${running.url}/app/
    The same, behind a hash   ${running.url}/hash/
    Dashboard                 ${running.url}/dashboard

  Ctrl-C ends it.
`)
  if (!existsSync(join(dist, 'splitsecond.js'))) {
    console.log('  dist/splitsecond.js is not built yet: run "npm run build", then reload the page.\n')
  }
}

function isRunDirectly(): boolean {
  const script = process.argv[1]
  return script !== undefined && pathToFileURL(script).href === import.meta.url
}

if (isRunDirectly()) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  })
}
