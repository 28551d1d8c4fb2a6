import type { BrowserContext, Page } from '@playwright/test'
import { anyNudge, armed, call, expect, flush, test, type Collector } from '../kit/fixtures'
import { openLab, ruleOn, ruleset } from '../kit/lab'

/** Tabs of one shopper, all to be seen (windows side by side), each with its ruleset. */
async function openTabs(context: BrowserContext, first: Page, count: number, rules: object) {
  const tabs = [first]
  while (tabs.length < count) tabs.push(await context.newPage())
  for (const tab of tabs) {
    await openLab(tab, { rules })
    await armed(tab)
  }
  return tabs
}

/** The same moment in all of them at once, so many times; what was shown is closed in between. */
async function doubtEverywhere(tabs: readonly Page[], times: number) {
  for (let time = 0; time < times; time++) {
    await Promise.all(tabs.map((tab) => call(tab, 'moment', 'doubt')))
    for (const tab of tabs) {
      const close = anyNudge(tab).getByRole('button', { name: 'Thanks' })
      if (await close.isVisible()) await close.click()
    }
  }
}

const reasonsAt = async (collector: Collector, tabs: readonly Page[], count: number) => {
  for (const tab of tabs) await flush(tab)
  const decisions = await collector.waitFor('decision', undefined, count)
  return decisions.map(({ decision }) => decision.reason)
}

const leases = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ keys: string[] }[]>((resolve, reject) => {
        const opening = indexedDB.open('splitsecond')
        opening.onerror = () => reject(opening.error!)
        opening.onsuccess = () => {
          const db = opening.result
          const range = IDBKeyRange.bound('permits/', 'permits/\uffff')
          const all = db.transaction('kept').objectStore('kept').getAll(range)
          all.onsuccess = () => {
            db.close()
            resolve(all.result as { keys: string[] }[])
          }
        }
      }),
  )

test.describe('limits over several tabs', { tag: '@once' }, () => {
  test('five at once show five when five are allowed, and never a sixth', async ({
    page,
    context,
    collector,
  }) => {
    const rules = ruleset([ruleOn('doubt')], { limits: { perSession: 5 } })
    const tabs = await openTabs(context, page, 5, rules)
    await Promise.all(tabs.map((tab) => call(tab, 'moment', 'doubt')))
    for (const tab of tabs) await expect(anyNudge(tab)).toBeVisible()
    await doubtEverywhere(tabs, 2)
    const reasons = await reasonsAt(collector, tabs, 15)
    expect(reasons.filter((reason) => reason === 'shown')).toHaveLength(5)
    expect((await collector.events('nudge')).filter(({ phase }) => phase === 'shown')).toHaveLength(5)
  })

  test('five at once show three when three are allowed', async ({ page, context, collector }) => {
    const rules = ruleset([ruleOn('doubt', { limits: { perDay: 3 } })])
    const tabs = await openTabs(context, page, 5, rules)
    await doubtEverywhere(tabs, 3)
    const reasons = await reasonsAt(collector, tabs, 15)
    expect(reasons.filter((reason) => reason === 'shown')).toHaveLength(3)
    expect(new Set(reasons)).toEqual(new Set(['shown', 'limit']))
  })

  test('a held-out shopper spends as his paint would', async ({ page, context, collector }) => {
    const rules = ruleset([ruleOn('doubt', { holdout: 100, limits: { perVisitor: 2 } })])
    const tabs = await openTabs(context, page, 4, rules)
    await doubtEverywhere(tabs, 3)
    const reasons = await reasonsAt(collector, tabs, 12)
    expect(reasons.filter((reason) => reason === 'holdout')).toHaveLength(2)
    await collector.waitFor('nudge', ({ phase }) => phase === 'ghost', 2)
    for (const tab of tabs) await expect(anyNudge(tab)).toHaveCount(0)
  })

  test('the last permit of a tab that crashed comes free', async ({ page, context, collector }) => {
    const rules = ruleset([ruleOn('doubt')], { limits: { perSession: 1 } })
    const [first, second] = (await openTabs(context, page, 2, rules)) as [Page, Page]
    await expect
      .poll(async () => (await leases(second)).flatMap(({ keys }) => keys))
      .toEqual(['ruleset.limits'])
    await call(second, 'moment', 'doubt')
    expect(await reasonsAt(collector, [second], 1)).toEqual(['limit'])

    const crashed = first.waitForEvent('crash')
    const devtools = await context.newCDPSession(first)
    void devtools.send('Page.crash').catch(() => {})
    await crashed
    // The shopper goes on here until the lease ends.
    await expect(async () => {
      await second.mouse.wheel(0, 10)
      await call(second, 'moment', 'doubt')
      await expect(anyNudge(second)).toBeVisible({ timeout: 500 })
    }).toPass({ timeout: 20_000 })
    expect(await leases(second)).toHaveLength(1)
  })

  test('the last permit goes along to the next page of its tab', async ({ page, context }) => {
    const rules = ruleset([ruleOn('doubt')], { limits: { perSession: 1 } })
    const [first] = (await openTabs(context, page, 2, rules)) as [Page, Page]
    await openLab(first, { rules, path: '/lab/next' })
    await armed(first)
    await call(first, 'moment', 'doubt')
    await expect(anyNudge(first)).toBeVisible()
  })

  test('the last permit of a tab that is closed is there for the next', async ({ page, context }) => {
    const rules = ruleset([ruleOn('doubt')], { limits: { perSession: 1 } })
    const [first, second] = (await openTabs(context, page, 2, rules)) as [Page, Page]
    await first.close()
    await expect.poll(async () => (await leases(second)).flatMap(({ keys }) => keys)).toEqual([])
    await expect(async () => {
      await call(second, 'moment', 'doubt')
      await expect(anyNudge(second)).toBeVisible({ timeout: 500 })
    }).toPass({ timeout: 5_000 })
  })
})
