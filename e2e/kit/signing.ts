import type { Page, Route } from '@playwright/test'
import {
  createPrivatePem,
  publicKeyOf,
  readPrivatePem,
  signatureOf,
  type Algorithm,
} from '../../sdk/cli/signature'

/** Somebody who signs rulesets. */
export function createOwner(algorithm: Algorithm = 'ed25519') {
  const key = readPrivatePem(createPrivatePem(algorithm))
  return { publicKey: publicKeyOf(key), sign: (text: string | Buffer) => signatureOf(key, Buffer.from(text)) }
}

/** What a static server has at `/lab/rules.json` and beside it; `null`: nothing. */
export interface Served {
  rules: string | Buffer
  signature?: string | null
  headers?: Record<string, string>
}

/** Serves what stands there at that time, so that a journey may publish anew. */
export async function serveSigned(page: Page, served: Served) {
  const asked: string[] = []
  const answer = (path: string, give: () => Parameters<Route['fulfill']>[0]) =>
    page.route(path, (route) => {
      asked.push(path)
      return route.fulfill(give())
    })
  await answer('/lab/rules.json', () => {
    const { rules, headers = {} } = served
    return { body: rules, headers: { 'content-type': 'application/json', ...headers } }
  })
  await answer('/lab/rules.json.sig', () =>
    served.signature ? { body: served.signature, contentType: 'text/plain' } : { status: 404, body: 'none' },
  )
  return { asked }
}

/** Makes something else of the one ruleset that this browser keeps. */
export const poison = (page: Page, change: 'text' | 'version') =>
  page.evaluate(async (what) => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no database')))
      })
    const database = await settled(indexedDB.open('splitsecond'))
    const records = database.transaction('kept', 'readwrite').objectStore('kept')
    const key = (await settled(records.getAllKeys())).find(
      (it) => typeof it === 'string' && it.startsWith('ruleset:'),
    )
    const kept = (await settled(records.get(key!))) as { bytes: ArrayBuffer; version: number }
    const text = new TextDecoder().decode(kept.bytes).replace('May we help?', 'Pay here first')
    const changed = what === 'text' ? { bytes: new TextEncoder().encode(text).buffer } : { version: 10_000 }
    await settled(records.put({ ...kept, ...changed }, key))
    database.close()
  }, change)
