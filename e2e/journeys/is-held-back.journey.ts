import { turnsBack } from '../kit/back-from-checkout'
import { anyNudge, armed, expect, expectSeen, flush, nudgeOf, test, type GhostNudge } from '../kit/fixtures'

test('a held-out shopper sees nothing, and the collector has the ghost', async ({
  page,
  shopper,
  collector,
}) => {
  await page.goto('/app/?rules=holdout')
  await turnsBack(page, shopper)
  await flush(page)

  const found = await collector.waitFor('nudge', (event) => event.phase === 'ghost')
  const ghost = found[0] as GhostNudge
  expect(ghost).toMatchObject({ rule: 'checkout-reassure', channel: { surface: 'modal', pageType: 'cart' } })
  const { wait, capture, detect, profile, decide, mount, paint, total } = ghost.splits
  for (const split of [wait, capture, detect, profile, decide]) expect(split).toBeGreaterThanOrEqual(0)
  expect(ghost.splits.signalToDecision).toBeCloseTo(capture + detect + profile + decide, 0)
  expect({ mount, paint, total }).toEqual({ mount: null, paint: null, total: null })
  expect(ghost.splits).toMatchObject({ decisionToAction: null, actionToCustomer: null })

  const [decision] = await collector.waitFor('decision', (event) => event.decisionId === ghost.decisionId)
  expect(decision!.decision).toMatchObject({ verdict: 'ghost', reason: 'holdout', owner: 'checkout team' })
  await expect(anyNudge(page)).toHaveCount(0)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await collector.events('nudge')).toHaveLength(1)
})

test('a shopper who has had the one nudge of the session gets no other', async ({
  page,
  shopper,
  collector,
}) => {
  await page.goto('/app/?rules=limit')
  await turnsBack(page, shopper)
  await expectSeen(nudgeOf(page, 'checkout-reassure'))
  await page.keyboard.press('Escape')
  await expect(anyNudge(page)).toHaveCount(0)

  // Also on another page of the same session.
  await page.goto('/support')
  await armed(page)
  const name = page.getByLabel('Name')
  await shopper.press(name)
  for (const word of ['Roos', 'Rosa', 'Rose', 'Roos']) {
    await shopper.erases(name)
    await shopper.type(name, word)
  }
  await flush(page)

  const [held] = await collector.waitFor('decision', ({ decision }) => decision.rule === 'support-shortcut')
  expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'limit', owner: 'support team' })
  await expect(anyNudge(page)).toHaveCount(0)
  expect(await collector.waitFor('nudge', (event) => event.phase === 'shown')).toHaveLength(1)
})
