import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { contentSecurityPolicy } from '../server/contentSecurityPolicy'
import { cells, galleryRules, locales, schemes, type Cell as CellName } from './gallery-rules'

/** Frames of its own are what the gallery is made of; all else is as strict as in the shop. */
const policy = contentSecurityPolicy.replace(
  "frame-ancestors 'none'",
  "frame-ancestors 'self'; frame-src 'self'",
)
const sizes = { desktop: [760, 460], phone: [360, 460] } as const

/** `/gallery`: every surface, and a list of products, in every scheme, language and size, each a page of its own with the real script. */
export function serveGallery(folder: string): Hono {
  const app = new Hono()
  const file = async (name: string) => new Uint8Array(await readFile(join(folder, name)))
  const page = (markup: VNode) => `<!doctype html>${renderToString(markup)}`

  app.use('/gallery/*', async (c, next) => {
    await next()
    c.header('Content-Security-Policy', policy)
    c.header('X-Content-Type-Options', 'nosniff')
  })
  app.get('/gallery/gallery.css', async (c) =>
    c.body(await file('gallery.css'), 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  )
  app.get('/gallery/cell.js', async (c) =>
    c.body(await file('cell.js'), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  )
  app.get('/gallery/:surface/rules.json', (c) => {
    const surface = cells.find((it) => it === c.req.param('surface'))
    return surface ? c.json(galleryRules(surface)) : c.notFound()
  })
  app.get('/gallery/:surface/:scheme/:locale', (c) => {
    const { surface, scheme, locale } = c.req.param()
    const one = cells.find((it) => it === surface)
    const known = schemes.some((it) => it === scheme) && locales.some((it) => it === locale)
    return one && known ? c.html(page(<Cell surface={one} scheme={scheme} locale={locale} />)) : c.notFound()
  })
  app.get('/gallery', (c) => {
    c.header('Content-Security-Policy', policy)
    return c.html(page(<Gallery />))
  })
  return app
}

const Head = ({ title, scheme }: { readonly title: string; readonly scheme: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content={scheme} />
    <title>{title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/gallery/gallery.css" />
  </head>
)

/** A page as small as one can be that has all the places a nudge may stand in. */
function Cell({ surface, scheme, locale }: { surface: CellName; scheme: string; locale: string }) {
  return (
    <html lang={locale} dir={locale === 'ar' ? 'rtl' : 'ltr'} class={scheme}>
      <Head title={`${surface}, ${scheme}, ${locale}`} scheme={scheme} />
      <body>
        <main class="cell">
          <h1>Heron kettle</h1>
          <p>
            €129{' '}
            <button id="buy" type="button">
              Add to basket
            </button>
          </p>
          <div class="slot" data-splitsecond-slot="gallery" />
        </main>
        <script src="/gallery/cell.js" />
        <script
          async
          src="/splitsecond.js"
          data-ruleset={`/gallery/${surface}/rules.json`}
          data-consent="denied"
          data-vitals="false"
        />
      </body>
    </html>
  )
}

function Gallery() {
  return (
    <html lang="en">
      <Head title="Gallery of nudges" scheme="light dark" />
      <body>
        <main class="gallery">
          <h1>Every nudge</h1>
          <p>
            Each frame is a page of its own with the real script. <a href="/">Back to the shop</a>
          </p>
          {cells.map((surface) => (
            <section key={surface} aria-labelledby={surface}>
              <h2 id={surface}>{surface}</h2>
              <div class="cells">
                {Object.entries(sizes).flatMap(([size, [width, height]]) =>
                  schemes.flatMap((scheme) =>
                    locales.map((locale) => (
                      <iframe
                        key={`${size}-${scheme}-${locale}`}
                        title={`${surface}, ${scheme}, ${locale}, ${size}`}
                        src={`/gallery/${surface}/${scheme}/${locale}`}
                        width={width}
                        height={height}
                        loading="lazy"
                      />
                    )),
                  ),
                )}
              </div>
            </section>
          ))}
        </main>
      </body>
    </html>
  )
}
