import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namesOf } from '../item-names'
import { bought, carried, faded, MAX_CATEGORIES, nothing, viewed, type Profile } from './affinity'

const day = 24 * 3_600_000
const at = (now: number) => ({ now, halfLifeMs: 14 * day })
const score = (profile: Profile, category: string, now = profile.at) =>
  faded(profile, at(now)).leanings.get(category)?.score

describe('what a shopper leans to', () => {
  test('a purchase says more than the cart, the cart more than a look', () => {
    const looked = viewed(nothing, 'mugs', at(0))
    const added = carried(nothing, [{ category: 'mugs' }], at(0))
    const ordered = bought(nothing, [{ category: 'mugs' }], { ...at(0), value: 12 })
    const [look, cart, order] = [looked, added, ordered].map((it) => score(it, 'mugs')!)
    expect(look).toBeLessThan(cart!)
    expect(cart).toBeLessThan(order!)
  })

  test('is half of itself after a half-life, and forgotten when it is next to nothing', () => {
    const profile = viewed(viewed(nothing, 'mugs', at(0)), 'mugs', at(60_000))
    expect(score(profile, 'mugs', 60_000 + 14 * day)).toBeCloseTo(score(profile, 'mugs')! / 2)
    expect(score(profile, 'mugs', 365 * day)).toBeUndefined()
  })

  test('fades alike, however often it is looked at in between', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30 * day), { maxLength: 8 }), (stops) => {
        const start = viewed(nothing, ['mugs', 'trays'], at(0))
        const end = 60 * day
        const between = [...stops]
          .sort((a, b) => a - b)
          .reduce((profile, now) => faded(profile, at(now)), start)
        expect(score(between, 'mugs', end)).toBeCloseTo(score(start, 'mugs', end)!, 8)
      }),
    )
  })

  test('a press in a list and the page it opens are one look', () => {
    const pressed = viewed(nothing, 'mugs', at(0))
    expect(score(viewed(pressed, 'mugs', at(2000)), 'mugs')).toBeCloseTo(1, 3)
    expect(score(viewed(pressed, 'mugs', at(20_000)), 'mugs')).toBeCloseTo(2, 3)
  })

  test('a clock that was set back takes nothing, one that was set on and back only what it showed', () => {
    const profile = viewed(nothing, 'mugs', at(10 * day))
    expect(score(profile, 'mugs', 0)).toBe(1)
    expect(score(viewed(profile, 'mugs', at(0)), 'mugs')).toBe(2)
  })
})

describe('the cart', () => {
  test('only what there is more of than before was added', () => {
    const mugs = (quantity?: number) => ({ id: 'm', category: 'mugs', quantity })
    const one = carried(nothing, [mugs()], at(0))
    expect(score(carried(one, [mugs()], at(0)), 'mugs')).toBe(3)
    const two = carried(one, [mugs(2), { category: ['trays', 'wood'] }], at(0))
    expect(score(two, 'mugs')).toBe(6)
    expect(score(two, 'wood')).toBe(3)
    const fewer = carried(two, [], at(0))
    expect(score(fewer, 'mugs')).toBe(6)
  })
})

describe('an order', () => {
  const items = [
    { id: 'm1', category: 'mugs', price: 9 },
    { id: 'm2', category: 'mugs', price: 11 },
  ]
  test('is the last purchase, and what was in the cart is no longer there', () => {
    const carrying = carried(nothing, items, at(0))
    const profile = bought(carrying, items, { ...at(5), value: 20 })
    expect(profile.lastPurchase).toEqual({ at: 5, value: 20, items: ['m1', 'm2'], categories: ['mugs'] })
    expect(profile.cart.size).toBe(0)
    expect(score(carried(profile, items, at(5)), 'mugs')).toBeCloseTo(3 + 5 + 3)
  })
  test('whose page is loaded anew counts once; the next one counts', () => {
    const once = bought(nothing, items, { ...at(0), value: 20 })
    expect(bought(once, items, { ...at(60_000), value: 20 })).toBe(once)
    expect(bought(once, [items[0]], { ...at(60_000), value: 9 }).lastPurchase!.at).toBe(60_000)
    expect(bought(once, items, { ...at(day), value: 20 }).lastPurchase!.at).toBe(day)
  })
  test('a value that is no figure is none', () => {
    expect(bought(nothing, items, { ...at(0), value: '20' }).lastPurchase).not.toHaveProperty('value')
  })
})

describe('is bounded, whatever the page says', () => {
  test('so many categories, the lowest give way', () => {
    const liked = Array.from({ length: 3 }).reduce<Profile>(
      (profile, _, index) => viewed(profile, 'mugs', at(index * 20_000)),
      nothing,
    )
    const all = Array.from({ length: 500 }).reduce<Profile>(
      (profile, _, index) => viewed(profile, `c${index}`, at(60_000 + index)),
      liked,
    )
    expect(all.leanings.size).toBe(MAX_CATEGORIES)
    expect(score(all, 'mugs')).toBeGreaterThan(2.9)
  })
  test('odd categories are none', () => {
    expect(namesOf([' Home.Tea ', 3, null, '', 'Home_Tea', {}, 'x'.repeat(1000)])).toEqual([
      'Home_Tea',
      'x'.repeat(100),
    ])
    expect(namesOf(undefined)).toEqual([])
  })
  test('odd items cost nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 30 }), fc.anything(), (items, value) => {
        const told = carried(nothing, items, at(0))
        const profile = bought(told, items, { ...at(1), value })
        expect(profile.leanings.size).toBeLessThanOrEqual(MAX_CATEGORIES)
      }),
    )
  })
})
