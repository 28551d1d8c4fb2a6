import type { Page } from '@playwright/test'
import type { BeaconEvent } from '../../sdk/schema/event'
import type { Handle } from '../../sdk/src/handle'
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
/** Outcomes with the numbers from `first` on. */
export const makes = (page: Page, first: number, count: number, fill = '') =>
  page.evaluate(
    ([from, to, filling]) => {
      const { splitsecond } = window as unknown as { splitsecond: Handle }
      for (let n = from; n < to; n++) splitsecond.track('made', { n, fill: filling })
    },
    [first, first + count, fill] as const,
  )
/** The numbers of the outcomes among them. */
export const numbersOf = (events: readonly BeaconEvent[]) =>
  events.flatMap((event) => (event.type === 'outcome' ? [Number(event.data['n'])] : []))

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

/** The numbers of those that the page's database holds. */
export const keptBy = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('no database'))
      })
    const found = (await indexedDB.databases()).some(({ name }) => name === 'splitsecond')
    if (!found) return []
    const database = await settled(indexedDB.open('splitsecond'))
    const range = IDBKeyRange.bound('e:', 'e:\uffff')
    const records = (await settled(
      database.transaction('kept').objectStore('kept').getAll(range),
    )) as readonly { text: string }[]
    database.close()
    return records.flatMap(({ text }) => {
      const event = JSON.parse(text) as { type: string; data?: { n?: number } }
      return event.type === 'outcome' ? [Number(event.data?.n)] : []
    })
  })
