import { Hono, type Context } from 'hono'
import { renderToString } from 'preact-render-to-string'
import { hrefIn, pathAt, type Place } from '../shop/place'
import { parseRoute, titleOf } from '../shop/routes'
import { Shop } from '../shop/Shop'
import type { BuiltShop } from './buildShop'
import { contentSecurityPolicy } from './contentSecurityPolicy'
import { Document } from './Document'
import { readSwitches } from './switches'

/** The shop's pages. Everything under /app/ and /hash/ is one empty page that its script fills. */
export function serveShop(built: BuiltShop): Hono {
  const app = new Hono()
  app.get('/app', (c) => redirect(c, '/app/'))
  app.get('/hash', (c) => redirect(c, '/hash/'))
  app.get('/checkout', (c) => redirect(c, '/checkout/contact'))
  app.get('/app/*', (c) => page(c, built, 'app'))
  app.get('/hash/', (c) => page(c, built, 'hash'))
  app.get('*', (c) => page(c, built, 'pages'))
  return app
}

/** Switches in the address survive the detour. */
function redirect(c: Context, to: string): Response {
  return c.redirect(to + new URL(c.req.url).search, 302)
}

function page(c: Context, built: BuiltShop, place: Place): Response | Promise<Response> {
  const { pathname } = new URL(c.req.url)
  const path = pathAt({ pathname: safelyDecoded(pathname), hash: '' })
  const route = parseRoute(path)
  const switches = readSwitches(c)
  const shop = { place, path, href: (to: string) => hrefIn(place, to), go: () => undefined }
  const html = renderToString(
    <Document place={place} title={titleOf(route)} built={built} switches={switches}>
      {place === 'pages' && <Shop shop={shop} />}
    </Document>,
  )
  c.header('Content-Security-Policy', contentSecurityPolicy)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'strict-origin-when-cross-origin')
  // `no-store` would cost the back/forward cache; asking again each time is enough for switches to take effect.
  c.header('Cache-Control', 'no-cache')
  return c.html(`<!doctype html>${html}`, route.view === 'not-found' ? 404 : 200)
}

function safelyDecoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return pathname
  }
}
