import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cells, locales, schemes, type Cell } from '../../demo-site/gallery/gallery-rules'
import { anyNudge, expect, expectSeen, test } from '../kit/fixtures'

/**
 * The gallery, cell by cell. What is compared is boxes and computed colours, not pixels: the nudges are written in the
 * system's own font, which is another one on each machine.
 */
const fromEdge: Readonly<Record<Cell, (box: Box, view: Size, isPhone: boolean) => boolean>> = {
  toast: ({ y, height }, view, isPhone) => near(y + height, view.height - (isPhone ? 12 : 16)),
  bar: ({ x, y, width }, view) => x === 0 && near(y, 0) && near(width, view.width),
  modal: ({ x, width, y, height }, view) =>
    near(x + width / 2, view.width / 2) && near(y + height / 2, view.height / 2),
  'slide-in': ({ y, height }, view, isPhone) => near(y + height, view.height - (isPhone ? 0 : 16)),
  recommend: ({ y, height }, view, isPhone) => near(y + height, view.height - (isPhone ? 0 : 16)),
  inline: ({ x }) => x >= 24,
  tip: ({ x, width }, view) => x >= 8 && x + width <= view.width - 8,
}
interface Size {
  readonly width: number
  readonly height: number
}
interface Box extends Size {
  readonly x: number
  readonly y: number
}
const near = (one: number, other: number) => Math.abs(one - other) <= 2
const paper = { light: 'rgb(255, 255, 255)', dark: 'rgb(29, 31, 36)' }

const open = async (page: Page, cell: string) => {
  await page.goto(`/gallery/${cell}`)
  const nudge = anyNudge(page)
  await expectSeen(nudge)
  return nudge
}

for (const surface of cells)
  test(
    `${surface}: in its place, in the page’s scheme, readable, with room for a finger, in each language`,
    { tag: surface === 'recommend' ? '@once' : [] },
    async ({ page }) => {
      test.slow()
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const view = page.viewportSize()!
      for (const scheme of schemes)
        for (const locale of locales) {
          const cell = `${surface}/${scheme}/${locale}`
          const nudge = await open(page, cell)
          await expect(nudge).toHaveAttribute('dir', locale === 'ar' ? 'rtl' : 'ltr')
          await expect(nudge).toHaveCSS('background-color', paper[scheme])
          await expect(nudge).toHaveCSS('opacity', '1')
          const box = (await nudge.boundingBox())!
          expect
            .soft(fromEdge[surface](box, view, view.width <= 600), `${cell} ${JSON.stringify(box)}`)
            .toBe(true)
          for (const control of await nudge.locator('button, a').all())
            expect.soft((await control.boundingBox())!.height, cell).toBeGreaterThanOrEqual(40)
          const { violations } = await new AxeBuilder({ page }).analyze()
          const faults = violations.flatMap(({ id, nodes }) =>
            nodes.map((it) => `${id}: ${it.failureSummary}`),
          )
          expect.soft(faults, cell).toEqual([])
        }
    },
  )

test(
  'at 320 px, and at 200 % of a small window, nothing is cut off and nothing scrolls sideways',
  { tag: '@once' },
  async ({ page }) => {
    test.slow()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    for (const size of [
      { width: 320, height: 568 },
      { width: 640, height: 360 },
    ]) {
      await page.setViewportSize(size)
      for (const surface of cells) {
        await page.goto(`/gallery/${surface}/light/de`)
        const nudge = anyNudge(page)
        await expect(nudge).toBeInViewport({ ratio: surface === 'inline' ? 0.3 : 0.99 })
        const cut = await nudge.evaluate((it) => [
          it.scrollWidth - it.clientWidth,
          document.documentElement.scrollWidth - innerWidth,
        ])
        expect
          .soft(
            cut.every((px) => px <= 0),
            `${surface} at ${size.width}: ${cut.join()}`,
          )
          .toBe(true)
      }
    }
  },
)

test('in forced colours every button has an outline', { tag: '@once' }, async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  for (const control of await (await open(page, 'toast/light/en')).locator('button, a').all()) {
    await expect(control).toHaveCSS('border-top-style', 'solid')
    await expect(control).not.toHaveCSS('border-top-width', '0px')
  }
})

test('the gallery shows them all, and the shop’s foot leads there', { tag: '@once' }, async ({ page }) => {
  await page.goto('/support')
  await page.getByRole('link', { name: 'Every nudge it can show' }).click()
  await expect(page.getByRole('heading', { name: 'Every nudge' })).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(cells.length * schemes.length * locales.length * 2)
  await expect(page.frameLocator('iframe >> nth=0').locator('[data-surface=toast]')).toBeVisible()
})
