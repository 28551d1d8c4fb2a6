import type { Page } from '@playwright/test'
import type { Handle } from '../../sdk/src/handle'
import { belongings, watchBelongings } from '../kit/belongings'
import { anyNudge, armed, call, expect, expectSeen, nudgeOf, started, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'

const rules = ruleset([ruleOn('doubt')])
const queue = (...calls: unknown[]) => `<script>splitsecond = { q: ${JSON.stringify(calls)} }</script>`
const parts = (page: Page, name: string) => {
  const held: (() => void)[] = []
  return page
    .route(`**/splitsecond-${name}.js`, async (route) => {
      await new Promise<void>((free) => held.push(free))
      await route.continue()
    })
    .then(() => ({ held, free: () => held.splice(0).forEach((go) => go()) }))
}

test.describe('the shop calls the script', { tag: '@once' }, () => {
  test('wrongly, is told so each time, and the right call after it counts', async ({
    page,
    collector,
    consoleLines,
  }) => {
    await openLab(page, { rules })
    await armed(page)
    for (let time = 0; time < 2; time++) await call(page, 'cart', { total: 3 } as never)
    expect(
      consoleLines.splice(0).map((line) => /^splitsecond: call\/cart failed \(TypeError/.test(line)),
    ).toEqual([true, true])
    await call(page, 'cart', { items: [{ id: 'a', price: 12 }], total: 12, currency: 'EUR' })
    await call(page, 'track', 'newsletter')
    await call(page, 'flush')
    await collector.waitFor('outcome')
    const told = await collector.waitFor('error')
    expect(told.map(({ part, reason }) => [part, reason])).toEqual([
      ['call/cart', 'TypeError'],
      ['call/cart', 'TypeError'],
    ])
  })

  test('from the queue, wrongly: each wrong entry is named, the others count', async ({
    page,
    consoleLines,
    collector,
  }) => {
    await openLab(page, {
      rules,
      head: queue(['typo', 1], 7, null, [], ['track', 'early']),
    })
    await armed(page)
    await page.evaluate(() => {
      const { q } = (window as unknown as { splitsecond: { q: { push(entry: unknown): void } } }).splitsecond
      q.push(['typo'])
      q.push('words')
      q.push(['track', 'later'])
    })
    await call(page, 'flush')
    const outcomes = await collector.waitFor('outcome', () => true, 2)
    expect(outcomes.map(({ name }) => name)).toEqual(['early', 'later'])
    expect(consoleLines.splice(0)).toEqual(
      ['"typo"', 'nothing', 'nothing', 'nothing', '"typo"', '"w"'].map(
        (found) => `splitsecond: splitsecond.q: wanted the name of a call, found ${found}`,
      ),
    )
  })

  test('from the queue, refresh() too', async ({ page, shopper }) => {
    await openLab(page, { rules, head: queue(['refresh']) })
    await armed(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await shopper.press(nudgeOf(page, 'on-doubt').getByRole('button', { name: 'Thanks' }))
  })

  test('with a listener that throws: the others still hear, and its words stay in the page', async ({
    page,
    consoleLines,
    collector,
  }) => {
    await openLab(page, { rules })
    await armed(page)
    await page.evaluate(() => {
      const { splitsecond, heard } = Object.assign(window as unknown as { splitsecond: Handle }, {
        heard: [] as string[],
      })
      splitsecond.on('outcome', () => {
        throw new RangeError('card 4242 of Roos')
      })
      splitsecond.on('outcome', (event) => heard.push(event.type))
    })
    await call(page, 'track', 'one')
    await call(page, 'track', 'two')
    await call(page, 'flush')
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      'outcome',
      'outcome',
    ])
    const [error] = await collector.waitFor('error')
    expect(error).toMatchObject({ part: 'on/outcome', reason: 'RangeError' })
    expect(consoleLines.splice(0)).toHaveLength(1)
  })

  test('stop() while the parts still load: nothing of ours comes into the page', async ({ page }) => {
    await watchBelongings(page)
    const nudge = await parts(page, 'nudge')
    await openLab(page, { rules, tag: { ...ownTag, 'data-vitals': 'false' } })
    await expect.poll(() => nudge.held.length).toBe(1)
    await call(page, 'stop')
    const loaded = page.waitForResponse('**/splitsecond-nudge.js')
    nudge.free()
    await (await loaded).finished()
    await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve))))
    await expect(page.locator('[data-splitsecond-stage]')).toHaveCount(0)
    expect((await belongings(page)).listeners).toEqual([])
  })

  test('what the cart holds already is not added to it', async ({ page }) => {
    await openLab(page, {
      rules: ruleset([ruleOn('doubt', { cancelOn: ['add-to-cart'] })]),
      head: queue(['record']),
    })
    await armed(page)
    const two = { items: [{ id: 'a', price: 12, quantity: 2 }], total: 24, currency: 'EUR' }
    await call(page, 'cart', two)
    await call(page, 'cart', { ...two, items: [{ id: 'a', price: 12, quantity: 3 }], total: 36 })
    const lines = (await call(page, 'record')).split('\n').filter((line) => line.includes('"kind":"cart"'))
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ added: 1, removed: 0 }])
  })

  test('the page’s own word for what it is outlives a replaceState of its router', async ({
    page,
    collector,
  }) => {
    await openLab(page, { rules })
    await armed(page)
    await call(page, 'page', { type: 'pricing' })
    await page.evaluate(() => history.replaceState({ scroll: 12 }, ''))
    await call(page, 'track', 'here')
    await page.evaluate(() => history.replaceState({}, '', '/elsewhere'))
    await call(page, 'track', 'there')
    await call(page, 'flush')
    const outcomes = await collector.waitFor('outcome', () => true, 2)
    expect(outcomes.map(({ page: { type } }) => type)).toEqual(['pricing', 'other'])
  })
})

