import { stepsBackInside } from '../kit/back-from-checkout'
import { hasPageCache, launchOptions } from '../kit/browser'
import { armed, expect, flush, onPageFor, test } from '../kit/fixtures'
import { fromPageCache, watchRestores } from '../kit/page-cache'
import { expectQuickReturn, glances, told, waitForMoment, watching } from '../kit/turning-round'

test.use({ launchOptions: launchOptions({ pageCache: true }) })
test.skip(!hasPageCache, 'no Chromium here has a back/forward cache')

test(
  'a glance at a page and back, from the page cache, is a quick return',
  { tag: '@once' },
  async ({ page, shopper, collector }) => {
    await watchRestores(page)
    await expectQuickReturn(page, shopper, collector)
    expect(await fromPageCache(page)).toBe('from the page cache')
  },
)

test.describe('after a longer look', { tag: '@once' }, () => {
  test('the way back is an ordinary one', async ({ page, shopper, collector }) => {
    await watching(page, 'quick-back')
    await glances(page, collector)
    await onPageFor(page, 7500)
    await shopper.back()
    await shopper.at('/product/heron-kettle')
    await armed(page)
    await flush(page)
    await collector.waitFor('page', (event) => event.page.type === 'product', 2)
    expect(await told(collector, 'quick-back')).toEqual([])
  })
})

for (const place of ['', '/app'] as const)
  test(`a step back inside checkout is one of its own, ${place ? 'in a single-page shop' : 'page by page'}`, async ({
    page,
    shopper,
    collector,
  }) => {
    await watching(page, 'checkout-step-back', 'back-on-checkout')
    await stepsBackInside(page, shopper, place)
    const { moment } = await waitForMoment(collector, 'checkout-step-back')
    expect(moment).toMatchObject({ phase: 'confirmed', evidence: { from: 'checkout', to: 'checkout' } })
    expect(await told(collector, 'back-on-checkout')).toEqual([])
  })
