import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClock } from '../../test/fake-clock'
import type { PageRef } from '../terms'
import type { PageTime } from '../time'
import type { CaptureKit, On } from './source'
import { createStays, type KeptStay } from './stays'

const page = { hidden: false }
const answer = { responseStatus: 200 }
beforeEach(() => {
  page.hidden = false
  answer.responseStatus = 200
  vi.stubGlobal('document', page)
  vi.stubGlobal('performance', { getEntriesByType: () => [answer] })
})
afterEach(() => vi.unstubAllGlobals())

const at = (ms: number) => ms as PageTime
const ref = (type: string): PageRef => ({ type, path: '' })

/** A page of the tab that began so long (ms) after the tab's first page did. */
const opens = (began = 0) => {
  const stays = createStays()
  const { toEpoch } = createFakeClock()
  const clock = { toEpoch: (time: PageTime) => toEpoch(at(time + began)) }
  const { on = {} } = stays.source({ clock } as unknown as CaptureKit)
  return {
    ...stays,
    loads: (kept?: readonly KeptStay[]) => stays.reach(at(0), false, null, kept),
    /** A route within the page. */
    goes: (ms: number, from: string) => stays.reach(at(ms), true, ref(from)),
    turns(hidden: boolean, ms: number) {
      page.hidden = hidden
      ;(on.visibilitychange as On)({} as Event, at(ms), at(ms))
    },
  }
}

test('a page is seen from when it is reached until it is left, without the time it was hidden', () => {
  const it = opens()
  it.loads()
  it.turns(true, 3000)
  it.turns(false, 60_000)
  expect(it.goes(61_000, 'product')).toEqual([
    { type: 'product', at: 61_000, visibleMs: 4000, failed: false },
  ])
})

test('a page that was loaded in the background is seen from when it is shown', () => {
  const it = opens()
  page.hidden = true
  it.loads()
  it.turns(false, 50_000)
  expect(it.goes(52_000, 'list')).toMatchObject([{ visibleMs: 2000 }])
})

test('the next page begins anew; the last one left stands last', () => {
  const it = opens()
  it.loads()
  it.goes(9000, 'list')
  expect(it.goes(10_500, 'product')).toMatchObject([
    { type: 'list', at: 9000, visibleMs: 9000 },
    { type: 'product', at: 10_500, visibleMs: 1500 },
  ])
})

test('over a page load: what the tab kept lies before this page', () => {
  const before = opens()
  before.loads()
  const kept = before.leave(at(4000), 'list')
  const it = opens(4200)
  expect(it.loads(kept)).toEqual([{ type: 'list', at: -200, visibleMs: 4000, failed: false }])
  expect(it.goes(1000, 'product')).toMatchObject([{ type: 'list' }, { type: 'product', visibleMs: 1000 }])
})

test('where the tab kept nothing, nothing is known', () => {
  expect(opens(9000).loads()).toEqual([])
})

test('asked for when the page has long begun: it counts as seen all along, after what the tab kept', () => {
  const before = opens()
  before.loads()
  const kept = before.leave(at(4000), 'list')
  const it = opens(4000)
  expect(it.leave(at(9000), 'product', kept)).toMatchObject([{ type: 'list' }, { visibleMs: 9000 }])
})

test('a page that the server could not give had failed; a route within it has not', () => {
  answer.responseStatus = 503
  const it = opens()
  it.loads()
  expect(it.goes(1000, 'product')).toMatchObject([{ failed: true }])
  expect(it.goes(2000, 'list')).toMatchObject([{ failed: true }, { failed: false }])
})

test('leaving as it is hidden counts once, whichever is told first', () => {
  for (const order of ['left first', 'hidden first']) {
    const it = opens()
    it.loads()
    if (order === 'hidden first') it.turns(true, 2000)
    const left = it.leave(at(2000), 'cart')
    it.turns(true, 2000)
    expect(left).toMatchObject([{ visibleMs: 2000 }])
    page.hidden = false
  }
})

test('from the page cache, before the page between has told: no more is taken than the time away', () => {
  const it = opens()
  it.loads()
  it.leave(at(9000), 'product')
  expect(it.reach(at(11_500), false, ref('pricing'))).toEqual([
    { type: 'product', at: 9000, visibleMs: 9000, failed: false },
    { type: 'pricing', at: 11_500, visibleMs: 2500, failed: false },
  ])
})

test('six are kept, and nothing of a page but its type', () => {
  const it = opens()
  it.loads()
  const types = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const told = types.map((type, i) => it.goes(i, type)).at(-1)!
  expect(told.map(({ type }) => type)).toEqual(types.slice(1))
  expect(Object.keys(told[0]!).sort()).toEqual(['at', 'failed', 'type', 'visibleMs'])
})
