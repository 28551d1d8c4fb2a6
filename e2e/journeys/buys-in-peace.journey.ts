import type { Page } from '@playwright/test'
import { anyNudge, armed, expect, flush, test } from '../kit/fixtures'
import type { Shopper } from '../kit/shopper'

/** Looks at a page as one reads: down in small steps and up again, the mouse elsewhere than on the buttons. */
async function reads(page: Page, { touch, ...shopper }: Shopper) {
  await armed(page)
  if (touch) {
    await shopper.drags(-400)
    await shopper.drags(300)
    return
  }
  await page.mouse.move(40, 400, { steps: 10 })
  for (const turn of [120, 120, 120, -120, -120]) {
    await page.mouse.wheel(0, turn)
    await page.mouse.move(40 + turn / 10, 400, { steps: 10 })
  }
}

for (const [where, place] of [
  ['page by page', ''],
  ['in a single-page shop', '/app'],
] as const)
  // On the phone one kind of shop will do.
  test(
    `a calm shopper compares, buys and is not disturbed, ${where}`,
    { tag: place ? '@once' : [] },
    async ({ page, shopper, collector }) => {
      test.slow()
      const undisturbed = () => expect(anyNudge(page)).toHaveCount(0)
      await page.goto(`${place}/list/brewing`)
      await reads(page, shopper)
      await shopper.press(page.locator('main a[href$="/product/heron-kettle"]').first())
      await shopper.at(`${place}/product/heron-kettle`)
      await reads(page, shopper)
      await undisturbed()

      await shopper.back()
      await shopper.at(`${place}/list/brewing`)
      await reads(page, shopper)
      await shopper.press(page.locator('main a[href$="/product/ridge-dripper"]').first())
      await shopper.at(`${place}/product/ridge-dripper`)
      await reads(page, shopper)
      await shopper.press(page.locator('.stepper-more'))
      await shopper.press(page.locator('#add-to-cart'))
      await expect(page.locator('.basket-count')).toHaveText('2')
      await undisturbed()

      await shopper.press(page.locator('#basket-link'))
      await shopper.at(`${place}/cart`)
      await reads(page, shopper)
      await shopper.goesToCheckout(place)
      await shopper.givesAddress(place)
      await undisturbed()
      await shopper.choosesDelivery(place)
      await undisturbed()
      await shopper.pays(place)
      await reads(page, shopper)
      await undisturbed()

      await flush(page)
      const [order] = await collector.waitFor('outcome', ({ name }) => name === 'order_complete')
      expect(order!.afterDecisions).toEqual([])
      expect(await collector.events('nudge')).toEqual([])
      const decisions = await collector.events('decision')
      expect(decisions.filter(({ decision }) => decision.verdict !== 'hold')).toEqual([])
      expect(await collector.events('loss')).toEqual([])
      expect(await collector.events('error')).toEqual([])
    },
  )
