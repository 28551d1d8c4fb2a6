/** `npm start`: sets all up, builds, and serves the demo shop with its collector. PORT changes the port; `-- --store …` goes to the collector. */
import { spawn } from 'node:child_process'
import { build } from './build.mjs'
import { fail, prepare, root } from './setup.mjs'

prepare()
await build({ ifStale: true }).catch((error) => fail(error.message))
const server = spawn(process.execPath, ['--import', 'tsx', 'demo-site/server.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
// Ctrl-C reaches the whole group by itself; a plain kill reaches only us.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)))
