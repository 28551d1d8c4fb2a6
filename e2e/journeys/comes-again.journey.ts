import { turnsBack } from '../kit/back-from-checkout'
import { takeOut } from '../kit/console-lines'
import {
  anyNudge,
  armed,
  call,
  expect,
  expectSeen,
  flush,
  nudgeOf,
  started,
  test,
  type Collector,
} from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'
import { createShopper } from '../kit/shopper'
import { watchTraffic } from '../kit/traffic'

const rule = 'checkout-reassure'
/** What is said of a collector that cannot be reached: by the browser, and by us. */
const troubles = [
  /^Failed to load resource: net::ERR_CONNECTION_REFUSED$/,
  /^splitsecond: the collector \/v1\/events /,
]
const saying = (title: string) => ruleOn('doubt', {}, { copy: { en: { title } } })

test.describe('the ruleset on the second visit', { tag: '@once' }, () => {
  test('arms the page from what was kept, though the network hangs', async ({ page, context, shopper }) => {
    await page.goto('/app/')
    await armed(page)
    await page.close()

    const visit = await context.newPage()
    await visit.route('/rules.json', () => {})
    await turnsBack(visit, createShopper(visit, shopper.touch), '/app', started)
    await expectSeen(nudgeOf(visit, rule))
  })

  test('is asked for by its tag, and 304 is a good answer', async ({ page, context, collector }) => {
    await page.goto('/support')
    await armed(page)
    const visit = await context.newPage()
    const traffic = watchTraffic(context)
    await visit.goto('/support')
    await armed(visit)
    const [asked] = traffic.to('/rules.json')
    expect(await asked!.headerValue('if-none-match')).toMatch(/^(W\/)?"/)
    expect((await asked!.response())!.status()).toBe(304)
    await call(visit, 'moment', 'none')
    await flush(visit)
    const [decision] = await collector.waitFor('decision')
    expect(decision).toMatchObject({ ruleset: { version: 1 }, decision: { reason: 'no-rule' } })
  })

  test('is never replaced by an older one', async ({ page, context, collector }) => {
    await openLab(page, { rules: ruleset([saying('The newer')], { version: 5 }) })
    await armed(page)
    await page.close()
    for (const version of [4, 6]) {
      const title = version === 4 ? 'The older' : 'The newest'
      const visit = await context.newPage()
      await openLab(visit, { rules: ruleset([saying(title)], { version }) })
      await armed(visit)
      await call(visit, 'moment', 'doubt')
      await expect(nudgeOf(visit, 'on-doubt')).toContainText(version === 4 ? 'The newer' : 'The newest')
      await flush(visit)
      await collector.waitFor('decision', (event) => event.ruleset?.version === Math.max(5, version))
    }
  })
})

test.describe('before the script is there', { tag: '@once' }, () => {
  const block = (rules: object) =>
    `<script type="application/json" id="splitsecond-ruleset">${JSON.stringify(rules)}</script>`

  test('an inline ruleset arms the page with no request', async ({ page, context, collector }) => {
    const traffic = watchTraffic(context)
    const head = block(ruleset([saying('From the page itself')], { version: 7 }))
    await openLab(page, { head, tag: { 'data-collector': '/v1/events' } })
    await started(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await flush(page)
    expect(await collector.waitForShown('on-doubt')).toMatchObject({ ruleset: { version: 7 } })
    expect(traffic.requests.filter((request) => request.url().includes('json'))).toEqual([])
  })

  test('calls wait in the queue and are made up for, in their order', async ({ page, collector }) => {
    const stub = `<script>
      window.splitsecond = window.splitsecond || { q: [] }
      splitsecond.q.push(['page', { type: 'quote' }])
      splitsecond.q.push(['set', { flags: { early: true } }])
      splitsecond.q.push(['identify', { name: 'Roos' }])
      splitsecond.q.push(['moment', 'doubt', { how: 'great' }])
      splitsecond.q.push(['track', 'brochure', { pages: 2 }])
    </script>`
    const greeting = ruleOn(
      'doubt',
      { when: { 'flags.early': true, 'page.type': 'quote', 'moment.how': 'great' } },
      { copy: { en: { title: 'Hello {{visitor.name}}' } } },
    )
    await openLab(page, { head: stub, rules: ruleset([greeting]) })
    await started(page)
    const nudge = nudgeOf(page, 'on-doubt')
    await expectSeen(nudge)
    await expect(nudge).toContainText('Hello Roos')
    await page.evaluate(`splitsecond.q.push(['track', 'late'])`)
    await flush(page)
    const outcomes = await collector.waitFor('outcome', undefined, 2)
    expect(outcomes.map(({ name }) => name)).toEqual(['brochure', 'late'])
    expect(await collector.waitForShown('on-doubt')).toMatchObject({ page: { type: 'quote' } })
    const pages = await collector.events('page')
    expect(pages.map(({ page: { type } }) => type)).toEqual(['quote'])
  })
})

test.describe('events that could not be sent', () => {
  test('go out from the next page of the visit, each once', async ({
    page,
    shopper,
    collector,
    consoleLines,
  }) => {
    test.slow()
    await page.route('**/v1/events?**', (route) => route.abort('connectionrefused'))
    await turnsBack(page, shopper)
    await expectSeen(nudgeOf(page, rule))
    await page.keyboard.press('Escape')
    await expect(anyNudge(page)).toHaveCount(0)
    await call(page, 'track', 'seen')
    await flush(page)
    expect(await collector.all()).toEqual([])
    await page.unroute('**/v1/events?**')
    await page.goto('/support')
    await armed(page)

    await expect.poll(async () => (await collector.events('outcome')).length, { timeout: 40_000 }).toBe(1)
    await expectUnbroken(collector)
    expect((await collector.events('nudge')).map(({ phase }) => phase).sort()).toEqual(['dismissed', 'shown'])
    takeOut(consoleLines, ...troubles)
  })

  test(
    'go out on the next visit, each once, though the page has crashed',
    { tag: '@once' },
    async ({ page, context, shopper, collector, consoleLines }) => {
      test.slow()
      await context.route('**/v1/events?**', (route) => route.abort('connectionrefused'))
      await turnsBack(page, shopper)
      await expectSeen(nudgeOf(page, rule))
      await call(page, 'track', 'seen')
      await flush(page)
      // It has no last word: what a page says as it is closed passes by the route.
      const crashed = page.waitForEvent('crash')
      const devtools = await context.newCDPSession(page)
      void devtools.send('Page.crash').catch(() => {})
      await crashed
      await page.close()
      expect(await collector.all()).toEqual([])

      await context.unroute('**/v1/events?**')
      const visit = await context.newPage()
      // Ten minutes later: by then what the dead page had claimed is free, however often it had tried.
      await visit.clock.install({ time: Date.now() + 10 * 60_000 })
      await visit.goto('/support')
      await collector.waitFor('outcome')
      await expect.poll(async () => (await collector.events('page')).length).toBeGreaterThan(3)
      await expectUnbroken(collector)
      takeOut(consoleLines, ...troubles)
    },
  )
})

test('a long visit over many pages has every event once, with no gap in the numbers', async ({
  page,
  shopper,
  collector,
}) => {
  await turnsBack(page, shopper, '')
  await expectSeen(nudgeOf(page, rule))
  await shopper.press(page.getByRole('button', { name: 'Keep looking' }))
  await shopper.forward()
  await shopper.at('/checkout/contact')
  await page.goto('/list/coffee')
  await armed(page)
  await page.goto('/support')
  await armed(page)
  await call(page, 'track', 'done')
  await flush(page)
  await collector.waitFor('outcome')
  await expectUnbroken(collector)
})

/** On each page that was loaded 1, 2, 3 and so on; and no event twice. */
async function expectUnbroken(collector: Collector) {
  const faults = async () => {
    const views = new Map<string, number[]>()
    for (const { view, seq } of await collector.all()) views.set(view, [...(views.get(view) ?? []), seq])
    return [...views.values()].map((seqs) => ({
      missing: Array.from({ length: Math.max(...seqs) }, (_, index) => index + 1).filter(
        (seq) => !seqs.includes(seq),
      ),
      repeated: [...new Set(seqs.filter((seq, index) => seqs.indexOf(seq) !== index))],
    }))
  }
  await expect
    .poll(async () => (await faults()).flatMap(({ missing }) => missing), { timeout: 15_000 })
    .toEqual([])
  expect(
    (await faults()).flatMap(({ repeated }) => repeated),
    'numbers that two events share',
  ).toEqual([])
  const ids = (await collector.all()).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
}
