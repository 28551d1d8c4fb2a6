import type { Page } from '@playwright/test'
import { armed, call, expect, expectSeen, nudgeOf, passes, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

const durationMs = 800
const rules = ruleset([ruleOn('doubt', {}, { durationMs })])

const open = async (page: Page) => {
  await openLab(page, { rules, body: '<h1>Lab</h1><button id="help">Help</button>' })
  await armed(page)
  await call(page, 'moment', 'doubt')
  const nudge = nudgeOf(page, 'on-doubt')
  await expectSeen(nudge)
  return nudge
}
/** Longer than the nudge would stay by itself, by the page's own clock. */
const reads = (page: Page) => passes(page, durationMs * 1.5)

test.describe('a nudge that closes by itself', { tag: '@mouse' }, () => {
  test('does so, when nobody minds it', async ({ page }) => {
    await expect(await open(page)).toHaveCount(0)
  })

  test('stays under a mouse that follows the lines to the edge, and goes when the mouse has gone', async ({
    page,
  }) => {
    const nudge = await open(page)
    for (const line of ['May we help?', 'A word about this very thing.']) await nudge.getByText(line).hover()
    await nudge.hover({ position: { x: 5, y: 5 } })
    await reads(page)
    await expect(nudge).toBeVisible()
    await page.mouse.move(9, 9)
    await expect(nudge).toHaveCount(0)
  })

  test('stays for the keyboard when the mouse has gone', async ({ page }) => {
    const nudge = await open(page)
    await nudge.hover()
    await nudge.getByRole('button', { name: 'Thanks' }).focus()
    await page.mouse.move(9, 9)
    await reads(page)
    await expect(nudge).toBeVisible()
    await page.locator('#help').focus()
    await expect(nudge).toHaveCount(0)
  })
})
