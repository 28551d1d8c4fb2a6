import type { Page } from '@playwright/test'
import {
  anyNudge,
  armed,
  expect,
  expectSeen,
  expectWholeSplits,
  flush,
  nudgeOf,
  type Collector,
} from './fixtures'
import type { Place, Shopper } from './shopper'

const rule = 'checkout-reassure'

/**
 * Through the shop into checkout, and one step back: the shortest way to a moment that both devices have. `ready` is
 * what must be so before that; `started` alone where no ruleset can be asked for.
 */
export async function turnsBack(
  page: Page,
  shopper: Shopper,
  place: Place = '/app',
  ready: (page: Page) => Promise<void> = armed,
) {
  await shopper.fillsBasket(place)
  await ready(page)
  await shopper.goesToCheckout(place)
  await shopper.back()
  await shopper.at(`${place}/cart`)
}

/** From the second step of the checkout to its first, and what that says is sent. */
export async function stepsBackInside(page: Page, shopper: Shopper, place: Place) {
  await shopper.fillsBasket(place)
  await shopper.goesToCheckout(place)
  await shopper.givesAddress(place)
  await shopper.back()
  await shopper.at(`${place}/checkout/contact`)
  await armed(page)
  await flush(page)
}

/** Where the keyboard is: inside our nudge, on the page behind it, or nowhere. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document
    if (!activeElement || activeElement === document.body) return 'nowhere'
    return activeElement.matches('[data-splitsecond-stage]') ? 'nudge' : 'page'
  })

/** The modal is there, is one, keeps the focus, goes by Escape, and all of it is told. */
export async function expectBackFromCheckout(page: Page, shopper: Shopper, collector: Collector) {
  const nudge = nudgeOf(page, rule)
  await expectSeen(nudge)
  await expect(nudge).toHaveAttribute('data-surface', 'modal')
  await expect(page.getByRole('dialog')).toHaveAccessibleName(/Nothing is lost|Sixty days/)
  expect(await focus(page)).toBe('nudge')
  if (!shopper.touch)
    for (let press = 0; press < 8; press++) {
      await page.keyboard.press('Tab')
      expect(await focus(page), `after ${press + 1} times Tab`).not.toBe('page')
    }
  await page.keyboard.press('Escape')
  await expect(anyNudge(page)).toHaveCount(0)
  await flush(page)

  const shown = await collector.waitForShown(rule)
  expectWholeSplits(shown)
  expect(shown).toMatchObject({ fit: 'in-moment', channel: { surface: 'modal' } })
  const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
  expect(moment!.moment).toMatchObject({
    name: 'back-on-checkout',
    phase: 'confirmed',
    evidence: { from: 'checkout' },
  })
  const [end] = await collector.waitFor('nudge', (event) => event.phase === 'dismissed')
  expect(end).toMatchObject({ rule, decisionId: shown.decisionId })
  return shown
}
