import type { Page } from '@playwright/test'

/** Why the browser loaded a page anew, in its own words. */
const reasons = new WeakMap<Page, string[]>()

/** Notes on each page whether it came from the back/forward cache. */
export async function watchRestores(page: Page) {
  const why: string[] = []
  reasons.set(page, why)
  const devtools = await page.context().newCDPSession(page)
  devtools.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) =>
    why.push(
      ...notRestoredExplanations.map(({ type, reason, details }) =>
        JSON.stringify({ type, reason, details }),
      ),
    ),
  )
  await devtools.send('Page.enable')
  await page.addInitScript(() =>
    window.addEventListener('pageshow', ({ persisted }) => {
      document.documentElement.dataset['persisted'] = String(persisted)
    }),
  )
}

/** Whether the page came from the back/forward cache; if not, why not. */
export const fromPageCache = async (page: Page) =>
  (await page.evaluate(() => document.documentElement.dataset['persisted'])) === 'true'
    ? 'from the page cache'
    : `loaded anew: ${reasons.get(page)?.join(', ')}`
