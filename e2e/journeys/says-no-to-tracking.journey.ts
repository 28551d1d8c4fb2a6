import { turnsBack } from '../kit/back-from-checkout'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { ownTraces, watchTraffic } from '../kit/traffic'

const rule = 'checkout-reassure'

for (const tier of ['denied', 'pending'] as const)
  test(`consent ${tier}: the nudge comes, and nothing is kept or sent`, async ({
    page,
    context,
    shopper,
  }) => {
    const traffic = watchTraffic(context)
    await page.goto(`/app/?consent=${tier}`)
    await turnsBack(page, shopper)
    await expectSeen(nudgeOf(page, rule))
    await page.keyboard.press('Escape')
    await call(page, 'track', 'newsletter')
    await flush(page)
    expect(await ownTraces(page)).toEqual([])

    // Leaving is when most would like to say a last word.
    await page.goto('/support')
    await armed(page)
    expect(await ownTraces(page)).toEqual([])
    expect(traffic.to('/v1/events')).toEqual([])
  })

test('Global Privacy Control is a no', { tag: '@once' }, async ({ page, context, shopper, collector }) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
  const traffic = watchTraffic(context)
  await page.goto('/app/?consent=granted')
  await turnsBack(page, shopper)
  await expectSeen(nudgeOf(page, rule))
  await page.keyboard.press('Escape')
  await flush(page)
  expect(await ownTraces(page)).toEqual([])
  expect(traffic.to('/v1/events')).toEqual([])

  // What the shopper says here and now counts for more.
  await call(page, 'consent', 'granted')
  await flush(page)
  await collector.waitForShown(rule)
})

test('consent that comes later sends what is still in memory', async ({
  page,
  context,
  shopper,
  collector,
}) => {
  const traffic = watchTraffic(context)
  await page.goto('/app/?consent=pending')
  await turnsBack(page, shopper)
  await expectSeen(nudgeOf(page, rule))
  await page.keyboard.press('Escape')
  await expect(anyNudge(page)).toHaveCount(0)
  expect(traffic.to('/v1/events')).toEqual([])

  await call(page, 'consent', 'granted')
  await flush(page)
  const shown = await collector.waitForShown(rule)
  const [dismissed] = await collector.waitFor('nudge', (event) => event.phase === 'dismissed')
  expect(dismissed!.decisionId).toBe(shown.decisionId)
  const pages = await collector.waitFor('page')
  expect(pages.map(({ page: { type } }) => type)).toEqual(
    expect.arrayContaining(['product', 'cart', 'checkout']),
  )
  expect(await ownTraces(page)).toContain('splitsecond')
})

test('consent that is taken back takes everything along', async ({ page, context, shopper, collector }) => {
  const traffic = watchTraffic(context)
  await page.goto('/app/')
  await turnsBack(page, shopper)
  await expectSeen(nudgeOf(page, rule))
  await page.keyboard.press('Escape')
  await flush(page)
  await collector.waitForShown(rule)
  expect(await ownTraces(page)).toContain('splitsecond')

  await call(page, 'consent', 'denied')
  await expect.poll(() => ownTraces(page)).toEqual([])
  const sent = traffic.to('/v1/events').length
  await call(page, 'track', 'newsletter')
  await flush(page)
  await page.goto('/support?consent=denied')
  await armed(page)
  expect(await ownTraces(page)).toEqual([])
  expect(traffic.to('/v1/events')).toHaveLength(sent)
})

test(
  'a rule that asks for consent holds without it',
  { tag: '@once' },
  async ({ page, shopper, collector }) => {
    await page.route('/rules.json', async (route) => {
      const rules = (await (await route.fetch()).json()) as { rules: object[] }
      const strict = rules.rules.map((each) => ({ ...each, consent: 'granted' }))
      await route.fulfill({ json: { ...rules, rules: strict } })
    })
    await page.goto('/app/?consent=pending')
    await turnsBack(page, shopper)
    await armed(page)
    await expect(anyNudge(page)).toHaveCount(0)

    await call(page, 'consent', 'granted')
    await flush(page)
    const [held] = await collector.waitFor('decision', ({ decision }) => decision.rule === rule)
    expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'consent' })
  },
)

test.describe('an earlier visit left its traces', { tag: '@once' }, () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/support?consent=granted')
    await armed(page)
    await call(page, 'track', 'newsletter')
    await flush(page)
    expect(await ownTraces(page)).toContain('splitsecond')
  })

  test('a page that begins with a no removes them', async ({ page }) => {
    await page.goto('/support?consent=denied')
    await armed(page)
    await expect.poll(() => ownTraces(page)).toEqual([])
  })

  test('so does a no to a page that asked', async ({ page }) => {
    await page.goto('/support?consent=pending')
    await armed(page)
    expect(await ownTraces(page)).toContain('splitsecond')
    await call(page, 'consent', 'denied')
    await expect.poll(() => ownTraces(page)).toEqual([])
  })
})
