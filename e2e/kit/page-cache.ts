import type { Page } from '@playwright/test'

/** Notes on each page whether it came from the back/forward cache. */
export const watchRestores = (page: Page) =>
  page.addInitScript(() =>
    window.addEventListener('pageshow', ({ persisted }) => {
      document.documentElement.dataset['persisted'] = String(persisted)
    }),
  )

/** Whether the page came from the back/forward cache; if not, the browser's reasons. */
export const fromPageCache = (page: Page) =>
  page.evaluate(() => {
    if (document.documentElement.dataset['persisted'] === 'true') return 'from the page cache'
    const [navigation] = performance.getEntriesByType('navigation') as unknown as {
      notRestoredReasons?: unknown
    }[]
    return `loaded anew: ${JSON.stringify(navigation?.notRestoredReasons)}`
  })
