/** `npm start`: sets all up, builds, and serves the demo shop with its collector. PORT changes the port. */
import { spawn } from 'node:child_process'
import { build } from './build.mjs'
import { fail, prepare, root } from './setup.mjs'

prepare()
await build({ ifStale: true }).catch((error) => fail(error.message))
const server = spawn(process.execPath, ['--import', 'tsx', 'demo-site/server.ts'], {
  cwd: root,
  stdio: 'inherit',
})
// Ctrl-C reaches the whole group by itself; a plain kill reaches only us.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => server.kill('SIGTERM'))
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 0 : 1)))
