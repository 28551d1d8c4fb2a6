import { expectBackFromCheckout, turnsBack } from '../kit/back-from-checkout'
import { anyNudge, armed, expect, flush, test } from '../kit/fixtures'
import { fromPageCache, watchRestores } from '../kit/page-cache'

test.describe('a shopper goes back from checkout to a page that loads anew', { tag: '@once' }, () => {
  test.beforeEach(({ page }) => watchRestores(page))

  test('and is kept', async ({ page, shopper, collector }) => {
    await turnsBack(page, shopper, '')
    expect(await fromPageCache(page)).toMatch(/^loaded anew/)
    await expectBackFromCheckout(page, shopper, collector)
  })

  test('goes forth and back again at once: no second nudge', async ({ page, shopper, collector }) => {
    // Only the moment's own cooldown is left to keep quiet.
    await page.route('/rules.json', async (route) => {
      const rules = (await (await route.fetch()).json()) as object
      await route.fulfill({ json: { ...rules, limits: {} } })
    })
    await turnsBack(page, shopper, '')
    await expectBackFromCheckout(page, shopper, collector)

    await shopper.forward()
    await shopper.at('/checkout/contact')
    await armed(page)
    await flush(page)
    await expect(anyNudge(page)).toHaveCount(0)

    await shopper.back()
    await shopper.at('/cart')
    await armed(page)
    await flush(page)
    await collector.waitFor('page', (event) => event.page.path === '/cart', 3)
    await expect(anyNudge(page)).toHaveCount(0)
    expect(await collector.waitFor('nudge', (event) => event.phase === 'shown')).toHaveLength(1)
  })
})
