import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, expectDrawn, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** A nudge that recommends what goes with the basket, or with what was bought last. */
const square = `<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="#c60"/></svg>`
const products = {
  kettle: { name: 'Heron kettle', href: '#kettle' },
  papers: {
    name: 'Cone papers',
    href: '#papers',
    image: { src: '/art/papers.svg', width: 56, height: 56 },
    price: 6.5,
    currency: 'EUR',
  },
  towel: { name: { en: 'Waffle towel', de: 'Waffeltuch' }, href: '#towel', price: 24 },
  mug: { name: '<b>Everyday</b> mug', href: '#mug' },
}
const complements = { kettle: ['papers', 'gone', 'mug'], brewing: ['kettle', 'towel'] }
const inside = ['toast', 'modal', 'slide-in', 'inline'] as const
const rules = ruleset(
  [
    ...inside.map((surface) =>
      ruleOn(surface, {}, { surface, recommend: { of: 'cart' }, place: { slot: 'roomy' } }),
    ),
    ruleOn('one', {}, { recommend: { of: 'cart', most: 1 } }),
    ruleOn('bought', {}, { recommend: { of: 'lastPurchase' } }),
  ],
  { products, complements },
)
const kettle = { id: 'kettle', category: 'brewing' }
const fills = (page: Page, ...items: object[]) =>
  call(page, 'cart', { items, total: 129, currency: 'USD' } as never)
const listed = (page: Page, rule: string) =>
  nudgeOf(page, `on-${rule}`)
    .getByRole('listitem')
    .allInnerTexts()
    .then((all) => all.map((text) => text.replace(/\s+/g, ' ')))

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.addInitScript(() => {
    const it = window as unknown as { made: number }
    it.made = 0
    Intl.NumberFormat = new Proxy(Intl.NumberFormat, {
      construct(target, given) {
        it.made++
        return Reflect.construct(target, given) as object
      },
    })
  })
  await page.route('/art/papers.svg', (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: square }),
  )
  await openLab(page, {
    rules,
    body: '<h1>Lab</h1><div data-splitsecond-slot="roomy" style="min-height:420px"></div>',
  })
  await armed(page)
})

test('what goes with the basket is listed, best first, each with picture, name and price, and a press tells which', async ({
  page,
  collector,
}) => {
  await fills(page, kettle)
  await call(page, 'moment', 'toast')
  const nudge = nudgeOf(page, 'on-toast')
  await expectSeen(nudge)
  expect(await listed(page, 'toast')).toEqual([
    'Cone papers €6.50',
    '<b>Everyday</b> mug',
    'Waffle towel $24.00',
  ])
  await expectDrawn(nudge.locator('.image'))
  await collector.waitForShown('on-toast')
  await nudge.getByRole('link', { name: 'Waffle towel' }).click()
  await expect(page).toHaveURL(/#towel$/)
  await expect(anyNudge(page)).toHaveCount(0)
  await flush(page)
  const [clicked] = await collector.waitFor('nudge', ({ phase }) => phase === 'clicked')
  expect(clicked).toMatchObject({ rule: 'on-toast', product: 'towel' })
  expect(clicked).not.toHaveProperty('action')
})

test('what is in the basket is never recommended; with nothing to recommend the decision holds', async ({
  page,
  collector,
}) => {
  await fills(page, kettle, { id: 'papers' })
  await call(page, 'moment', 'one')
  await expectSeen(nudgeOf(page, 'on-one'))
  expect(await listed(page, 'one')).toEqual(['<b>Everyday</b> mug'])
  await nudgeOf(page, 'on-one').getByRole('button', { name: 'Thanks' }).click()

  await fills(page, { id: 'mug' })
  await call(page, 'moment', 'one')
  await flush(page)
  const [held] = await collector.waitFor('decision', ({ decision }) => decision.verdict === 'hold')
  expect(held!.decision).toMatchObject({ rule: 'on-one', reason: 'missing-value' })
  await expect(anyNudge(page)).toHaveCount(0)
})

test('after an order it is what goes with that, without what was bought', async ({ page }) => {
  await call(page, 'track', 'order_complete', { value: 135, items: [kettle, { id: 'papers' }] })
  await call(page, 'moment', 'bought')
  await expectSeen(nudgeOf(page, 'on-bought'))
  expect(await listed(page, 'bought')).toEqual(['<b>Everyday</b> mug', 'Waffle towel'])
})

test(
  'how prices are written is worked out beforehand, not at the moment',
  { tag: '@once' },
  async ({ page }) => {
    await fills(page, kettle)
    const made = () => page.evaluate(() => (window as unknown as { made: number }).made)
    // One for the price in euros, one for those in the currency of the basket.
    await expect.poll(made).toBeGreaterThanOrEqual(2)
    const before = await made()
    await call(page, 'moment', 'toast')
    await expectSeen(nudgeOf(page, 'on-toast'))
    expect(await listed(page, 'toast')).toHaveLength(3)
    expect(await made()).toBe(before)
  },
)

test('on every surface with room each product is a whole line for a finger, none over another', async ({
  page,
}) => {
  await fills(page, kettle)
  for (const surface of inside) {
    await call(page, 'moment', surface)
    const nudge = nudgeOf(page, `on-${surface}`)
    await expectSeen(nudge)
    const own = (await nudge.boundingBox())!
    const boxes = await Promise.all((await nudge.getByRole('link').all()).map((it) => it.boundingBox()))
    expect(boxes).toHaveLength(3)
    let below = own.y
    for (const box of boxes) {
      expect(box!.height).toBeGreaterThanOrEqual(44)
      expect(box!.y).toBeGreaterThanOrEqual(below)
      expect(box!.x).toBeGreaterThanOrEqual(own.x)
      expect(box!.x + box!.width).toBeLessThanOrEqual(own.x + own.width)
      below = box!.y + box!.height
    }
    await nudge.getByRole('button', { name: 'Thanks' }).click()
    await expect(nudge).toHaveCount(0)
  }
})

test(
  'a preview shows the first products to whoever writes it, with an empty basket',
  { tag: '@once' },
  async ({ page }) => {
    await call(page, 'preview', 'on-slide-in')
    await expectSeen(nudgeOf(page, 'on-slide-in'))
    expect(await listed(page, 'slide-in')).toEqual(['Heron kettle', 'Cone papers €6.50', 'Waffle towel'])
  },
)
