import type { Page } from '@playwright/test'
import { armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** A shopper far from the shop: her days begin nine hours after those of its server. */
test.use({ timezoneId: 'America/Los_Angeles', locale: 'en-US' })

const cart = { items: [{ name: 'Teapot', quantity: 2 }, { name: 'Mug' }], total: 129.5, currency: 'EUR' }
const rules = ruleset([
  ruleOn('doubt', {}, {
    copy: {
      en: {
        title: '{{cart.total|currency}} for {{cart.count|plural:one=# piece;other=# pieces}}',
        body: '{{cart.items|list:name}}: here on {{page.day|date}}, if ordered before {{page.until|time|noon}}.',
      },
      he: { title: 'היי {{visitor.name|לך}}, הסל שלך כאן', close: 'סגירה' },
    },
  }),
  ruleOn('hole', {}, { copy: { en: { title: 'For {{account.total|currency}}' } } }),
]) // prettier-ignore

const shown = async (page: Page, moment = 'doubt') => {
  await call(page, 'moment', moment)
  const nudge = nudgeOf(page, `on-${moment}`)
  await expectSeen(nudge)
  return nudge
}
/** The first input: from then on texts are no longer laid out word by word. */
const touchPage = (page: Page) => page.mouse.click(5, 5)

test('in her currency, her plural, her day and her hour', async ({ page }) => {
  await openLab(page, { rules })
  await armed(page)
  await call(page, 'cart', cart)
  await call(page, 'page', { day: '2026-11-26', until: '2026-11-26T18:00:00Z' })
  const nudge = await shown(page)
  await expect(nudge.locator('[part=title]')).toHaveText('€129.50 for 3 pieces')
  await expect(nudge.locator('[part=body]')).toHaveText(
    'Teapot and Mug: here on November 26, 2026, if ordered before 10:00 AM.',
  )
})

test('what is made of figures was made ready before the moment', async ({ page }) => {
  await page.addInitScript(() => {
    const count = ((window as unknown as { made: unknown }).made = { now: 0 })
    for (const name of ['NumberFormat', 'DateTimeFormat', 'PluralRules', 'ListFormat'] as const)
      Object.defineProperty(Intl, name, {
        value: new Proxy(Intl[name], {
          construct(target, given) {
            count.now++
            return Reflect.construct(target, given) as object
          },
        }),
      })
  })
  const made = () => page.evaluate(() => (window as unknown as { made: { now: number } }).made.now)
  await openLab(page, { rules })
  await armed(page)
  await call(page, 'cart', cart)
  await call(page, 'page', { day: '2026-11-26', until: '2026-11-26T18:00:00Z' })
  // When the page is idle, one text after the other: until nothing more is made in two idle spells.
  const madeMeanwhile = async () => {
    const before = await made()
    await page.evaluate(
      () => new Promise((resolve) => requestIdleCallback(() => requestIdleCallback(resolve))),
    )
    return (await made()) - before
  }
  await expect.poll(madeMeanwhile).toBe(0)
  const ahead = await made()
  expect(ahead).toBeGreaterThanOrEqual(6)
  await shown(page)
  expect(await made()).toBe(ahead)
})

test('a hole is worse than no nudge', async ({ page, collector }) => {
  await openLab(page, { rules })
  await armed(page)
  await call(page, 'identify', { account: { total: 'a lot' } })
  await call(page, 'moment', 'hole')
  await flush(page)
  const [held] = await collector.waitFor('decision', ({ decision }) => decision.rule === 'on-hole')
  expect(held!.decision).toMatchObject({ verdict: 'hold', reason: 'missing-value' })
})

for (const [when, first] of [
  ['before the first input', false],
  ['after it', true],
] as const)
  test(`from right to left, and a name in another script turns nothing round, ${when}`, async ({ page }) => {
    await openLab(page, { rules })
    await page.evaluate(() => void (document.documentElement.lang = 'he'))
    await armed(page)
    if (first) await touchPage(page)
    await call(page, 'identify', { name: 'Miss Ada!' })
    const nudge = await shown(page)
    await expect(nudge).toHaveAttribute('dir', 'rtl')
    await expect(nudge.getByRole('button', { name: 'סגירה' })).toBeVisible()
    await expect(nudge.locator('[part=title]')).toHaveText('היי Miss Ada!, הסל שלך כאן')
    // Her name reads from left to right within a line that goes the other way; the comma follows it on its left.
    const at = await nudge.locator('[part=title]').evaluate((title) => {
      const text = title.ownerDocument.createTreeWalker(title, NodeFilter.SHOW_TEXT)
      const places: Record<string, number> = {}
      while (text.nextNode()) {
        const { data } = text.currentNode as Text
        for (const mark of ['היי', 'Miss', 'Ada', '!', ',']) {
          const index = data.indexOf(mark)
          if (index < 0) continue
          const range = document.createRange()
          range.setStart(text.currentNode, index)
          range.setEnd(text.currentNode, index + mark.length)
          places[mark] = range.getBoundingClientRect().left
        }
      }
      return places
    })
    const order = Object.entries(at)
      .sort(([, one], [, other]) => one - other)
      .map(([mark]) => mark)
    expect(order).toEqual([',', 'Miss', 'Ada', '!', 'היי'])
  })

test('a value without end leaves the page in sight', async ({ page }) => {
  await openLab(page, {
    rules: ruleset([ruleOn('name', {}, { copy: { en: { title: 'For {{visitor.name}}' } } })]),
  })
  await armed(page)
  const name = `${'\u202E'.repeat(50)}${'Z̸̢̛'.repeat(50_000)}`
  await call(page, 'identify', { name })
  const nudge = await shown(page, 'name')
  const { width, height } = (await nudge.boundingBox())!
  const view = page.viewportSize()!
  expect(width * height).toBeLessThan((view.width * view.height) / 3)
  const title = await nudge.locator('[part=title]').textContent()
  expect(title!.length).toBeLessThan(120)
  expect(title).not.toContain('\u202E')
})
