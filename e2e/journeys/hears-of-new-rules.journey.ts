import type { Page } from '@playwright/test'
import { takeOut } from '../kit/console-lines'
import { anyNudge, armed, call, expect, expectSeen, flush, nudgeOf, test } from '../kit/fixtures'
import { openLab, ownTag, ruleOn, ruleset } from '../kit/lab'

/** A server that has what stands in `rules` now. */
async function serves(page: Page, first: object) {
  const server = { rules: first, asked: 0 }
  await page.route('/lab/rules.json', (route) => {
    server.asked++
    return route.fulfill({ json: server.rules })
  })
  return server
}
const rules = (version: number, more: object = {}, list = [ruleOn('doubt')]) =>
  ruleset(list, { version, ...more })
const expectNone = async (page: Page, moment: string) => {
  await call(page, 'moment', moment)
  await expect(anyNudge(page)).toHaveCount(0)
}

test.describe('a page that stays open', { tag: '@once' }, () => {
  test('is told of a new ruleset without being asked for', async ({ page }) => {
    const server = await serves(page, rules(1, { refreshMs: 1000 }, [ruleOn('worry')]))
    await openLab(page)
    await armed(page)
    const { asked } = server
    server.rules = rules(2, { refreshMs: 0 })
    await expect.poll(() => server.asked).toBeGreaterThan(asked)
    await expect
      .poll(async () => {
        await call(page, 'moment', 'doubt')
        return anyNudge(page).count()
      })
      .toBe(1)
    await expectSeen(nudgeOf(page, 'on-doubt'))
  })

  test('is switched off as a whole: what it shows goes, and nothing comes', async ({
    page,
    collector,
    consoleLines,
  }) => {
    const server = await serves(page, rules(1))
    await openLab(page)
    await armed(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await collector.waitForShown('on-doubt')
    server.rules = rules(2, { enabled: false })
    await call(page, 'refresh')
    await expect(anyNudge(page)).toHaveCount(0)
    await expectNone(page, 'doubt')
    await flush(page)
    const [gone] = await collector.waitFor('nudge', ({ phase }) => phase === 'expired')
    expect(gone).toMatchObject({ rule: 'on-doubt' })
    await collector.waitFor('decision', ({ decision }) => decision.reason === 'no-rule')
    // Switched off it stays on the next page, with no network at all; and comes back with a newer version.
    await page.route('/lab/rules.json', (route) => route.abort())
    await page.reload()
    await expect(page.locator('[data-splitsecond-stage]')).toBeAttached()
    await call(page, 'refresh')
    await expectNone(page, 'doubt')
    takeOut(consoleLines, /rules\.json: Failed to fetch/, /Failed to load resource/)
    server.rules = rules(3)
    await page.unroute('/lab/rules.json')
    await page.route('/lab/rules.json', (route) => route.fulfill({ json: server.rules }))
    await call(page, 'refresh')
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
  })

  test('a rule that was left out goes from the screen, another stays', async ({ page }) => {
    const server = await serves(page, rules(1, {}, [ruleOn('doubt'), ruleOn('worry')]))
    await openLab(page)
    await armed(page)
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    server.rules = rules(2, {}, [ruleOn('doubt')])
    await call(page, 'refresh')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    server.rules = rules(3, {}, [ruleOn('worry')])
    await call(page, 'refresh')
    await expect(anyNudge(page)).toHaveCount(0)
  })

  test('an offer dies on time when the server is gone, advice goes on', async ({ page, consoleLines }) => {
    await page.clock.install()
    const offer = ruleOn('doubt', { maxAgeMs: 3_600_000 })
    await serves(page, rules(1, {}, [offer, ruleOn('worry')]))
    await openLab(page)
    await armed(page)
    await page.route('/lab/rules.json', (route) => route.abort())
    await page.clock.setSystemTime(Date.now() + 3_500_000)
    await page.reload()
    await call(page, 'refresh')
    await call(page, 'moment', 'doubt')
    await expectSeen(nudgeOf(page, 'on-doubt'))
    await page.clock.setSystemTime(Date.now() + 3_700_000)
    await page.reload()
    await call(page, 'refresh')
    await expectNone(page, 'doubt')
    await call(page, 'moment', 'worry')
    await expectSeen(nudgeOf(page, 'on-worry'))
    takeOut(consoleLines, /rules\.json: Failed to fetch/, /Failed to load resource/)
  })

  test('no decision sees half of a ruleset: its rules and its pages come together', async ({
    page,
    collector,
  }) => {
    // Each version calls this page something else, and answers there alone.
    const next = (version: number) =>
      rules(version, { pages: { [`type-${version}`]: ['/lab*'] } }, [
        {
          ...ruleOn('doubt', { when: { 'page.type': `type-${version}` }, holdout: 100 }),
          id: `rule-${version}`,
        },
      ])
    const server = await serves(page, next(1))
    await openLab(page, { tag: { ...ownTag, 'data-vitals': 'false' } })
    await armed(page)
    await page.evaluate(() => {
      const { splitsecond } = window as unknown as { splitsecond: { moment(name: string): void } }
      const { port1, port2 } = new MessageChannel()
      const told = { left: 400 }
      port1.addEventListener('message', () => {
        splitsecond.moment('doubt')
        if (--told.left > 0) port2.postMessage('')
      })
      port1.start()
      port2.postMessage('')
    })
    for (let version = 2; version <= 12; version++) {
      server.rules = next(version)
      await call(page, 'refresh')
    }
    await call(page, 'moment', 'doubt')
    await flush(page)
    const decisions = await collector.waitFor('decision', ({ ruleset: used }) => used?.version === 12)
    expect(decisions.length).toBeGreaterThan(0)
    const all = await collector.events('decision')
    const mixed = all.filter(
      ({ decision, page: { type }, ruleset: used }) =>
        decision.reason === 'condition' ||
        decision.rule !== `rule-${used?.version}` ||
        type !== `type-${used?.version}`,
    )
    expect(
      mixed.map(({ decision, page: { type }, ruleset: used }) => [used?.version, decision, type]),
    ).toEqual([])
  })
})
