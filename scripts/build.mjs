/** `npm run build`: dist/ with the script, its parts, the package's modules and types, and the JSON Schemas. */
import { spawnSync } from 'node:child_process'
import { rmSync, statSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, prepare, root, say } from './setup.mjs'

const dist = join(root, 'dist')

/** Builds; with `ifStale` only when a source is newer than what is there. */
export async function build({ ifStale = false } = {}) {
  if (ifStale && isFresh()) return
  say('building dist/')
  rmSync(dist, { recursive: true, force: true })
  const rollup = join(root, 'node_modules/rollup/dist/bin/rollup')
  const { status } = spawnSync(process.execPath, [rollup, '--config', '--silent'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) throw Error('the build failed, see above')
  const { z } = await import('zod')
  const schema = await import(pathToFileURL(join(dist, 'schema.js')).href)
  const write = (name, json) => writeFileSync(join(dist, name), `${JSON.stringify(json, null, 2)}\n`)
  write('ruleset.schema.json', schema.editorSchema())
  write('trace.schema.json', z.toJSONSchema(z.union([schema.traceHeader, schema.traceLine])))
  write('event.schema.json', z.toJSONSchema(schema.event))
}

const newest = (path) =>
  statSync(path).isDirectory()
    ? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
    : statSync(path).mtimeMs

function isFresh() {
  const built = join(dist, 'event.schema.json')
  if (!existsSync(built)) return false
  const sources = ['sdk', 'rollup.config.mjs', 'package-lock.json', 'scripts/build.mjs'].map((name) =>
    join(root, name),
  )
  return Math.max(...sources.map(newest)) < statSync(built).mtimeMs
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  prepare()
  await build().catch((error) => fail(error.message))
}
