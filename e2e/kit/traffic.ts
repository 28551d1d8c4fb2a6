import type { BrowserContext, Page, Request } from '@playwright/test'

/** Every request that leaves the browser, service workers and keepalive included. */
export function watchTraffic(context: BrowserContext) {
  const requests: Request[] = []
  context.on('request', (request) => requests.push(request))
  return {
    requests,
    to: (path: string) => requests.filter((request) => new URL(request.url()).pathname === path),
    /** Address, headers and body of all of them: the haystack in which a typed word must not be found. */
    text: () =>
      requests
        .map((request) => [request.url(), JSON.stringify(request.headers()), request.postData()].join('\n'))
        .join('\n\n'),
  }
}

/** All that the page has written down anywhere, as text. */
export const written = (page: Page) =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
      })
    const kept: unknown[] = [
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      history.state,
    ]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const records = database.transaction(store).objectStore(store)
        kept.push(name, store, await settled(records.getAllKeys()), await settled(records.getAll()))
      }
      database.close()
    }
    return JSON.stringify(kept)
  })

/** What of ours is on the device. */
export async function ownTraces(page: Page) {
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))
  const keys = await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
  const cookies = (await page.context().cookies()).map(({ name }) => name)
  const ours = (name: string) => /splitsecond/i.test(name)
  // `demo` is the shop's own: it remembers the switches in the address.
  return [...databases, ...keys.filter(ours), ...cookies.filter((name) => ours(name) || name !== 'demo')]
}
