import { describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import { createOwn } from './own'

const ownOn = (browser = createFakeBrowser(), consent = { given: true }) => {
  const own = createOwn({ platform: browser.page(), mayKeep: () => consent.given })
  return { browser, own, consent }
}

describe('a shopper\u2019s own measures', () => {
  test('the median, and of how many samples', () => {
    const { own } = ownOn()
    expect(own.of('hesitation.dwell')).toBeUndefined()
    for (const ms of [900, 300, 600]) own.learn('hesitation.dwell', ms)
    expect(own.of('hesitation.dwell')).toEqual({ median: 600, samples: 3 })
    own.learn('hesitation.dwell', 700)
    expect(own.of('hesitation.dwell')).toEqual({ median: 650, samples: 4 })
    expect(own.of('hesitation.empty')).toBeUndefined()
  })

  test('follow a person who changes: the last 15 count', () => {
    const { own } = ownOn()
    for (let i = 0; i < 40; i++) own.learn('dwell', i < 25 ? 5000 : 100)
    expect(own.of('dwell')).toEqual({ median: 100, samples: 15 })
  })

  test('are there on the next page, and two tabs lose nothing of each other', async () => {
    const { browser, own } = ownOn()
    const other = ownOn(browser).own
    await Promise.all([own.load(), other.load()])
    own.learn('dwell', 100)
    other.learn('dwell', 300)
    const next = ownOn(browser).own
    await expect.poll(async () => (await next.load(), next.of('dwell'))).toEqual({ median: 200, samples: 2 })
  })

  test('without consent they live for the page, and there is no database', async () => {
    const { browser, own } = ownOn(undefined, { given: false })
    await own.load()
    own.learn('dwell', 100)
    expect(own.of('dwell')).toEqual({ median: 100, samples: 1 })
    expect(await browser.databases()).toEqual([])
    own.forget()
    expect(own.of('dwell')).toBeUndefined()
  })

  test('storage that fails costs nothing but the memory of other pages', async () => {
    const { browser, own } = ownOn()
    browser.failStorage(new DOMException('denied', 'SecurityError'))
    await own.load()
    own.learn('dwell', 100)
    expect(own.of('dwell')).toEqual({ median: 100, samples: 1 })
  })
})
