/** `npm run bench`: sets all up, builds, and prints what everything costs. `-- --only boot,paint --tries 10 --events 1000000 --json FILE` */
import { spawnSync } from 'node:child_process'
import { build } from './build.mjs'
import { fail, prepare, root } from './setup.mjs'

const { browser, shell } = prepare({ browser: true })
await build({ ifStale: true }).catch((error) => fail(error.message))
const { status } = spawnSync(
  process.execPath,
  ['--import', 'tsx', 'sdk/bench/run.ts', ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BENCH_BROWSER: browser ?? shell },
  },
)
process.exitCode = status ?? 1
