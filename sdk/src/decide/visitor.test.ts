import { describe, expect, test, vi } from 'vitest'
import { createFakeBrowser, type FakePlatform } from '../../test/fake-platform'
import { createUuid } from '../platform/uuid'
import { helped } from './helped'
import { createVisitor } from './visitor'

const minute = 60_000
const day = 24 * 60 * minute
const visitorOn = (platform: FakePlatform) =>
  createVisitor({ platform, uuid: createUuid(platform.random), acting: { helped } })
const shown = (rule: string, visitor: ReturnType<typeof visitorOn>, at = 0) => {
  const nudge = { rule, decision: `of-${rule}`, at, session: visitor.current().session.id }
  visitor.spend(nudge)
  return nudge
}
const rules = (visitor: ReturnType<typeof visitorOn>) => visitor.current().shown.map(({ rule }) => rule)
/** A page with consent, its visitor read. */
const opened = async (browser = createFakeBrowser()) => {
  const page = browser.page()
  const visitor = visitorOn(page)
  await visitor.open()
  return { browser, clock: browser.clock, page, visitor }
}

test('what helped is remembered of the nudge, or of all of the session', async () => {
  const { browser, clock, visitor } = await opened()
  shown('first', visitor)
  await clock.advance(31 * 60_000)
  visitor.count('hesitation')
  shown('second', visitor)
  shown('third', visitor)
  visitor.help('clicked', 'of-third')
  visitor.help('order_complete')
  visitor.help('order_complete')
  const seen = () => visitor.current().shown.map(({ rule, helped }) => [rule, helped])
  const wanted = [
    ['first', undefined],
    ['second', ['order_complete']],
    ['third', ['order_complete', 'clicked']],
  ]
  expect(seen()).toEqual(wanted)
  for (let each = 0; each < 30; each++) visitor.help(`outcome-${each}`)
  expect(visitor.current().shown[2]!.helped).toHaveLength(10)
  await clock.settle()
  const next = (await opened(browser)).visitor
  expect(next.current().shown[2]!.helped).toContain('outcome-29')
})

describe('a session', () => {
  test('spans pages and tabs, and keeps what its moments count', async () => {
    const { browser, clock, visitor } = await opened()
    const { id, session } = visitor.current()
    visitor.count('hesitation')
    await clock.advance(29 * minute)
    const second = await opened(browser)
    expect(second.visitor.current()).toMatchObject({
      id,
      visits: 1,
      session: { id: session.id, moments: { hesitation: 1 } },
    })
  })

  test('ends after 30 idle minutes: a new visit, its moments at zero', async () => {
    const { browser, clock, visitor } = await opened()
    const first = visitor.current()
    visitor.count('hesitation')
    await clock.advance(31 * minute)
    const next = (await opened(browser)).visitor.current()
    expect(next).toMatchObject({ id: first.id, visits: 2, session: { moments: {} } })
    expect(next.session.id).not.toBe(first.session.id)
  })

  test('goes on as long as something happens, on the next page too', async () => {
    const { browser, clock, visitor } = await opened()
    const { session } = visitor.current()
    for (let i = 0; i < 10; i++) {
      await clock.advance(10 * minute)
      visitor.current()
    }
    await clock.settle()
    const next = await opened(browser)
    expect(next.visitor.current()).toMatchObject({ visits: 1, session: { id: session.id } })
  })

  test('begins anew on a page that is left open, once for all tabs', async () => {
    const { browser, clock, visitor } = await opened()
    const second = (await opened(browser)).visitor
    await clock.advance(45 * minute)
    visitor.current()
    await clock.settle()
    second.current()
    await clock.settle()
    expect(visitor.current().visits).toBe(2)
    expect(second.current()).toMatchObject({ visits: 2, session: { id: visitor.current().session.id } })
  })

  test('is not written while the page is hidden or goes: a page with an open transaction is not cached', async () => {
    const { browser, clock, page, visitor } = await opened()
    await clock.advance(10 * minute)
    page.hide()
    visitor.current()
    await clock.advance(21 * minute)
    page.show()
    expect((await opened(browser)).visitor.current().visits).toBe(2)
  })

  test('is not kept alive by a clock that was set back', async () => {
    const { clock, visitor } = await opened()
    const { session } = visitor.current()
    clock.setWall(-365 * day)
    expect(visitor.current().session.id).not.toBe(session.id)
  })

  test('how long ago the visit before was', async () => {
    const { browser, clock, visitor } = await opened()
    expect(visitor.current().daysSinceLastVisit).toBe(0)
    await clock.advance(3 * day + minute)
    expect((await opened(browser)).visitor.current()).toMatchObject({ visits: 2, daysSinceLastVisit: 3 })
  })
})

