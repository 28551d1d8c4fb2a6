import { belongings, watchBelongings } from '../kit/belongings'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, started, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'
import { watchTraffic } from '../kit/traffic'

const surfaces = ['toast', 'bar', 'modal'] as const
const rules = ruleset(
  surfaces.map((surface) => ruleOn(surface, {}, { surface })),
  { observe: 'all' },
)

test.describe('the script is stopped', { tag: ['@once', '@firefox'] }, () => {
  for (const [name, tag] of [
    ['with web vitals', ownTag],
    ['without web vitals', { ...ownTag, 'data-vitals': 'false' }],
  ] as const)
    test(`${name}: the page is as it was`, async ({ page, context, collector }) => {
      await watchBelongings(page)
      const traffic = watchTraffic(context)
      await openLab(page, { rules, tag })
      await started(page)
      await call(page, 'refresh')
      if (name === 'with web vitals')
        await expect.poll(async () => (await belongings(page)).types).toContain('prerenderingchange')
      await page.mouse.click(10, 300)
      await call(page, 'moment', 'toast')
      await expectSeen(nudgeOf(page, 'on-toast'))
      expect((await belongings(page)).listeners.length).toBeGreaterThan(10)

      await call(page, 'stop')
      expect(await page.evaluate(() => 'splitsecond' in window)).toBe(false)
      await expect(page.locator('[data-splitsecond-stage]')).toHaveCount(0)
      expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2)
      await collector.waitFor('moment')
      await expect.poll(async () => (await belongings(page)).timers, 'timers that still run').toBe(0)
      // The web-vitals library keeps what is its own once it is loaded; its reports are dropped.
      const theirs =
        name === 'with web vitals' ? /^window:(visibilitychange|prerenderingchange|pageshow)$/ : /^$/
      await expect
        .poll(async () => (await belongings(page)).listeners.filter((listener) => !theirs.test(listener)))
        .toEqual([])
      if (name === 'without web vitals') expect((await belongings(page)).observers).toEqual([])

      const sent = traffic.requests.length
      await page.mouse.click(20, 320)
      await page.goto('about:blank')
      expect(traffic.requests.slice(sent).filter((request) => request.url().includes('/v1/events'))).toEqual(
        [],
      )
    })
})

test.describe('the shop’s page stays the shop’s', () => {
  test('nothing is patched, nothing blocks, nothing keeps the page from leaving', async ({
    page,
    shopper,
  }) => {
    await watchBelongings(page)
    await page.addInitScript(() => {
      const natives = () => [
        History.prototype.pushState,
        History.prototype.replaceState,
        Object.getOwnPropertyDescriptor(window.history, 'pushState'),
        window.fetch,
        XMLHttpRequest.prototype.open,
        XMLHttpRequest.prototype.send,
        Navigator.prototype.sendBeacon,
        EventTarget.prototype.addEventListener,
        EventTarget.prototype.removeEventListener,
        Event.prototype.preventDefault,
        Element.prototype.attachShadow,
        Storage.prototype.setItem,
        window.setTimeout,
        console.error,
        console.log,
        window.onerror,
        window.onunload,
        window.onbeforeunload,
        window.onpopstate,
      ]
      const before = natives()
      Object.defineProperty(document, 'patched', {
        get: () => natives().flatMap((it, index) => (it === before[index] ? [] : [index])),
      })
    })
    await openLab(page, { rules })
    await started(page)
    const keys = await page.evaluate(() => Object.keys(window))
    await call(page, 'refresh')
    const length = await page.evaluate(() => history.length)
    for (const surface of surfaces) {
      await call(page, 'moment', surface)
      const nudge = nudgeOf(page, `on-${surface}`)
      await expectSeen(nudge)
      await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
      await expect(nudge).toHaveCount(0)
    }
    expect(await page.evaluate(() => (document as Document & { patched?: number[] }).patched)).toEqual([])
    const held = await belongings(page)
    expect(held.types).not.toContain('unload')
    expect(held.types).not.toContain('beforeunload')
    expect(held.active.filter((it) => /wheel|touch|scroll|pointer|mouse|key/.test(it))).toEqual([])
    expect(await page.evaluate(() => history.length)).toBe(length)
    expect(await page.evaluate(() => Object.keys(window))).toEqual(keys)
    expect(keys.filter((key) => /^(splitsecond)/.test(key))).toEqual(['splitsecond'])
  })

  test('all surfaces live under the strictest policy', async ({ page, shopper }) => {
    await page.route('/rules.json', (route) => route.fulfill({ json: rules }))
    const response = await page.goto('/product/heron-kettle')
    expect(response!.headers()['content-security-policy']).toMatch(/default-src 'none'.*trusted-types 'none'/)
    await armed(page)
    for (const surface of surfaces) {
      await call(page, 'moment', surface)
      const nudge = nudgeOf(page, `on-${surface}`)
      await expectSeen(nudge)
      const { position, backgroundColor } = await nudge.evaluate((element) => getComputedStyle(element))
      expect({ position, backgroundColor }, 'our style sheet is in force').not.toMatchObject({
        backgroundColor: 'rgba(0, 0, 0, 0)',
      })
      await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))
    }
    await expect(anyNudge(page)).toHaveCount(0)
    await flush(page)
  })
})
