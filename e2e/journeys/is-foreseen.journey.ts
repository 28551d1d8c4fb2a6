import type { Page } from '@playwright/test'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, passes, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** A shopper presses what does not answer; when he presses again, what was made meanwhile need only be revealed. */
const image = { src: '/lab/pot.svg', width: 96, height: 72, alt: { en: 'A teapot' } }
const pot =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="72"><circle cx="48" cy="36" r="30"/></svg>'
const body = '<button id="dead">Buy</button><p id="elsewhere">Elsewhere</p>'

/** Asks for the picture that the page has made. */
async function open(page: Page, surface: string, more: object = {}) {
  const asked: string[] = []
  await page.route(image.src, (route) => {
    asked.push(route.request().url())
    return route.fulfill({ contentType: 'image/svg+xml', body: pot })
  })
  const rules = ruleset([ruleOn('dead-click', more, { surface, image })], {
    moments: { 'dead-click': { suspectMs: 400, deadMs: 3_000 } },
  })
  await openLab(page, { rules, body })
  await armed(page)
  return asked
}
const madeOf = (page: Page) =>
  page.evaluate(() => {
    const { shadowRoot } = document.querySelector('[data-splitsecond-stage]')!
    return [...shadowRoot!.querySelectorAll('.nudge')].length
  })

test.describe('a nudge is made before its moment', { tag: ['@mouse', '@once'] }, () => {
  for (const surface of ['toast', 'modal', 'slide-in'])
    test(`and revealed when it comes: ${surface}, its picture decoded`, async ({ page, collector }) => {
      const asked = await open(page, surface)
      await page.locator('#dead').click()
      await expect.poll(() => asked).toHaveLength(1)
      expect(await madeOf(page), 'nothing of it is in the page').toBe(0)

      await page.locator('#dead').click()
      const nudge = nudgeOf(page, 'on-dead-click')
      await expectSeen(nudge)
      const picture = nudge.getByRole('img', { name: 'A teapot' })
      expect(await picture.evaluate((it: HTMLImageElement) => [it.complete, it.decoding])).toEqual([
        true,
        'sync',
      ])
      expect(asked, 'asked for once').toHaveLength(1)

      const shown = await collector.waitForShown('on-dead-click')
      await expect(nudge).toHaveAttribute('data-decision', shown.decisionId)
      await nudge.getByRole('button', { name: 'Thanks' }).click()
      await expect(anyNudge(page)).toHaveCount(0)
      const [end] = await collector.waitFor('nudge', ({ phase }) => phase === 'dismissed')
      expect(end).toMatchObject({ decisionId: shown.decisionId, action: 0 })
    })

  test('without its picture where that cannot be had: nobody has seen its place', async ({
    page,
    consoleLines,
  }) => {
    await open(page, 'toast')
    await page.route(image.src, (route) => route.abort())
    const failed = page.waitForEvent('requestfailed')
    await page.locator('#dead').click()
    await failed
    await page.locator('#dead').click()
    const nudge = nudgeOf(page, 'on-dead-click')
    await expectSeen(nudge)
    await expect(nudge.locator('.image')).toHaveCount(0)
    consoleLines.splice(0)
  })

  test('and forgotten when it does not come: no decision, no limit spent, nothing left', async ({
    page,
    collector,
  }) => {
    const asked = await open(page, 'toast', { limits: { perSession: 1 } })
    await page.locator('#dead').click()
    await expect.poll(() => asked).toHaveLength(1)
    await page.locator('#elsewhere').evaluate((it) => (it.textContent = 'Bought'))
    await passes(page, 3_200)
    await flush(page)
    await collector.waitFor('moment', ({ moment }) => moment.phase === 'suspect')
    expect(await collector.events('decision')).toEqual([])
    expect(await call(page, 'explain')).toHaveLength(0)
    expect(await madeOf(page)).toBe(0)
  })

  test('and not made at all where it could not be shown', async ({ page, collector }) => {
    const asked = await open(page, 'toast', { when: { 'cart.total': { $gt: 0 } } })
    await page.locator('#dead').click()
    await collector.waitFor('moment', ({ moment }) => moment.phase === 'suspect')
    expect(asked).toEqual([])
  })
})
