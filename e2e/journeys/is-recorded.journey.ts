import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { replay } from '../../sdk/replay'
import {
  armed,
  call,
  expect,
  flush,
  nudgeOf,
  onPageFor,
  pageTime,
  passes,
  started,
  test,
  type Collector,
  type Stored,
} from '../kit/fixtures'

const ruleset = JSON.parse(readFileSync('demo-site/rules/default.json', 'utf8')) as object

/** As a shop would: asked for in the queue, before the script is there. */
const recordFromTheStart = (page: Page) =>
  page.addInitScript(() => Object.assign(window, { splitsecond: { q: [['record']] } }))

/** What the collector has of a page's moments and decisions, and what a replay of its trace finds. */
async function bothOf(page: Page, collector: Collector) {
  await flush(page)
  const trace = await call(page, 'record')
  const events = await collector.all()
  const visitor = events.find(({ visitor }) => visitor)?.visitor
  return { trace, events, replayed: replay(trace, { ruleset, visitor: { id: visitor! } }) }
}

/** Name for name, figure for figure, and at the same time. */
function expectSameMoments(
  { header, moments }: ReturnType<typeof replay>,
  live: readonly Stored<'moment'>[],
) {
  expect(moments.map(({ name, phase, evidence }) => ({ name, phase, evidence }))).toEqual(
    live.map(({ moment: { name, phase, evidence } }) => ({ name, phase, evidence })),
  )
  moments.forEach(({ at, name }, index) => {
    // The collector has wall time, in whole milliseconds of another clock.
    const { at: told } = live[index]!
    expect(Math.abs(header.startedAt + at - header.at - told), name).toBeLessThanOrEqual(2)
  })
}

test.describe('a session in the shop is recorded', { tag: '@mouse' }, () => {
  test('and its replay finds the very same moments and decisions', async ({ page, shopper, collector }) => {
    await recordFromTheStart(page)
    await page.goto('/app/pricing')
    await armed(page)
    await shopper.hover(page.locator('[data-cta]').first())
    await shopper.press(nudgeOf(page, 'pricing-help').getByRole('button', { name: 'Thanks' }))
    const thankedAt = await pageTime(page)
    await page.evaluate(() => document.querySelector<HTMLAnchorElement>('a[href="/app/"]')!.focus())
    await page.keyboard.press('Enter')
    await shopper.at('/app/')
    await shopper.press(page.locator('a[href="/app/product/heron-kettle"]').first())
    await shopper.press(page.locator('#add-to-cart'))
    await expect(page.locator('.basket-count')).toHaveText('1')
    await shopper.press(page.locator('#basket-link'))
    await shopper.at('/app/cart')
    // Before that a mouse that leaves means nothing, and two nudges are two seconds apart.
    await onPageFor(page, Math.max(5200, thankedAt + 2000))
    await shopper.leaveByTheTop()
    const bar = nudgeOf(page, 'cart-keep')
    await shopper.press(bar.getByRole('button', { name: 'Good to know' }))
    await shopper.goesToCheckout('/app')
    await shopper.back()
    await collector.waitFor('decision', ({ decision }) => decision.rule === 'checkout-reassure')

    const { events, replayed, trace } = await bothOf(page, collector)
    const moments = events.filter((event) => event.type === 'moment')
    expect(moments.length).toBeGreaterThanOrEqual(4)
    expectSameMoments(replayed, moments)

    const decisions = events.filter((event) => event.type === 'decision')
    expect(new Set(decisions.map(({ decision }) => decision.rule))).toEqual(
      new Set(['cart-keep', 'checkout-reassure', 'pricing-help']),
    )
    expect(
      replayed.decisions.map(({ verdict, reason, rule, variant }) => ({ verdict, reason, rule, variant })),
    ).toEqual(
      decisions.map(({ decision: { verdict, reason, rule, variant } }) => ({
        verdict,
        reason,
        rule,
        variant,
      })),
    )
    expect(replayed.complaints).toEqual([])
    expect(trace).not.toMatch(/kettle-|EUR 1|Heron/)
  })

  test('from the middle of a page, without a word of what was typed', async ({
    page,
    shopper,
    collector,
  }) => {
    await page.goto('/support')
    await started(page)
    // While the page is still being armed.
    expect(await call(page, 'record')).toBe('')
    await expect.poll(() => call(page, 'record')).toContain('"trace":1')
    const message = page.locator('textarea').first()
    await shopper.press(message)
    for (let round = 0; round < 3; round++) {
      await shopper.type(message, 'Zaventem parcel')
      await shopper.erases(message)
    }
    await shopper.type(message, 'Zaventem parcel')
    await collector.waitFor('moment', ({ moment }) => moment.name === 'rage-typing')

    const { events, replayed, trace } = await bothOf(page, collector)
    const confirmed = events.flatMap((event) =>
      event.type === 'moment' && event.moment.phase === 'confirmed' ? [event.moment] : [],
    )
    expect(replayed.moments.filter(({ phase }) => phase === 'confirmed')).toMatchObject(confirmed)
    expect(trace).not.toMatch(/zaventem|parcel/i)
    expect(
      events.flatMap(({ visitor, session }) => [visitor, session]).filter((id) => trace.includes(id!)),
    ).toEqual([])
  })

  test('through a change of the ruleset, where the detectors begin anew', async ({
    page,
    shopper,
    collector,
  }) => {
    const rules: { now: object } = { now: { ...ruleset, version: 1000 } }
    await page.route('/rules.json', (route) => route.fulfill({ json: rules.now }))
    await recordFromTheStart(page)
    await page.goto('/pricing')
    await armed(page)
    const plans = page.locator('[data-cta]')
    await shopper.hover(plans.first())
    await passes(page, 1000)
    // The rest of the mouse that is under way is forgotten: it is no moment, 2 s after it began.
    rules.now = { ...rules.now, version: 1001, moments: { hesitation: { dwellMs: 2000 } } }
    await call(page, 'refresh')
    await passes(page, 1500)
    await shopper.hover(plans.last())
    await collector.waitFor('moment', ({ moment }) => moment.name === 'hesitation')

    const { events, replayed } = await bothOf(page, collector)
    const moments = events.filter((event) => event.type === 'moment')
    const confirmed = moments.filter(({ moment }) => moment.phase === 'confirmed')
    expect(confirmed.map(({ moment }) => moment.name)).toEqual(['hesitation'])
    expectSameMoments(replayed, moments)
  })

  test('loads the part that writes only when it is asked for', async ({ page }) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto('/pricing')
    await started(page)
    await armed(page)
    expect(asked).not.toContain('/splitsecond-record.js')
    await call(page, 'record')
    await expect.poll(() => asked).toContain('/splitsecond-record.js')
  })
})
