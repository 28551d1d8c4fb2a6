/** Runs the demo shop with a store of its own on a free port, and prints its address: one for each test worker. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../../demo-site/server'

const dataDir = mkdtempSync(join(tmpdir(), 'splitsecond-shop-'))
const server = await startServer({ port: 0, dataDir })
process.on('SIGTERM', () => {
  void server.close().then(() => {
    rmSync(dataDir, { recursive: true, force: true })
    process.exit(0)
  })
})
console.log(server.url)
