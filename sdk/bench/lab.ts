import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { build } from 'esbuild'
import { createMeter, type Meter } from './meter'
import { pages } from './pages'
import { serveFiles } from './serve-files'

export const dist = fileURLToPath(new URL('../../dist/', import.meta.url))

/** A page in a browser context of its own: nothing is cached, nothing is remembered. */
export interface Bed {
  readonly page: Page
  readonly meter: Meter
  /** Where this page's own files are; no other page has the same address. */
  readonly base: string
  /** How long ago this page last asked for something, ms. */
  quietMs(): number
  close(): Promise<void>
}

export interface Lab {
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
  const server = await serveFiles(files)
  const asRoot = process.getuid?.() === 0
  const browser = await chromium
    .launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] })
    .catch((error: Error) => {
      server.close()
      throw Error(`the browser ${executablePath} does not start: ${error.message.split('\n')[0]}`)
    })
  const counter = { last: 0 }
  return {
    browser: `Chromium ${browser.version()}`,
    async open(name) {
      const folder = `/${++counter.last}/`
      const base = server.url + folder
      const bed = await openPage(browser, base + name)
      return { ...bed, base, quietMs: () => server.quietMs(folder) }
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

async function openPage(browser: Browser, url: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } })
  const page = await context.newPage()
  const meter = await createMeter(await context.newCDPSession(page))
  await page.goto(url, { waitUntil: 'load' })
  return { page, meter, close: () => context.close() }
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