test.describe('a ruleset takes the place of another', { tag: ['@mouse', '@once'] }, () => {
  test('while the parts of the older still load: the newer is watched', async ({ page, shopper }) => {
    const slow = await parts(page, 'exit-intent')
    const older = ruleset([], { observe: ['exit-intent'] })
    await openLab(page, {
      rules: ruleset([ruleOn('hesitation')], { version: 2 }),
      head: `<script type="application/json" id="splitsecond-ruleset">${JSON.stringify(older)}</script>`,
      body: '<h1>Lab</h1><button data-cta>Buy</button>',
    })
    await started(page)
    await expect.poll(() => slow.held.length).toBe(1)
    await expect
      .poll(() =>
        page.evaluate(
          () => performance.getEntriesByName(`${location.origin}/splitsecond-hesitation.js`).length,
        ),
      )
      .toBe(1)
    // A moment of the page's own waits until it is armed.
    const isArmed = page.evaluate(
      () =>
        new Promise((resolve) => document.addEventListener('splitsecond:moment', resolve, { once: true })),
    )
    await call(page, 'moment', 'ready')
    slow.free()
    await isArmed
    await shopper.hover(page.locator('[data-cta]'))
    await expectSeen(nudgeOf(page, 'on-hesitation'))
  })

  test('and the detectors that begin anew know what page this is', async ({ page, shopper, collector }) => {
    const versions = { now: ruleset([], { observe: ['tab-return'] }) }
    await page.route('/lab/changing.json', (route) => route.fulfill({ json: versions.now }))
    await openLab(page, {
      path: '/lab/cart',
      tag: { ...ownTag, 'data-ruleset': '/lab/changing.json' },
      head: queue(['record']),
    })
    await armed(page)
    versions.now = ruleset([], { version: 2, pages: { cart: ['/lab/cart'] }, observe: ['cart-hesitation'] })
    await call(page, 'refresh')
    const trace = (await call(page, 'record')).trim().split('\n')
    const kinds = trace.map((line) => JSON.parse(line) as { kind?: string; to?: { type: string } })
    const anew = kinds.slice(kinds.map(({ kind }) => kind).lastIndexOf('armed'))
    expect(anew.find(({ kind }) => kind === 'navigate')).toMatchObject({
      from: null,
      to: { type: 'cart' },
      back: false,
    })
    await call(page, 'track', 'here')
    await call(page, 'flush')
    const [outcome] = await collector.waitFor('outcome')
    expect(outcome!.page.type).toBe('cart')
    await shopper.press(page.locator('h1'))
    await expect(anyNudge(page)).toHaveCount(0)
  })
})
