/** The pictures of `docs/nudges.md`, taken of the gallery: `npx tsx e2e/pictures.ts`. */
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { cells, schemes } from '../demo-site/gallery/gallery-rules'
import { startServer } from '../demo-site/server'
import { launchOptions } from './kit/browser'

const folder = 'docs/pictures/nudges'
mkdirSync(folder, { recursive: true })
const server = await startServer({ port: 0, dataDir: mkdtempSync(join(tmpdir(), 'splitsecond-pictures-')) })
const browser = await chromium.launch(launchOptions())
const page = await browser.newPage({ viewport: { width: 640, height: 420 }, reducedMotion: 'reduce' })
for (const surface of cells)
  for (const scheme of schemes) {
    await page.goto(`${server.url}/gallery/${surface}/${scheme}/en`)
    await page.locator('[data-surface]').waitFor()
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `${folder}/${surface}-${scheme}.png` })
  }
await browser.close()
await server.close()
