/** A collector in a process of its own, for tests that kill it. Prints its port when it listens. */
import { serve } from '@hono/node-server'
import { createCollector } from './index'

const dataDir = process.argv[2]
if (dataDir === undefined) throw new Error('wanted a data directory as the first argument')

const { app } = await createCollector({ dataDir })
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => console.log(port))
