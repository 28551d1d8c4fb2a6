import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { products } from '../shop/catalogue'
import { pictureUrl } from '../shop/parts/Picture'
import { serveFiles } from './serveFiles'

const dist = await mkdtemp(join(tmpdir(), 'shop-dist-'))
const rules = fileURLToPath(new URL('../rules', import.meta.url))
const files = serveFiles({
  dist,
  rules,
  built: new Map([['/assets/shop-1.css', { body: new TextEncoder().encode('a{}'), type: 'text/css' }]]),
})

beforeAll(async () => {
  await writeFile(join(dist, 'splitsecond.js'), '1')
  await writeFile(join(dist, 'splitsecond-nudge.js.map'), '{}')
})
afterAll(() => rm(dist, { recursive: true }))

test.each([
  ['/splitsecond.js', 'text/javascript'],
  ['/splitsecond-nudge.js.map', 'application/json'],
  ['/rules.json', 'application/json'],
  ['/rules/holdout.json', 'application/json'],
  ['/assets/shop-1.css', 'text/css'],
  ['/favicon.svg', 'image/svg+xml'],
  ['/art/hero.svg', 'image/svg+xml'],
])('%s is %s', async (path, type) => {
  const response = await files.request(path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain(type)
})

test.each([
  '/splitsecond-none.js',
  '/rules/none.json',
  '/rules/..%2f..%2fpackage.json',
  '/rules/../server.ts',
  '/splitsecond..%2f..%2fpackage.json',
  '/assets/..%2fserver.ts',
  '/art/constructor.svg',
  '/art/teapot/cobalt/ffffff.svg',
  '/art/mug/constructor/ffffff.svg',
  '/art/mug/cobalt/"/><x>.svg',
])('%s is not there', async (path) => {
  expect((await files.request(path)).status).toBe(404)
})

describe('validators', () => {
  test.each(['/rules.json', '/splitsecond.js'])('%s is asked for anew, and not sent twice', async (path) => {
    const first = await files.request(path)
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^"/)
    const second = await files.request(path, { headers: { 'if-none-match': tag } })
    expect(second.status).toBe(304)
  })
})

test('every product has its picture, in every colour it comes in', async () => {
  for (const { picture, options } of products) {
    const colours = options.flatMap(({ choices }) => choices.flatMap(({ glaze }) => glaze ?? []))
    for (const glaze of [picture.glaze, ...colours]) {
      expect((await files.request(pictureUrl({ ...picture, glaze }))).status).toBe(200)
    }
  }
})
