import type { Page } from '@playwright/test'
import type { Handle } from '../../sdk/src/handle'
import { armed, call, expect, expectDrawn, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'
import { vitals, watchVitals, type Vitals } from '../kit/vitals'

interface Lab {
  readonly splitsecond: Handle
  shown: number
}

/** Loaded and drawn: the fonts are there, and every picture that has arrived is decoded. */
const settled = async (page: Page, path: string) => {
  await page.goto(path, { waitUntil: 'load' })
  await page.evaluate(async () => {
    await document.fonts.ready
    const arrived = [...document.images].filter((image) => image.complete)
    await Promise.all(arrived.map((image) => image.decode()))
  })
  return vitals(page)
}

/**
 * The same paint, and nothing has moved. The browser itself counts a picture one row of pixels smaller now and then
 * (785,141 for 786,420 px², once in about 70 loads of a page without the script).
 */
const expectSame = (it: Vitals, without: Vitals) => {
  expect(it.largest).toBe(without.largest)
  expect(it.size / without.size).toBeCloseTo(1, 2)
  expect(it.shift).toBeCloseTo(without.shift, 3)
}

test.describe('web vitals', () => {
  for (const path of ['/', '/pricing', '/product/heron-kettle', '/support'])
    test(`${path} is painted as without the script`, async ({ page }) => {
      await watchVitals(page)
      const without = await settled(page, `${path}?sdk=off`)
      await settled(page, `${path}?sdk=on`)
      await armed(page)
      expectSame(await vitals(page), without)
    })

  test(
    'a nudge before the first click is not the largest paint',
    { tag: '@mouse' },
    async ({ page, shopper }) => {
      await watchVitals(page)
      const without = await settled(page, '/pricing?sdk=off')
      await settled(page, '/pricing?sdk=on')
      await armed(page)
      await shopper.hover(page.locator('[data-cta]').first())
      await expectSeen(nudgeOf(page, 'pricing-help'))
      expectSame(await vitals(page), without)
    },
  )

  for (const surface of ['toast', 'bar', 'modal'] as const)
    test(`a long ${surface} before the first input is neither the largest paint nor a shift`, async ({
      page,
    }) => {
      const words = 'Sixteen cups, a month of mornings and nothing that you could not stop. '
      const copy = { en: { title: 'Not sure which one of these?', body: words.repeat(6) } }
      await page.route('/rules.json', (route) =>
        route.fulfill({ json: ruleset([ruleOn('doubt', {}, { surface, copy })]) }),
      )
      await watchVitals(page)
      const without = await settled(page, '/support?sdk=off')
      await settled(page, '/support?sdk=on')
      await armed(page)
      await call(page, 'moment', 'doubt')
      await expectSeen(nudgeOf(page, 'on-doubt'))
      expectSame(await vitals(page), without)
    })

  test('nor is the picture in one, which is there all the same', { tag: '@once' }, async ({ page }) => {
    const image = { src: '/art/hero.svg', width: 480, height: 320, alt: { en: 'Two cups' } }
    const copy = { en: { title: 'Tea?' } }
    const rules = ruleset([ruleOn('doubt', {}, { surface: 'modal', copy, image })])
    await watchVitals(page)
    await openLab(page, { rules, body: '<h1>Lab</h1><p>Hardly a word.</p>' })
    await armed(page)
    const without = await vitals(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    const picture = nudgeOf(page, 'on-doubt').getByRole('img', { name: 'Two cups' })
    await expect(picture).toBeInViewport()
    await expectDrawn(picture)
    expectSame(await vitals(page), without)
  })

  test(
    'a press is answered as soon as without the script, nudge or no nudge, after a hundred of them',
    { tag: '@once' },
    async ({ page, shopper }) => {
      test.slow()
      const presses = 8
      const nudges = 34
      // One stays, the others are gone by themselves, so that the next one comes at once.
      const rules = [ruleOn('doubt'), ruleOn('row', { slot: 'row' }, { durationMs: 80 })]
      await page.route('/rules.json', (route) => route.fulfill({ json: ruleset(rules) }))
      await watchVitals(page)
      const press = async () => {
        const before = (await vitals(page)).presses.length
        for (let press = 0; press < presses; press++) await shopper.press(page.locator('#add-to-cart'))
        const told = (await vitals(page)).presses.slice(before)
        // The browser is silent about what took less than 16 ms.
        return [...told, ...Array<number>(Math.max(0, presses - told.length)).fill(8)]
      }
      /** One after the other, painted and gone again. */
      const hundreds = async () => {
        await page.evaluate((count) => {
          const lab = window as unknown as Lab
          lab.shown = 0
          lab.splitsecond.on('nudge', (event) => {
            const phase = 'phase' in event && event.phase
            // On a busy machine one may go before its frame came.
            if (phase !== 'expired' && phase !== 'missed') return
            if (phase === 'expired') lab.shown++
            if (lab.shown < count) setTimeout(() => lab.splitsecond.moment('row'))
          })
          lab.splitsecond.moment('row')
        }, nudges)
        const shown = () => page.evaluate(() => (window as unknown as Lab).shown)
        await expect.poll(shown, { timeout: 20_000 }).toBe(nudges)
      }
      const without: number[] = []
      const withNudge: number[] = []
      for (let turn = 0; turn < 3; turn++) {
        await settled(page, '/product/heron-kettle?sdk=off')
        without.push(...(await press()))
        await settled(page, '/product/heron-kettle?sdk=on')
        await armed(page)
        await hundreds()
        await call(page, 'moment', 'doubt')
        await expectSeen(nudgeOf(page, 'on-doubt'))
        withNudge.push(...(await press()))
      }
      const median = (all: number[]) => all.sort((a, b) => a - b)[all.length >> 1]!
      expect(median(withNudge)).toBeLessThanOrEqual(2 * median(without))
      const said = [without, withNudge].map((all) => `${median(all)} (worst ${all.at(-1)})`)
      console.log(`press to frame, ms, median: ${said[0]} without, ${said[1]} with nudges`)
    },
  )

  test('closing a nudge moves nothing', async ({ page, shopper }) => {
    await page.route('/rules.json', (route) => route.fulfill({ json: ruleset([ruleOn('doubt')]) }))
    await watchVitals(page)
    const { shift } = await settled(page, '/support')
    await armed(page)
    const before = await page.locator('main').boundingBox()
    await call(page, 'moment', 'doubt')
    const nudge = nudgeOf(page, 'on-doubt')
    await expectSeen(nudge)
    expect(await page.locator('main').boundingBox()).toEqual(before)
    await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
    await expect(nudge).toHaveCount(0)
    expect(await page.locator('main').boundingBox()).toEqual(before)
    expect((await vitals(page)).shift).toBeCloseTo(shift, 3)
  })

  test('the collector hears of them when the page is left', async ({ page, shopper, collector }) => {
    const part = page.waitForResponse(/splitsecond-vitals\.js/)
    await page.goto('/product/heron-kettle')
    await armed(page)
    await part
    await shopper.press(page.locator('#add-to-cart'))
    await expect(page.locator('.basket-count')).toHaveText('1')
    await shopper.press(page.locator('#basket-link'))
    await shopper.at('/cart')
    await armed(page)
    await flush(page)
    const ofThatPage = await collector.waitFor('vitals', (event) => event.page.type === 'product', 3)
    const values = Object.fromEntries(ofThatPage.map(({ name, value }) => [name, value]))
    expect(Object.keys(values).sort()).toEqual(['CLS', 'INP', 'LCP'])
    expect(values['LCP']).toBeGreaterThan(0)
    expect(values['CLS']).toBeLessThan(0.1)
  })
})
