import { expectBackFromCheckout, stepsBackInside, turnsBack } from '../kit/back-from-checkout'
import { hasPageCache, launchOptions } from '../kit/browser'
import { anyNudge, armed, call, expect, flush, test } from '../kit/fixtures'
import { fromPageCache, watchRestores } from '../kit/page-cache'

test.use({ launchOptions: launchOptions({ pageCache: true }) })
test.skip(!hasPageCache, 'no Chromium here has a back/forward cache')

test.describe('a shopper goes back from checkout, page by page', () => {
  test.beforeEach(({ page }) => watchRestores(page))

  test('G5: and is kept: the page comes from the back/forward cache', async ({
    page,
    shopper,
    collector,
  }) => {
    await turnsBack(page, shopper, '')
    expect(await fromPageCache(page)).toBe('from the page cache')
    const shown = await expectBackFromCheckout(page, shopper, collector)
    expect(shown.channel.pageType).toBe('cart')
    expect(await fromPageCache(page)).toBe('from the page cache')
  })

  test('goes forth, back inside checkout, and back again: no second nudge', async ({
    page,
    shopper,
    collector,
  }) => {
    await turnsBack(page, shopper, '')
    await expectBackFromCheckout(page, shopper, collector)

    await shopper.forward()
    await shopper.at('/checkout/contact')
    await flush(page)
    await expect(anyNudge(page)).toHaveCount(0)

    await shopper.back()
    await shopper.at('/cart')
    await flush(page)
    await collector.waitFor('page', (event) => event.page.path === '/cart', 3)
    await expect(anyNudge(page)).toHaveCount(0)
    expect(await collector.waitFor('nudge', (event) => event.phase === 'shown')).toHaveLength(1)
  })
})

test(
  'back on a page that was set aside for a while: no false alarm about the collector',
  {
    tag: '@once',
  },
  async ({ page, shopper, consoleLines }) => {
    await watchRestores(page)
    await shopper.fillsBasket('')
    await shopper.goesToCheckout('')
    // Longer than a request may take.
    await shopper.givesAddress('')
    for (const path of ['/checkout/contact', '/cart']) {
      await shopper.back()
      await shopper.at(path)
      expect(await fromPageCache(page)).toBe('from the page cache')
      await flush(page)
    }
    expect(consoleLines).toEqual([])
  },
)

for (const [name, place] of [
  ['in a single-page shop', '/app'],
  ['behind a hash', '/hash/#'],
] as const)
  test.describe(`a shopper goes back from checkout, ${name}`, () => {
    test('and is kept', async ({ page, shopper, collector }) => {
      await turnsBack(page, shopper, place)
      const shown = await expectBackFromCheckout(page, shopper, collector)
      expect(shown.channel.pageType).toBe('cart')

      await shopper.forward()
      await shopper.at(`${place}/checkout/contact`)
      await shopper.back()
      await shopper.at(`${place}/cart`)
      await flush(page)
      await collector.waitFor('page', (event) => event.page.path.endsWith('/cart'), 3)
      await expect(anyNudge(page)).toHaveCount(0)
      expect(await collector.waitFor('nudge', (event) => event.phase === 'shown')).toHaveLength(1)
    })
  })

for (const place of ['', '/app'] as const) {
  const where = place ? 'in a single-page shop' : 'page by page'

  test(`a step back inside checkout is no change of mind, ${where}`, async ({ page, shopper, collector }) => {
    await stepsBackInside(page, shopper, place)

    await collector.waitFor('page', (event) => event.page.path === `${place}/checkout/contact`, 2)
    expect(await collector.events('nudge')).toEqual([])
    const moments = await collector.events('moment')
    expect(moments.filter(({ moment }) => moment.name === 'back-on-checkout')).toEqual([])
    await expect(anyNudge(page)).toHaveCount(0)
  })

  // On the phone one kind of shop will do.
  test(
    `who has ordered may walk back through the checkout in peace, ${where}`,
    { tag: place ? '@once' : [] },
    async ({ page, shopper, collector }) => {
      await shopper.fillsBasket(place)
      await shopper.goesToCheckout(place)
      await shopper.givesAddress(place)
      await shopper.choosesDelivery(place)
      await shopper.pays(place)
      for (const path of ['/checkout/review', '/checkout/delivery', '/checkout/contact', '/cart']) {
        await shopper.back()
        await shopper.at(`${place}${path}`)
        await armed(page)
      }
      // With goods in the basket again the rule itself would speak.
      await call(page, 'cart', { items: [{ id: 'x' }], total: 10, currency: 'EUR' })
      await flush(page)

      await collector.waitFor('page', (event) => event.page.path === `${place}/cart`, 2)
      expect(await collector.events('nudge')).toEqual([])
      const moments = await collector.events('moment')
      expect(moments.filter(({ moment }) => moment.name === 'back-on-checkout')).toEqual([])
      await expect(anyNudge(page)).toHaveCount(0)
    },
  )
}
