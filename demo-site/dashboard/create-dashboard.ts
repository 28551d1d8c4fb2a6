/** The routes of the dashboard: a page, its script and styles, and the activity that only it asks for. */
import { Hono } from 'hono'
import { activity } from '../collector/activity'
import type { Store } from '../collector/store'
import { readFilter } from '../collector/read-filter'
import { bundleClient, type ClientBundle } from './bundle-client'

/** Nothing inline, nothing from elsewhere, and no string ever becomes markup. */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self'`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
  `require-trusted-types-for 'script'`,
  `trusted-types 'none'`,
].join('; ')

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Dashboard · Splitsecond</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="icon" href="/dashboard/icon.svg">
    <link rel="stylesheet" href="/dashboard/client.css">
    <script type="module" src="/dashboard/client.js"></script>
  </head>
  <body>
    <noscript>The dashboard draws its figures with JavaScript: please switch it on.</noscript>
    <div id="dashboard"></div>
  </body>
</html>
`

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="9" fill="#4f46e5"/>
  <path d="M18 5 8 18h6l-1 9 11-14h-7z" fill="#fff"/>
</svg>
`

export const createDashboard = (store: Store): Hono => {
  const app = new Hono()
  let bundled: Promise<ClientBundle> | undefined
  const client = (): Promise<ClientBundle> => (bundled ??= bundleClient())

  app.get('/dashboard', (context) =>
    context.html(page, 200, {
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-cache',
    }),
  )
  app.get('/dashboard/', (context) => context.redirect('/dashboard'))
  app.get('/dashboard/client.js', async (context) =>
    context.body((await client()).script, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-cache',
    }),
  )
  app.get('/dashboard/client.css', async (context) =>
    context.body((await client()).styles, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'no-cache',
    }),
  )
  app.get('/dashboard/icon.svg', (context) => context.body(icon, 200, { 'Content-Type': 'image/svg+xml' }))
  app.get('/dashboard/activity', async (context) => {
    const filter = readFilter(context.req.query())
    return 'error' in filter
      ? context.json(filter, 400)
      : context.json(await activity(store, filter.since), 200, { 'Cache-Control': 'no-store' })
  })
  return app
}
