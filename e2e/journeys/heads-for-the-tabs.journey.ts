import {
  anyNudge,
  armed,
  expect,
  expectSeen,
  expectWholeSplits,
  flush,
  nudgeOf,
  onPageFor,
  passes,
  test,
} from '../kit/fixtures'

const rule = 'cart-keep'
/** Before this a mouse that leaves means nothing. */
const armMs = 5000

test.describe('a shopper in the basket heads for the tabs', { tag: '@mouse' }, () => {
  test('sees the bar', async ({ page, shopper, collector }) => {
    await shopper.fillsBasket('')
    await armed(page)
    await shopper.press(page.getByRole('button', { name: /One .* more/ }))
    await expect(page.locator('.stepper-count')).toHaveText('2')
    await onPageFor(page, armMs + 200)
    await expect(anyNudge(page)).toHaveCount(0)
    await shopper.leaveByTheTop()

    const nudge = nudgeOf(page, rule)
    await expectSeen(nudge)
    await expect(nudge).toContainText('We will keep this for you')
    const box = (await nudge.boundingBox())!
    expect(box.y).toBeLessThan(20)
    expect(box.width).toBeGreaterThan(1200)

    const shown = await collector.waitForShown(rule)
    expectWholeSplits(shown)
    expect(shown).toMatchObject({ fit: 'in-moment', channel: { surface: 'bar', pageType: 'cart' } })
    expect(shown.splits.wait).toBeGreaterThanOrEqual(200)
    const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
    expect(moment!.moment).toMatchObject({ name: 'exit-intent', phase: 'confirmed' })

    await shopper.press(nudge.getByRole('link', { name: 'To checkout' }))
    await shopper.at('/checkout/contact')
    const [end] = await collector.waitFor('nudge', (event) => event.phase === 'clicked')
    expect(end).toMatchObject({ rule, action: 0, decisionId: shown.decisionId })
  })

  test('with nothing in the basket sees nothing', async ({ page, shopper, collector }) => {
    await page.goto('/cart')
    await armed(page)
    await shopper.press(page.getByRole('heading', { level: 1 }))
    await onPageFor(page, armMs + 200)
    await shopper.leaveByTheTop()

    const [held] = await collector.waitFor('decision')
    expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'condition', rule })
    await expect(anyNudge(page)).toHaveCount(0)
  })

  test('out of a field that is being filled in is only on the way to a suggestion', async ({
    page,
    shopper,
    collector,
  }) => {
    await shopper.fillsBasket('')
    await armed(page)
    await page.getByLabel('Deliver to').focus()
    await onPageFor(page, armMs + 200)
    await shopper.leaveByTheTop()
    // The mouse comes back much later than the 200 ms after which an exit is believed.
    await passes(page, 400)
    await flush(page)
    await collector.waitFor('page', (event) => event.page.type === 'cart')
    expect(await collector.events('moment')).toEqual([])
    await expect(anyNudge(page)).toHaveCount(0)
  })
})
