import type { Page } from '@playwright/test'
import type { BeaconEvent } from '../../sdk/schema/event'
import type { Handle } from '../../sdk/src/handle'

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

/** The numbers of those that the page's database holds. No function in it has a name: what runs this may add to one. */
export const keptBy = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'splitsecond')) return []
    const records = await new Promise<readonly { text: string }[]>((resolve, reject) => {
      const opening = indexedDB.open('splitsecond')
      opening.onerror = () => reject(opening.error ?? new Error('no database'))
      opening.onsuccess = () => {
        const database = opening.result
        const range = IDBKeyRange.bound('e:', 'e:\uffff')
        const reading = database.transaction('kept').objectStore('kept').getAll(range)
        reading.onerror = () => reject(reading.error ?? new Error('nothing read'))
        reading.onsuccess = () => {
          database.close()
          resolve(reading.result as readonly { text: string }[])
        }
      }
    })
    return records.flatMap(({ text }) => {
      const event = JSON.parse(text) as { type: string; data?: { n?: number } }
      return event.type === 'outcome' ? [Number(event.data?.n)] : []
    })
  })
