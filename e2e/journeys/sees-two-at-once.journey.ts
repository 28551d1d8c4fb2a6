import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** Nudges in slots of their own. */
const rules = ruleset([
  ruleOn('first', { priority: 5 }),
  ruleOn('second', { priority: 1 }),
  ruleOn('help', { slot: 'help' }),
  ruleOn('notice', { slot: 'notice' }, { surface: 'bar' }),
  ruleOn('question', { slot: 'question' }, { surface: 'modal' }),
])
const raises = async (page: Page, moment: string) => call(page, 'moment', moment)
const boxOf = async (page: Page, moment: string) => (await nudgeOf(page, `on-${moment}`).boundingBox())!

test.beforeEach(async ({ page }) => {
  await openLab(page, { rules })
  await armed(page)
})

test('they stand apart, wherever they are, and each can be closed', async ({ page, collector }) => {
  for (const moment of ['first', 'notice', 'help']) {
    await raises(page, moment)
    await collector.waitForShown(`on-${moment}`)
  }
  const [notice, first, help] = await Promise.all(['notice', 'first', 'help'].map((it) => boxOf(page, it)))
  const { height } = page.viewportSize()!
  expect(notice!.y).toBe(0)
  expect(first!.y).toBeGreaterThan(notice!.y + notice!.height)
  expect(help!.y).toBeGreaterThanOrEqual(first!.y + first!.height)
  expect(first!.y).toBeGreaterThan(height / 3)
  const below = height - (help!.y + help!.height)
  expect(below).toBeGreaterThanOrEqual(8)
  expect(below).toBeLessThanOrEqual(24)
  for (const moment of ['notice', 'first', 'help']) await expectSeen(nudgeOf(page, `on-${moment}`))

  await nudgeOf(page, 'on-help').getByRole('button', { name: 'Thanks' }).click()
  await expect(anyNudge(page)).toHaveCount(2)
  for (const moment of ['notice', 'first']) await expectSeen(nudgeOf(page, `on-${moment}`))
  expect((await boxOf(page, 'first')).y).toBe(help!.y)
})

test('in one slot there is one; what is of lower priority is told that it was outranked, at once', async ({
  page,
  collector,
}) => {
  await raises(page, 'first')
  await collector.waitForShown('on-first')
  await raises(page, 'second')
  await flush(page)
  const [second] = await collector.waitFor('decision', ({ decision }) => decision.rule === 'on-second')
  expect(second!.decision).toMatchObject({ verdict: 'hold', reason: 'outranked' })
  await raises(page, 'first')
  const [, again] = await collector.waitFor('decision', ({ decision }) => decision.rule === 'on-first', 2)
  expect(again!.decision).toMatchObject({ verdict: 'hold', reason: 'busy' })
  await expect(anyNudge(page)).toHaveCount(1)
})

test('a modal stands alone: what comes meanwhile waits for its end, and it comes beside nothing', async ({
  page,
  collector,
}) => {
  await raises(page, 'question')
  await collector.waitForShown('on-question')
  await raises(page, 'help')
  await expect(nudgeOf(page, 'on-help')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expectSeen(nudgeOf(page, 'on-help'))
  await collector.waitForShown('on-help')
  await raises(page, 'question')
  const [held] = await collector.waitFor('decision', ({ decision }) => decision.verdict === 'hold')
  expect(held!.decision).toMatchObject({ rule: 'on-question', reason: 'busy' })
  await expect(anyNudge(page)).toHaveCount(1)
})
