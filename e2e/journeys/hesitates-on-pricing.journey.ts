import { EventEmitter, once } from 'node:events'
import type { Handle } from '../../sdk/src/handle'
import {
  armed,
  call,
  expect,
  expectSeen,
  expectWholeSplits,
  flush,
  nudgeOf,
  passes,
  started,
  test,
} from '../kit/fixtures'

const rule = 'pricing-help'

test.describe('a shopper hesitates on a plan, with a mouse', { tag: '@mouse' }, () => {
  test.beforeEach(async ({ page }) => {
    await page.goto('/pricing')
    await armed(page)
  })

  test('sees the nudge, and the collector has every split', async ({ page, shopper, collector }) => {
    await shopper.hover(page.locator('[data-cta]').first())

    const nudge = nudgeOf(page, rule)
    await expectSeen(nudge)
    await expect(nudge).toContainText('Not sure which one?')
    // Nobody asks the page for it: the beacon's own pace.
    await collector.waitFor('nudge', (event) => event.phase === 'shown')
    const shown = await collector.waitForShown(rule)
    expect(shown).toMatchObject({
      fit: 'in-moment',
      channel: { surface: 'toast', pageType: 'pricing', device: 'desktop' },
    })
    expect(shown.splits.wait).toBeGreaterThanOrEqual(2000)
    expectWholeSplits(shown)

    const [decision] = await collector.waitFor('decision', (event) => event.decisionId === shown.decisionId)
    expect(decision!.decision).toMatchObject({
      verdict: 'show',
      reason: 'shown',
      rule,
      owner: 'pricing team',
    })
    const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
    expect(moment!.moment).toMatchObject({
      name: 'hesitation',
      phase: 'confirmed',
      evidence: { dwellMinMs: 2000, driftMaxPx: 10 },
    })
  })

  test('is seen to waver by three visits to one button', async ({ page, shopper, collector }) => {
    const [first, second] = [page.locator('[data-cta]').first(), page.locator('[data-cta]').nth(1)]
    const heading = page.locator('h1')
    for (const aside of [heading, second, heading]) {
      await shopper.linger(first, 600)
      await shopper.linger(aside, 200)
    }

    await expectSeen(nudgeOf(page, rule))
    const shown = await collector.waitForShown(rule)
    expectWholeSplits(shown)
    const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
    expect(moment!.moment).toMatchObject({ name: 'hesitation', evidence: { visits: 3, visitsMin: 3 } })
  })

  test('goes over a button three times without staying and sees nothing', async ({
    page,
    shopper,
    collector,
  }) => {
    const plan = page.locator('[data-cta]').first()
    for (let pass = 0; pass < 4; pass++) await shopper.cross(plan)
    await shopper.linger(page.locator('h1'), 300)
    await flush(page)
    await collector.waitFor('page')
    expect(await collector.events('moment')).toEqual([])
    await expect(nudgeOf(page, rule)).toHaveCount(0)
  })

  test('closes the nudge with the keyboard', async ({ page, shopper, collector }) => {
    await shopper.hover(page.locator('[data-cta]').first())
    const nudge = nudgeOf(page, rule)
    await expectSeen(nudge)
    // Ours comes last in the document, so it is one step back from where the keyboard starts.
    const close = nudge.getByRole('button', { name: 'Close' })
    await page.keyboard.press('Shift+Tab')
    await expect(close).toBeFocused()
    await page.keyboard.press('Enter')

    await expect(nudge).toHaveCount(0)
    await flush(page)
    const [end] = await collector.waitFor('nudge', (event) => event.phase === 'dismissed')
    expect(end).toMatchObject({ rule, phase: 'dismissed' })
  })

  test('takes the way out that the nudge offers', async ({ page, shopper, collector }) => {
    await shopper.hover(page.locator('[data-cta]').first())
    const nudge = nudgeOf(page, rule)
    await expectSeen(nudge)
    await shopper.press(nudge.getByRole('link', { name: 'Ask us' }))
    await shopper.at('/support')

    const [end] = await collector.waitFor('nudge', (event) => event.phase === 'clicked')
    expect(end).toMatchObject({ rule, phase: 'clicked', action: 0, page: { type: 'pricing' } })
    expect(await collector.waitForShown(rule)).toMatchObject({
      decisionId: end!.decisionId,
      fit: 'in-moment',
    })
  })

  test('thanks and goes on reading', async ({ page, shopper, collector }) => {
    await shopper.hover(page.locator('[data-cta]').first())
    const nudge = nudgeOf(page, rule)
    await expectSeen(nudge)
    await shopper.press(nudge.getByRole('button', { name: 'Thanks' }))

    await expect(nudge).toHaveCount(0)
    await shopper.at('/pricing')
    await flush(page)
    const [end] = await collector.waitFor('nudge', (event) => event.phase === 'dismissed')
    expect(end).toMatchObject({ rule, phase: 'dismissed', action: 1 })
  })
})

