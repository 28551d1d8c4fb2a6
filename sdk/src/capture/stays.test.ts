import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeClock } from '../../test/fake-clock'
import type { PageTime } from '../time'
import { createStays } from './stays'

const page = { hidden: false }
beforeEach(() => {
  page.hidden = false
  vi.stubGlobal('document', page)
})
afterEach(() => vi.unstubAllGlobals())

const at = (ms: number) => ms as PageTime
const watching = () => {
  const stays = createStays(createFakeClock())
  stays.reach(at(0), false)
  return {
    ...stays,
    turns(hidden: boolean, ms: number) {
      page.hidden = hidden
      stays.see(at(ms))
    },
  }
}

test('a page is seen from when it is reached until it is left, without the time it was hidden', () => {
  const it = watching()
  it.turns(true, 3000)
  it.turns(false, 60_000)
  const left = it.leave([], 'product', at(61_000))
  expect(it.told(left)).toEqual([{ type: 'product', at: 61_000, visibleMs: 4000, failed: false }])
})

test('a page that was loaded in the background is seen from when it is shown', () => {
  const it = watching()
  page.hidden = true
  it.reach(at(0), false)
  it.turns(false, 50_000)
  expect(it.told(it.leave([], 'list', at(52_000)))).toMatchObject([{ visibleMs: 2000 }])
})

test('the next page begins anew', () => {
  const it = watching()
  const first = it.leave([], 'list', at(9000))
  it.reach(at(9000), true)
  const both = it.leave(first, 'product', at(10_500))
  expect(it.told(both)).toEqual([
    { type: 'list', at: 9000, visibleMs: 9000, failed: false },
    { type: 'product', at: 10_500, visibleMs: 1500, failed: true },
  ])
})

test('leaving as it is hidden counts once, whichever is told first', () => {
  for (const order of ['left first', 'hidden first']) {
    const it = watching()
    if (order === 'hidden first') it.turns(true, 2000)
    const left = it.leave([], 'cart', at(2000))
    it.turns(true, 2000)
    expect(it.told(left)).toMatchObject([{ visibleMs: 2000 }])
    page.hidden = false
  }
})

test('what another page of the tab kept lies before this one', () => {
  const [before, here] = [
    createStays(createFakeClock()),
    createStays({ toEpoch: (t) => (t + 5e12) as never }),
  ]
  const kept = before.leave([], 'list', at(1000))
  expect(here.told(kept)[0]!.at).toBeLessThan(0)
})

test('of a page that could not tell no more is taken than the time away', () => {
  const it = watching()
  const left = it.leave([], 'product', at(9000))
  expect(it.told(it.between(left, 'pricing', at(11_500)))).toEqual([
    { type: 'product', at: 9000, visibleMs: 9000, failed: false },
    { type: 'pricing', at: 11_500, visibleMs: 2500, failed: false },
  ])
})

test('six are kept, and nothing of a page but its type', () => {
  const it = watching()
  const types = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const kept = types.reduce((all, type, i) => it.leave(all, type, at(i)), [] as ReturnType<typeof it.leave>)
  expect(kept.map(({ type }) => type)).toEqual(types.slice(1))
  expect(Object.keys(kept[0]!).sort()).toEqual(['at', 'failed', 'type', 'visibleMs'])
})
