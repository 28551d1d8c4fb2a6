import type { Page } from '@playwright/test'
import { armed, expect, flush, type Collector } from './fixtures'
import type { Shopper } from './shopper'

/** The shop's own ruleset, and these moments watched besides. */
export const watching = (page: Page, ...moments: string[]) =>
  page.route('/rules.json', async (route) => {
    // Whole, also where the browser has it already and asks whether there is a newer one.
    const { 'if-none-match': _had, ...headers } = route.request().headers()
    const rules = (await (await route.fetch({ headers })).json()) as object
    await route.fulfill({ json: { ...rules, observe: moments } })
  })
export const told = async (collector: Collector, name: string) =>
  (await collector.events('moment')).filter(({ moment }) => moment.name === name).map(({ moment }) => moment)
export const waitForMoment = async (collector: Collector, name: string) => {
  const [event] = await collector.waitFor('moment', ({ moment }) => moment.name === name)
  return event!
}

/** The page is watched: it has told that it was opened. */
async function watched(page: Page, collector: Collector, type: string) {
  await armed(page)
  await flush(page)
  await collector.waitFor('page', (event) => event.page.type === type)
}

/** From a product to the prices: a page that is left before it is watched is no page of the way. */
export async function glances(page: Page, collector: Collector) {
  await page.goto('/product/heron-kettle')
  await watched(page, collector, 'product')
  await page.evaluate(() => void (location.href = '/pricing'))
  await expect.poll(() => page.evaluate(() => location.pathname).catch(() => '')).toBe('/pricing')
  await watched(page, collector, 'pricing')
}

/** One glance and back is told as a quick return, and not as a return to the tab. */
export async function expectQuickReturn(page: Page, shopper: Shopper, collector: Collector) {
  await watching(page, 'quick-back', 'tab-return')
  await glances(page, collector)
  await shopper.back()
  await shopper.at('/product/heron-kettle')
  await armed(page)
  await flush(page)
  const { moment } = await waitForMoment(collector, 'quick-back')
  expect(moment).toMatchObject({
    phase: 'confirmed',
    evidence: { from: 'pricing', to: 'product', stayMaxMs: 7000 },
  })
  expect(moment.evidence['stayMs']).toBeGreaterThan(0)
  expect(moment.evidence['stayMs']).toBeLessThan(7000)
  expect(await told(collector, 'tab-return')).toEqual([])
}
