import type { Page } from '@playwright/test'
import { expect, started } from './fixtures'
import { openLab } from './lab'

const rules = '<script type="application/json" id="splitsecond-ruleset">{"version":1,"rules":[]}</script>'
/** A page of the lab that tells this collector what happens, with no ruleset to ask for. */
export const openShop = async (page: Page, collector: string) => {
  await openLab(page, { head: rules, tag: { 'data-collector': collector } })
  await started(page)
}
/** What is said of a collector that cannot be reached: by the browser, and by us. */
export const troubles = [/^Failed to load resource: net::ERR_/, /^splitsecond: the collector /]
/** Time goes on faster than the shopper's: what waits for its next try need not be waited for. */
export const untilTaken = async (page: Page, wanted: () => number, count: number) =>
  expect
    .poll(
      async () => {
        await page.clock.runFor(1_000)
        return wanted()
      },
      { intervals: [50], timeout: 20_000 },
    )
    .toBeGreaterThanOrEqual(count)