test.describe('a shopper hesitates on a plan, with a finger', { tag: '@touch' }, () => {
  test('looks at it, scrolls away and comes back to it', async ({ page, shopper, collector }) => {
    await page.goto('/pricing')
    await armed(page)
    const plan = page.locator('[data-cta]').first()
    await shopper.press(page.getByRole('radio', { name: /yearly/i }))
    await plan.scrollIntoViewIfNeeded()
    await collector.waitFor('moment', ({ moment }) => moment.phase === 'suspect')
    await expect(nudgeOf(page, rule)).toHaveCount(0)

    await shopper.drags(-1000)
    await expect(plan).not.toBeInViewport()
    await shopper.drags(1000)
    await expect(plan).toBeInViewport()

    await expectSeen(nudgeOf(page, rule))
    const shown = await collector.waitForShown(rule)
    expectWholeSplits(shown)
    expect(shown.channel).toMatchObject({ surface: 'toast', device: 'mobile' })
    const [moment] = await collector.waitFor('moment', (event) => event.momentId === shown.momentId)
    expect(moment!.moment).toMatchObject({ name: 'hesitation', evidence: { stillMinMs: 6000 } })
    expect(moment!.moment.evidence['awayAndBackMs']).toBeGreaterThan(0)
  })
})

test(
  'who decides sooner: no nudge, the page can say how near it was, and learns how long this shopper takes',
  { tag: ['@mouse', '@once'] },
  async ({ page, shopper }) => {
    const nearest = () =>
      page.evaluate(() => (window as unknown as { splitsecond: Handle }).splitsecond.explain().moments)
    const kept = () =>
      page.evaluate(async () => {
        const open = indexedDB.open('splitsecond')
        await new Promise((resolve) => (open.onsuccess = resolve))
        const read = open.result.transaction('kept').objectStore('kept').get('own')
        await new Promise((resolve) => (read.onsuccess = resolve))
        open.result.close()
        return read.result as unknown
      })
    await page.goto('/pricing')
    await armed(page)
    const plan = page.locator('[data-cta]').first()
    // The shop stays on this page.
    await page.evaluate(() =>
      window.addEventListener('click', (event) => event.stopImmediatePropagation(), true),
    )
    await plan.evaluate((button) => button.setAttribute('type', 'button'))
    await shopper.hover(plan)
    await passes(page, 900)
    await page.mouse.down()
    await page.mouse.up()

    await expect.poll(nearest).toHaveLength(1)
    const [near] = await nearest()
    expect(near).toMatchObject({ name: 'hesitation', why: 'press', evidence: { dwellMinMs: 2000 } })
    expect(near!.share).toBeGreaterThan(0.4)
    expect(near!.share).toBeLessThan(1)
    await expect(nudgeOf(page, rule)).toHaveCount(0)
    // The next page joins it to what it knows.
    await page.reload()
    await armed(page)
    await expect.poll(kept).toEqual({ 'hesitation.dwell': [near!.evidence['dwellMs']] })
  },
)

test(
  'refresh() is answered once the shopper is watched, however late the part that watches comes',
  { tag: ['@mouse', '@once'] },
  async ({ page, shopper }) => {
    const told: string[] = []
    const held = new EventEmitter()
    await page.route('**/splitsecond-hesitation.js', async (route) => {
      await once(held, 'free')
      await route.continue()
    })
    const asked = page.waitForRequest('**/splitsecond-hesitation.js')
    await page.goto('/pricing')
    await started(page)
    const refreshed = call(page, 'refresh').then(() => told.push('refreshed'))
    await asked
    await page.evaluate(() => new Promise(requestAnimationFrame))
    told.push('part')
    held.emit('free')
    await refreshed
    expect(told).toEqual(['part', 'refreshed'])
    await shopper.hover(page.locator('[data-cta]').first())
    await expectSeen(nudgeOf(page, rule))
  },
)