describe('what was shown', () => {
  test('is kept for the next page', async () => {
    const { browser, clock, visitor } = await opened()
    shown('a', visitor)
    shown('b', visitor)
    await clock.settle()
    expect(rules((await opened(browser)).visitor)).toEqual(['a', 'b'])
  })

  test('is merged across tabs: neither overwrites the other, each learns of the other', async () => {
    const { browser, clock, visitor } = await opened()
    const second = (await opened(browser)).visitor
    shown('a', visitor)
    shown('b', second)
    await clock.settle()
    expect(rules(second)).toEqual(['a', 'b'])
    visitor.count('hesitation')
    await clock.settle()
    expect(rules(visitor)).toEqual(['a', 'b'])
    expect(rules((await opened(browser)).visitor)).toEqual(['a', 'b'])
  })

  test('at once, not when the database has answered', async () => {
    const { visitor } = await opened()
    shown('a', visitor)
    expect(rules(visitor)).toEqual(['a'])
    shown('b', visitor)
    expect(rules(visitor)).toEqual(['a', 'b'])
  })

  test('stays known while the database answers to what came before', async () => {
    const { clock, visitor } = await opened()
    visitor.count('hesitation')
    await Promise.resolve()
    shown('a', visitor)
    const seen = new Set<number>()
    for (let i = 0; i < 50; i++) {
      seen.add(rules(visitor).length)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await clock.settle()
    expect([...seen]).toEqual([1])
    expect(visitor.current().session.moments).toEqual({ hesitation: 1 })
  })

  test('waits for no queue of its own, nor does what else is to be written', async () => {
    const { browser, clock, page, visitor } = await opened()
    const use = vi.spyOn(page.store, 'use')
    shown('a', visitor)
    for (let each = 0; each < 30; each++) {
      visitor.help(`outcome-${each}`)
      visitor.count('hesitation')
    }
    shown('b', visitor)
    await clock.settle()
    expect(use).toHaveBeenCalledTimes(1)
    visitor.count('hesitation')
    await clock.settle()
    expect(use).toHaveBeenCalledTimes(2)
    const next = (await opened(browser)).visitor
    expect(rules(next)).toEqual(['a', 'b'])
    expect(next.current().shown[0]!.helped).toContain('outcome-29')
    expect(next.current().session.moments).toEqual({ hesitation: 31 })
  })

  test('at the instant at which the database answers is in the next transaction, and not lost', async () => {
    const { browser, clock, page, visitor } = await opened()
    const { use } = page.store
    vi.spyOn(page.store, 'use').mockImplementationOnce((mode, act) =>
      use(mode, async (records) => {
        const done = await act(records)
        visitor.count('exit_intent')
        return done
      }),
    )
    visitor.count('hesitation')
    await clock.settle()
    const moments = { hesitation: 1, exit_intent: 1 }
    for (const it of [visitor, (await opened(browser)).visitor])
      expect(it.current().session.moments).toEqual(moments)
  })

  test('while the database fails is in memory, and in the database with what comes when it works again', async () => {
    const { browser, clock, page, visitor } = await opened()
    vi.spyOn(page.store, 'use').mockRejectedValueOnce(new Error('full'))
    shown('a', visitor)
    visitor.count('hesitation')
    await clock.settle()
    expect(rules(visitor)).toEqual(['a'])
    visitor.count('exit_intent')
    await clock.settle()
    for (const it of [visitor, (await opened(browser)).visitor]) expect(rules(it)).toEqual(['a'])
    shown('b', visitor)
    await clock.settle()
    for (const it of [visitor, (await opened(browser)).visitor]) expect(rules(it)).toEqual(['a', 'b'])
  })

  test('in a transaction that fails is kept by the next, although that waited already', async () => {
    const { browser, clock, page, visitor } = await opened()
    const { use } = page.store
    vi.spyOn(page.store, 'use').mockImplementationOnce((mode, act) =>
      use(mode, async (records) => {
        await act(records)
        visitor.count('hesitation')
        records.transaction.abort()
      }).then(() => Promise.reject(new Error('full'))),
    )
    shown('a', visitor)
    await clock.settle()
    for (const it of [visitor, (await opened(browser)).visitor]) {
      expect(rules(it)).toEqual(['a'])
      expect(it.current().session.moments).toEqual({ hesitation: 1 })
    }
  })

  test('is counted once where another tab has emptied the database', async () => {
    const { browser, clock, visitor } = await opened()
    await browser.page().store.purge()
    await clock.settle()
    shown('a', visitor)
    visitor.count('hesitation')
    await clock.settle()
    for (const it of [visitor, (await opened(browser)).visitor]) {
      expect(rules(it)).toEqual(['a'])
      expect(it.current().session.moments).toEqual({ hesitation: 1 })
    }
  })

  test('before consent it is in memory, and stays there as shown in this session', async () => {
    const { browser, clock, visitor } = await opened()
    shown('before', visitor)
    await clock.advance(day)
    const page = browser.page()
    const second = visitorOn(page)
    shown('pending', second)
    await second.open()
    const { session, shown: all } = second.current()
    expect(all.map(({ rule }) => rule)).toEqual(['before', 'pending'])
    expect(all.at(-1)!.session).toBe(session.id)
    expect(second.current().visits).toBe(2)
    await clock.settle()
    expect(rules((await opened(browser)).visitor)).toEqual(['before', 'pending'])
  })

  test('opening again (back/forward cache) reads what another page has shown, and doubles nothing', async () => {
    const { browser, visitor } = await opened()
    shown('a', visitor)
    const second = (await opened(browser)).visitor
    shown('b', second)
    await visitor.open()
    await visitor.open()
    expect(rules(visitor)).toEqual(['a', 'b'])
  })

  test('is bounded', async () => {
    const { clock, visitor } = await opened()
    for (let i = 0; i < 1_030; i++) shown(`${i}`, visitor)
    await clock.settle()
    expect(rules(visitor)).toHaveLength(1_000)
    expect(rules(visitor).at(-1)).toBe('1029')
  })
})

describe('consent', () => {
  test('before it there is no database, not even an empty one', async () => {
    const browser = createFakeBrowser()
    const visitor = visitorOn(browser.page())
    shown('a', visitor)
    visitor.count('hesitation')
    await browser.clock.advance(2 * minute)
    visitor.current()
    await browser.clock.settle()
    expect(await browser.databases()).toEqual([])
    expect(visitor.known()).toBe(false)
  })

  test('its end: a new id, nothing of the old one, and no database', async () => {
    const { browser, clock, visitor } = await opened()
    const { id } = visitor.current()
    shown('a', visitor)
    await visitor.close()
    await clock.settle()
    expect(await browser.databases()).toEqual([])
    expect(visitor.current().id).not.toBe(id)
    expect(rules(visitor)).toEqual([])
    expect(visitor.known()).toBe(false)
  })

  test('its end while the database is being read: what is read is not taken', async () => {
    const { browser, visitor: first } = await opened()
    const { id } = first.current()
    const visitor = visitorOn(browser.page())
    const reading = visitor.open()
    void visitor.close()
    await reading
    expect(visitor.current().id).not.toBe(id)
    expect(visitor.loading()).toBeUndefined()
  })

  test('its end while something waits to be written, and given again at once: what comes then is kept', async () => {
    const { clock, visitor } = await opened()
    visitor.count('hesitation')
    void visitor.close()
    void visitor.open()
    shown('a', visitor)
    await clock.settle()
    visitor.count('exit_intent')
    await clock.settle()
    expect(rules(visitor)).toEqual(['a'])
    expect(visitor.current().session.moments).toMatchObject({ exit_intent: 1 })
  })

  test('given again: a new visitor is kept', async () => {
    const { browser, clock, visitor } = await opened()
    const { id } = visitor.current()
    await visitor.close()
    await clock.settle()
    await visitor.open()
    await clock.settle()
    const next = visitor.current().id
    expect(next).not.toBe(id)
    expect((await opened(browser)).visitor.current().id).toBe(next)
  })

  test('reading is over when all that was asked for is read', async () => {
    const { browser } = await opened()
    const visitor = visitorOn(browser.page())
    const first = visitor.open()
    const second = visitor.open()
    await first
    expect(visitor.loading()).toBeDefined()
    await second
    expect(visitor.loading()).toBeUndefined()
  })
})

describe('blocked storage', () => {
  test('the visitor lives in memory for this page; one line says so', async () => {
    const browser = createFakeBrowser()
    browser.failStorage(new DOMException('no', 'SecurityError'))
    const { page, visitor, clock } = await opened(browser)
    shown('a', visitor)
    visitor.count('hesitation')
    await clock.advance(2 * minute)
    visitor.current()
    await visitor.open()
    expect(rules(visitor)).toEqual(['a'])
    expect(page.said).toEqual(['IndexedDB fails (SecurityError: no)'])
    expect(visitor.loading()).toBeUndefined()
  })

  test('a database that never answers is not waited for', async () => {
    const browser = createFakeBrowser()
    const visitor = visitorOn(browser.page())
    browser.hangStorage()
    void visitor.open()
    await browser.clock.advance(2_000)
    expect(visitor.loading()).toBeUndefined()
  })

  test('nor one that is slow; when it answers, he is who he was, and what he saw meanwhile counts', async () => {
    const { browser, visitor: before } = await opened()
    shown('a', before)
    await browser.clock.settle()
    const answer = browser.hangStorage()
    const page = browser.page()
    const visitor = visitorOn(page)
    void visitor.open()
    await browser.clock.advance(3_000)
    expect(visitor.loading()).toBeUndefined()
    shown('b', visitor)
    answer()
    await browser.clock.settle()
    expect(visitor.current().id).toBe(before.current().id)
    expect(rules(visitor)).toEqual(['a', 'b'])
    expect(page.said).toEqual([])
  })
})
