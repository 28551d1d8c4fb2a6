import type { Page } from '@playwright/test'
import { armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'

/** For who leans to mugs, and for who has bought trays. */
const rules = ruleset([
  ruleOn('doubt', { when: { 'visitor.affinity.mugs': { $gte: 3.9 } } }),
  ruleOn('thanks', { when: { 'visitor.lastPurchase.categories': { $in: ['trays'] } } }, {
    copy: { en: { title: 'For {{visitor.lastPurchase.value|currency:EUR}} of trays' } },
  }),
  ruleOn('full', { when: { 'cart.total': { $gte: 18 }, 'page.type': 'product' } }),
]) // prettier-ignore
const mug = { item_id: 'm1', item_name: 'Mug', item_category: 'mugs', price: 9, quantity: 2 }
const layer = (...entries: object[]) => `<script>window.dataLayer = ${JSON.stringify(entries)}</script>`
const push = (page: Page, entry: object) =>
  page.evaluate((it) => void (window as unknown as { dataLayer: object[] }).dataLayer.push(it), entry)
const observed = (page: Page, rule: string) =>
  page.evaluate(
    (id) =>
      (
        window as unknown as { splitsecond: { explain(rule: string): { decision: { reason: string } }[] } }
      ).splitsecond
        .explain(id)
        .map(({ decision }) => decision.reason)[0],
    rule,
  )

test('what she looked at and put into her cart on other pages counts; a no forgets it', async ({ page }) => {
  await openLab(page, { rules })
  await armed(page)
  await call(page, 'page', { type: 'product', category: 'mugs' })
  await call(page, 'moment', 'doubt')
  await expect.poll(() => observed(page, 'on-doubt')).toBe('condition')
  await call(page, 'cart', { items: [{ id: 'm1', category: 'mugs' }], total: 9, currency: 'EUR' })
  await page.reload()
  await armed(page)
  await call(page, 'cart', { items: [{ id: 'm1', category: 'mugs' }], total: 9, currency: 'EUR' })
  await call(page, 'moment', 'doubt')
  await expectSeen(nudgeOf(page, 'on-doubt'))
  await call(page, 'consent', 'denied')
  await page.reload()
  await armed(page)
  await call(page, 'moment', 'doubt')
  await expect.poll(() => observed(page, 'on-doubt')).toBe('condition')
})

test('without a rule that asks for it nothing is kept, and no part is loaded', async ({ page }) => {
  const parts: string[] = []
  page.on('request', (request) => void parts.push(request.url().split('/').at(-1)!))
  await openLab(page, { rules: ruleset([ruleOn('doubt')]) })
  await armed(page)
  await call(page, 'page', { type: 'product', category: 'mugs' })
  await call(page, 'moment', 'doubt')
  await expectSeen(nudgeOf(page, 'on-doubt'))
  expect(parts.filter((name) => /affinity|data-layer|filters/.test(name))).toEqual([])
})

test('the markup says it, too: a press in a list', async ({ page }) => {
  const items = ['mugs', 'trays'].map((it) => `<li data-splitsecond-item="${it}" data-splitsecond-category="${it}"><button>${it}</button></li>`) // prettier-ignore
  const asked = ruleset([ruleOn('taste', { when: { 'visitor.affinity.trays': { $gt: 0.9 }, 'visitor.affinity.mugs': 0 } })]) // prettier-ignore
  await openLab(page, { rules: asked, body: `<ul data-splitsecond-list>${items.join('')}</ul>` })
  await armed(page)
  await page.getByRole('button', { name: 'trays' }).click()
  await call(page, 'moment', 'taste')
  await expectSeen(nudgeOf(page, 'on-taste'))
})

test.describe('a shop that pushes GA4 events needs no call', () => {
  test('page, cart and order are read from what was pushed before, and after', async ({
    page,
    collector,
  }) => {
    await openLab(page, {
      rules,
      head: layer(
        { event: 'view_item', ecommerce: { items: [mug] } },
        { event: 'view_cart', ecommerce: { items: [mug], value: 18, currency: 'EUR' } },
      ),
    })
    await armed(page)
    await call(page, 'moment', 'full')
    await expectSeen(nudgeOf(page, 'on-full'))
    await nudgeOf(page, 'on-full').getByRole('button', { name: 'Thanks' }).click()

    const tray = { item_id: 't1', item_category: 'trays', price: 30 }
    await push(page, {
      event: 'purchase',
      ecommerce: { items: [tray], value: 30, currency: 'EUR', transaction_id: 'T1' },
    })
    await page.mouse.wheel(0, 10)
    await expect
      .poll(async () => {
        await flush(page)
        return (await collector.events('outcome')).map(({ name, data }) => [name, data?.['value']])
      })
      .toEqual([['order_complete', 30]])
    await call(page, 'moment', 'thanks')
    await expectSeen(nudgeOf(page, 'on-thanks'))
    await expect(nudgeOf(page, 'on-thanks').locator('[part=title]')).toHaveText('For €30.00 of trays')
  })

  test('its array and its push stay as they are; one that comes after us is found', async ({ page }) => {
    await openLab(page, { rules })
    await armed(page)
    await page.evaluate(() => void Object.assign(window, { dataLayer: [] }))
    await page.evaluate(() => history.pushState({}, '', '/lab?2'))
    await push(page, { event: 'view_item', ecommerce: { items: [mug] } })
    await push(page, { event: 'view_cart', ecommerce: { items: [mug], value: 18, currency: 'EUR' } })
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 1)
        await call(page, 'moment', 'full')
        return observed(page, 'on-full')
      })
      .not.toBe('missing-attribute')
    const keys = await page.evaluate(() => {
      const { dataLayer } = window as unknown as { dataLayer: unknown[] }
      return [Object.hasOwn(dataLayer, 'push'), Object.keys(dataLayer).length]
    })
    expect(keys).toEqual([false, 2])
  })

  test('a hostile array leaves page and script unharmed', async ({ page }) => {
    await openLab(page, {
      rules: ruleset([ruleOn('doubt')]),
      tag: ownTag,
      head: `<script>
        window.dataLayer = Array.from({ length: 100000 }, () => ({ get event() { throw Error('mine') } }))
        Object.defineProperty(dataLayer, 99998, { get() { throw Error('mine') } })
        dataLayer.push(dataLayer)
      </script>`,
    })
    await armed(page)
    await page.evaluate(() => Object.assign(window, { dataLayer: 'gone' }))
    await page.mouse.wheel(0, 1)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
  })
})
