import { describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import { createLeanings } from './leanings'

const onPage = (browser = createFakeBrowser(), consent = { given: true }) => {
  const leanings = createLeanings({ platform: browser.page(), mayKeep: () => consent.given })
  return { browser, leanings, consent }
}

describe('a shopper’s leanings', () => {
  test('are there on the next page, fade, and two tabs lose nothing of each other', async () => {
    const { browser, leanings } = onPage()
    const other = onPage(browser).leanings
    await Promise.all([leanings.load(), other.load()])
    leanings.viewed('mugs')
    other.carried([{ category: 'trays' }])
    await browser.clock.settle()
    const next = onPage(browser).leanings
    await next.load()
    expect(next.profile().affinity).toMatchObject({
      mugs: expect.closeTo(1) as number,
      trays: expect.closeTo(3) as number,
    })
    await browser.clock.advance(14 * 24 * 3_600_000)
    expect(next.profile().affinity).toMatchObject({ mugs: expect.closeTo(0.5) as number })
  })

  test('without consent they live for the page, and there is no database', async () => {
    const { browser, leanings } = onPage(undefined, { given: false })
    await leanings.load()
    leanings.bought([{ id: 'm1', category: 'mugs' }], 12)
    expect(leanings.profile()).toMatchObject({
      affinity: { mugs: 5 },
      lastPurchase: { items: ['m1'], value: 12 },
    })
    await browser.clock.settle()
    expect(await browser.databases()).toEqual([])
    leanings.forget()
    expect(leanings.profile()).toEqual({ affinity: {} })
  })

  test('consent that comes late keeps what this page has learnt, and takes up what was there', async () => {
    const before = onPage()
    await before.leanings.load()
    before.leanings.viewed('mugs')
    await before.browser.clock.settle()
    const { leanings, consent, browser } = onPage(before.browser, { given: false })
    leanings.viewed('trays')
    consent.given = true
    const loading = leanings.load()
    expect(leanings.loading()).toBeDefined()
    await loading
    expect(leanings.loading()).toBeUndefined()
    expect(Object.keys(leanings.profile().affinity).sort()).toEqual(['mugs', 'trays'])
    const next = onPage(browser).leanings
    await next.load()
    expect(Object.keys(next.profile().affinity).sort()).toEqual(['mugs', 'trays'])
  })

  test('storage that fails costs nothing but the memory of other pages', async () => {
    const { browser, leanings } = onPage()
    browser.failStorage(new DOMException('denied', 'SecurityError'))
    await leanings.load()
    leanings.viewed('mugs')
    await browser.clock.settle()
    expect(leanings.profile().affinity).toEqual({ mugs: 1 })
  })
})
