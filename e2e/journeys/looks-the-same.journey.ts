import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import { cells, schemes } from '../../demo-site/gallery/gallery-rules'
import { isWithoutWindow } from '../kit/browser'
import { anyNudge, expect, expectSeen, test } from '../kit/fixtures'

/**
 * The gallery beside pictures of it (`e2e/pictures-of-nudges`), one set for each engine and size. Written in a font that
 * comes along: the system's own is another one on each machine. After a change that is meant:
 * `npm run test:e2e -- looks-the-same --update-snapshots`, and a look at each picture that has changed.
 */
const font = createRequire(import.meta.url).resolve(
  '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
)
const writeInFont = async (page: Page) => {
  const bytes = (await readFile(font)).toString('base64')
  await page.evaluate(async (text) => {
    const file = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    document.fonts.add(await new FontFace('Inter', file.buffer, { weight: '100 900' }).load())
    document.documentElement.style.setProperty('--splitsecond-font', 'Inter')
  }, bytes)
}

// The font has Latin letters; those of the other languages are compared by their boxes (`looks-as-it-should`).
const locales = (project: string) => (project === 'desktop' ? ['en', 'de'] : ['en'])

test.skip(
  ({ browserName }) => browserName === 'chromium' && !isWithoutWindow,
  'the pictures are of a Chromium without a window, which draws letters otherwise',
)

for (const surface of cells)
  test(`${surface} looks as in its pictures`, { tag: '@firefox' }, async ({ page, consoleLines }) => {
    for (const scheme of schemes)
      for (const locale of locales(test.info().project.name)) {
        await page.goto(`/gallery/${surface}/${scheme}/${locale}`)
        await expectSeen(anyNudge(page))
        await writeInFont(page)
        await expect
          .soft(anyNudge(page))
          .toHaveScreenshot(`${surface}-${scheme}-${locale}.png`, { maxDiffPixelRatio: 0.05, scale: 'css' })
      }
    // In Firefox the page's policy stops a style of Playwright's own, which would hide the caret.
    const others = consoleLines.filter((line) => !/policy.+blocked an inline style/i.test(line))
    consoleLines.splice(0, consoleLines.length, ...others)
  })
