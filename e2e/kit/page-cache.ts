import type { Page } from '@playwright/test'

/** Notes on each page whether it came from the back/forward cache. */
export const watchRestores = (page: Page) =>
  page.addInitScript(() =>
    window.addEventListener('pageshow', ({ persisted }) => {
      document.documentElement.dataset['persisted'] = String(persisted)
    }),
  )

export const persisted = async (page: Page) =>
  (await page.evaluate(() => document.documentElement.dataset['persisted'])) === 'true'
