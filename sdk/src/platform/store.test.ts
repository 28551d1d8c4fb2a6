import { promisifyRequest } from 'idb-keyval'
import { describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import type { Store } from './platform'

const put = (store: Store, key: string) =>
  store.use('readwrite', (kept) => promisifyRequest(kept.put(key, key)))
const keys = (store: Store) => store.use('readonly', (kept) => promisifyRequest(kept.getAllKeys()))

describe('the store', () => {
  test('makes no database before its first use', async () => {
    const browser = createFakeBrowser()
    const { store } = browser.page()
    expect(await browser.databases()).toEqual([])
    await put(store, 'a')
    expect(await browser.databases()).toEqual(['splitsecond'])
  })

  test('leaves no timer behind', async () => {
    const page = createFakeBrowser().page()
    await put(page.store, 'a')
    expect(page.clock.pending()).toBe(0)
  })

  test('another tab purges: this one lets go, and connects anew when it needs to', async () => {
    const browser = createFakeBrowser()
    const [first, second] = [browser.page().store, browser.page().store]
    await put(first, 'a')
    await put(second, 'b')
    await first.purge()
    await browser.clock.settle()
    expect(await browser.databases()).toEqual([])
    await put(second, 'c')
    expect(await keys(first)).toEqual(['c'])
  })

  test('a purge does not wait for a connection that is never closed, and leaves nothing in it to read', async () => {
    const browser = createFakeBrowser()
    const { store } = browser.page()
    await put(store, 'a')
    const frozen = await promisifyRequest(indexedDB.open('splitsecond'))
    await store.purge()
    expect(await promisifyRequest(frozen.transaction('kept').objectStore('kept').getAllKeys())).toEqual([])
    frozen.close()
    await browser.clock.settle()
    expect(await browser.databases()).toEqual([])
  })

  describe('behind a purge that is held up', () => {
    async function holdUp() {
      const browser = createFakeBrowser()
      const page = browser.page()
      await put(page.store, 'a')
      const frozen = await promisifyRequest(indexedDB.open('splitsecond'))
      await page.store.purge()
      return { browser, page, frozen }
    }

    test('what comes late is used all the same: a machine that is busy takes seconds', async () => {
      const { browser, page, frozen } = await holdUp()
      const late = put(page.store, 'b')
      await browser.clock.advance(9_000)
      frozen.close()
      await browser.clock.settle()
      await late
      expect(await keys(page.store)).toEqual(['b'])
      expect(page.said).toEqual([])
    })

    test('what is asked for ends after ten seconds', async () => {
      const { browser, page, frozen } = await holdUp()
      const late = put(page.store, 'b').catch(String)
      await browser.clock.advance(10_000)
      expect(await late).toContain('no answer')
      expect(page.said).toEqual(['IndexedDB fails (no answer)'])
      frozen.close()
      await browser.clock.settle()
      await put(page.store, 'c')
      expect(await keys(page.store)).toContain('c')
    })
  })

  test('failures are said once, and each is told to who asked', async () => {
    const browser = createFakeBrowser()
    const page = browser.page()
    browser.failStorage(new DOMException('full', 'QuotaExceededError'))
    await expect(put(page.store, 'a')).rejects.toThrow('full')
    await expect(put(page.store, 'b')).rejects.toThrow('full')
    expect(page.said).toEqual(['IndexedDB fails (QuotaExceededError: full)'])
    browser.failStorage(undefined)
    await put(page.store, 'c')
    expect(await keys(page.store)).toEqual(['c'])
  })
})
