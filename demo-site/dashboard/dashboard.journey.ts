/** The dashboard in a real browser: figures, empty store, no collector; light and dark, desktop and phone. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { serve, type ServerType } from '@hono/node-server'
import { expect, test, type Page } from '@playwright/test'
import { createCollector, type Collector } from '../collector/index'
import { traffic } from '../collector/test-traffic'

let dataDir: string
let collector: Collector
let server: ServerType
let origin: string

const listen = (port: number): Promise<number> =>
  new Promise((resolve) => {
    server = serve({ fetch: collector.app.fetch, port, hostname: '127.0.0.1' }, (info) => resolve(info.port))
  })

const hangUp = (): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })

test.beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'splitsecond-dashboard-'))
  collector = await createCollector({ dataDir })
  origin = `http://127.0.0.1:${await listen(0)}`
})

test.afterEach(async () => {
  await hangUp()
  await collector.close()
  await rm(dataDir, { recursive: true })
})

const fill = async (shoppers: number): Promise<void> => {
  const events = traffic({ shoppers, until: Date.now(), span: 3 * 3600_000 })
  const body = events.map((event) => JSON.stringify(event)).join('\n')
  const response = await collector.app.request('/v1/events', { method: 'POST', body })
  expect(await response.json()).toEqual({ accepted: events.length, rejected: [] })
}

/** Whatever the page complains about: script errors, and all that its content security policy stopped. */
const complaints = (page: Page): string[] => {
  const heard: string[] = []
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text())
  })
  return heard
}

const expectAccessible = async (page: Page): Promise<void> => {
  // Two copies of playwright-core may lie in node_modules, alike but not the same to the type checker.
  const builder = new AxeBuilder({ page: page })
  const { violations } = await builder.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}

const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(beyond).toBeLessThanOrEqual(0)
}

const screens = [
  { name: 'desktop', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone', viewport: { width: 375, height: 812 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 320, height: 700 }, colorScheme: 'dark' },
] as const

for (const { name, viewport, colorScheme } of screens) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme })

    test('shows the figures of the report', async ({ page }, testInfo) => {
      await fill(400)
      const heard = complaints(page)
      await page.goto(`${origin}/dashboard`)
      const report = await (await page.request.get(`${origin}/v1/report`)).json()
      const seen = page.locator('.figure', { hasText: 'Signal to seen' })
      await expect(seen.getByRole('definition')).toContainText(`${report.splits.total.p50.toFixed(1)} ms`)
      await expect(page.locator('.figure', { hasText: 'Moment fit' })).toContainText(
        `${Math.round(report.fit.rate * 100)}%`,
      )
      await expect(page.locator('.trend canvas')).toBeVisible()
      await expect(page.locator('.chains li')).toHaveCount(12)
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await page.screenshot({ path: testInfo.outputPath('figures.png'), fullPage: true })
      expect(heard).toEqual([])
    })

    test('says what to do while the store is empty', async ({ page }, testInfo) => {
      await page.goto(`${origin}/dashboard`)
      await expect(page.getByRole('link', { name: 'Open the shop and hesitate on a plan' })).toHaveAttribute(
        'href',
        '/pricing',
      )
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await page.screenshot({ path: testInfo.outputPath('empty.png'), fullPage: true })
    })
  })
}

test('takes up new events by itself', async ({ page }) => {
  await page.goto(`${origin}/dashboard`)
  await expect(page.getByRole('heading', { name: 'No moments' })).toBeVisible()
  await fill(20)
  await expect(page.getByRole('heading', { name: 'Where the time goes' })).toBeVisible()
})

test('says when the collector is away, keeps the last figures, and recovers', async ({ page }, testInfo) => {
  await fill(60)
  await page.goto(`${origin}/dashboard`)
  await expect(page.locator('.chains li')).toHaveCount(12)
  await hangUp()
  await expect(page.getByRole('alert')).toContainText('The collector does not answer')
  await expect(page.locator('.chains li')).toHaveCount(12)
  await expectAccessible(page)
  await page.screenshot({ path: testInfo.outputPath('away.png') })
  await listen(Number(new URL(origin).port))
  await expect(page.getByRole('alert')).toBeHidden()
})

test('looks at another span of time', async ({ page }) => {
  await fill(60)
  await page.goto(`${origin}/dashboard`)
  const seen = page.locator('.figure', { hasText: 'Nudges seen' }).locator('strong')
  await expect(seen).not.toHaveText('0')
  const all = await seen.textContent()
  await page.getByRole('radio', { name: '15 min' }).check({ force: true })
  await expect(seen).not.toHaveText(all ?? '')
  await page.getByRole('radio', { name: 'All' }).check({ force: true })
  await expect(seen).toHaveText(all ?? '')
})
