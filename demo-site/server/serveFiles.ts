import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono, type Context } from 'hono'
import { etag } from 'hono/etag'
import { drawing, productDrawing } from '../shop/art/drawing'
import type { BuiltFile } from './buildShop'

interface Options {
  readonly dist: string
  readonly rules: string
  readonly built: ReadonlyMap<string, BuiltFile>
}

const script = 'text/javascript; charset=utf-8'
const json = 'application/json; charset=utf-8'

/** Everything that is not a page. Names are matched whole by a pattern, so a path can never leave its folder. */
export function serveFiles({ dist, rules, built }: Options): Hono {
  const app = new Hono()
  // Per route, not for all: a page that answers 304 would drop the cookie its switches are kept in.
  const tagged = etag()

  app.get('/:file{splitsecond[\\w.-]*\\.js}', tagged, (c) => send(c, join(dist, c.req.param('file')), script))
  app.get('/:file{splitsecond[\\w.-]*\\.js\\.map}', tagged, (c) =>
    send(c, join(dist, c.req.param('file')), json),
  )
  app.get('/rules.json', tagged, (c) => send(c, join(rules, 'default.json'), json))
  app.get('/rules/:file{[\\w-]+\\.json}', tagged, (c) => send(c, join(rules, c.req.param('file')), json))

  app.get('/assets/:file', tagged, (c) => {
    const file = built.get(c.req.path)
    if (!file) return c.notFound()
    return answer(c, file.body, file.type, 'public, max-age=31536000, immutable')
  })
  app.get('/favicon.svg', tagged, (c) => svg(c, drawing('favicon')))
  app.get('/art/:file{[\\w-]+\\.svg}', tagged, (c) => svg(c, drawing(c.req.param('file').slice(0, -4))))
  app.get('/art/:motif/:glaze/:wall{[0-9a-f]{6}\\.svg}', tagged, (c) => {
    const { motif, glaze, wall } = c.req.param()
    return svg(c, productDrawing(motif, glaze, `#${wall.slice(0, 6)}`))
  })
  return app
}

/** Read anew each time: a rebuilt script or an edited ruleset is there at the next reload. */
async function send(c: Context, path: string, type: string): Promise<Response> {
  const body = await readFile(path).catch(() => undefined)
  return body ? answer(c, new Uint8Array(body), type, 'no-cache') : c.notFound()
}

function svg(c: Context, markup: string | undefined): Response | Promise<Response> {
  if (markup === undefined) return c.notFound()
  return answer(c, markup, 'image/svg+xml; charset=utf-8', 'public, max-age=600')
}

function answer(c: Context, body: string | Uint8Array, type: string, cache: string): Response {
  return c.body(typeof body === 'string' ? body : new Uint8Array(body), 200, {
    'Content-Type': type,
    'Cache-Control': cache,
    'X-Content-Type-Options': 'nosniff',
  })
}
