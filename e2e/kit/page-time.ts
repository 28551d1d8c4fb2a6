import type { Page } from '@playwright/test'

/** How old the page is by its own clock, ms. */
export const pageTime = (page: Page) => page.evaluate(() => performance.now())

/** Until the page is this old by its own clock, ms. */
export const onPageFor = (page: Page, age: number) =>
  page.waitForFunction((ms) => performance.now() > ms, age)

/** So long by the page's own clock, ms. */
export const passes = async (page: Page, ms: number) => onPageFor(page, (await pageTime(page)) + ms)
