import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { launchBrowser, type Page } from './launch-browser'
import { createMeter, type Meter } from './meter'
import { pages } from './pages'
import { serveFiles } from './serve-files'

export const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/** A page, and what measures it. */
export interface Bed {
  readonly page: Page
  readonly meter: Meter
  /** Where this page's own files are; no other page has the same address. */
  readonly base: string
  /** How long ago this page last asked for something, ms. */
  quietMs(): number
}

export interface Lab {
  /** Name and version of the browser. */
  readonly browser: string
  open(name: string): Promise<Bed>
  close(): Promise<void>
}

/** A browser, and a server on loopback that has the built script, its peers, and the pages that load them. */
export async function openLab(executablePath: string): Promise<Lab> {
  const files = new Map(pages())
  for (const name of readdirSync(dist))
    if (/^splitsecond.*\.js$/.test(name)) files.set(name, readFileSync(join(dist, name), 'utf8'))
  files.set('web-vitals.js', webVitals())
  files.set('paint-probe.js', await inPage('paint-probe'))
  const browser = await launchBrowser(executablePath)
  const server = await serveFiles(files)
  const counter = { last: 0 }
  return {
    browser: browser.version.replace('/', ' '),
    async open(name) {
      const folder = `/${++counter.last}/`
      const base = server.url + folder
      const page = await browser.open(base + name)
      return { page, meter: await createMeter(page.send), base, quietMs: () => server.quietMs(folder) }
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

function webVitals() {
  const path = createRequire(import.meta.url).resolve('web-vitals')
  const script = readFileSync(join(path, '../web-vitals.iife.js'), 'utf8').replace(/\/\/# source.*/, '')
  return `${script}\nfor (const on of ['onLCP', 'onINP', 'onCLS']) webVitals[on](() => {})`
}

/** What runs in the page is TypeScript like the rest. */
async function inPage(name: string) {
  const entry = fileURLToPath(new URL(`page/${name}.ts`, import.meta.url))
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' })
  return outputFiles[0]!.text
}
