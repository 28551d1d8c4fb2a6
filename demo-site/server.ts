import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { createCollector, type CollectorOptions } from './collector/index'
import { readOptions, type CollectorFlags } from './collector/read-options'
import { serveGallery } from './gallery/serve-gallery'
import { buildShop } from './server/buildShop'
import { listen, stopListening } from './server/listen'
import { serveFiles } from './server/serveFiles'
import { serveShop } from './server/serveShop'

export interface ServerOptions extends CollectorFlags {
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
  ...flags
}: ServerOptions): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: async (request, env) => (await building).app.fetch(request, env),
  })
  // The port comes first: whoever starts a second shop should hear of the port, not of the store behind it.
  const listening = listen(server, port, host)
  const building = listening.then(() => buildApp({ dataDir, ...flags }))
  try {
    const { collector } = await building
    return {
      url: await listening,
      async close() {
        await stopListening(server)
        await collector.close()
      },
    }
  } catch (error) {
    await stopListening(server)
    throw error
  }
}

async function buildApp(options: CollectorOptions) {
  const [shop, collector] = await Promise.all([buildShop(join(here, 'shop')), createCollector(options)])
  const app = new Hono()
  app.route('/', collector.app)
  app.route('/', serveFiles({ dist, rules: join(here, 'rules'), built: shop.files }))
  app.route('/', serveGallery(join(here, 'gallery')))
  app.route('/', serveShop(shop))
  return { app, collector }
}

async function main(): Promise<void> {
  const port = Number(process.env['PORT'] ?? 4173)
  const flags = readOptions(process.argv.slice(2))
  const dataDir = process.env['DATA_DIR'] ?? join(here, '.data')
  const starting = startServer({ port, dataDir, ...flags })
  const stop = () => void starting.then((running) => running.close()).finally(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const running = await starting
  console.log(`
  Kettle & Kiln, the demo shop of Splitsecond

    Shop, page by page        ${running.url}/
    The same, client-side     ${running.url}/app/
    The same, behind a hash   ${running.url}/hash/
    Every nudge               ${running.url}/gallery
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
