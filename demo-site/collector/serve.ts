/**
 * The collector alone, without the shop: `npm run collector -- --store … --forward …`. PORT and DATA_DIR as for the
 * shop; HOST lets others than this machine in.
 */
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { listen, stopListening } from '../server/listen'
import { createCollector } from './index'
import { readOptions } from './read-options'

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  const dataDir = process.env['DATA_DIR'] ?? join(import.meta.dirname, '../.data')
  const collector = await createCollector({ dataDir, ...options })
  const server = createAdaptorServer({ fetch: collector.app.fetch })
  const url = await listen(
    server,
    Number(process.env['PORT'] ?? 4173),
    process.env['HOST'] ?? '127.0.0.1',
  ).catch(async (error: unknown) => {
    await collector.close()
    throw error
  })
  console.log(`The collector listens on ${url}`)
  const stop = (): void =>
    void stopListening(server)
      .then(() => collector.close())
      .finally(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
