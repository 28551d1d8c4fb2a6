import { describe, expect, test } from 'vitest'
import { addToCart, emptyCart, type Cart } from './cart'
import type { CountryCode } from './countries'
import { totalsOf } from './totals'

const basket = (
  country: CountryCode,
  ...wanted: readonly (readonly [string, readonly string[], number])[]
): Cart => ({
  ...wanted.reduce(
    (cart, [item, choices, quantity]) => addToCart(cart, { kind: 'product', item, choices, quantity }),
    emptyCart,
  ),
  country,
})

describe('totalsOf', () => {
  test('adds up choices, quantities and delivery', () => {
    // A kilo of Morning Field is 11.50 + 27.50, a large dripper 28.00 + 6.00.
    const totals = totalsOf(
      basket('IT', ['morning-field', ['1kg', 'filter'], 1], ['ridge-dripper', ['iron', 'large'], 1]),
    )
    expect(totals.items).toBe(3900 + 3400)
    expect(totals.delivery.price).toBe(890)
    expect(totals.total).toBe(7300 + 890)
    expect(totals.missingForFree).toBe(2700)
  })

  test('contains the tax inside the EU', () => {
    const totals = totalsOf(basket('BE', ['everyday-mug', ['cobalt'], 3]))
    expect(totals).toMatchObject({ items: 6600, total: 6600, vat: { amount: 1145, treatment: 'included' } })
  })

  test('is lower by the tax outside it, delivery included', () => {
    const totals = totalsOf(basket('CH', ['everyday-mug', ['cobalt'], 1]))
    expect(totals.vat).toEqual({ amount: 640, treatment: 'taken-off' })
    expect(totals.total).toBe(2200 + 1490 - 640)
  })

  test('a plan neither pays for delivery nor earns it for the rest', () => {
    const plan = { kind: 'plan', item: 'studio', choices: ['yearly'], quantity: 1 } as const
    const alone = totalsOf(addToCart(emptyCart, plan))
    expect(alone).toMatchObject({ items: 86900, total: 86900 })
    const withMug = totalsOf(addToCart(basket('BE', ['everyday-mug', ['iron'], 1]), plan))
    expect(withMug.delivery.price).toBe(490)
  })

  test('neither shows nor charges what we no longer sell', () => {
    const totals = totalsOf(basket('BE', ['everyday-mug', ['iron'], 1], ['teapot', [], 4]))
    expect(totals.lines).toHaveLength(1)
    expect(totals.items).toBe(2200)
  })

  test('an unknown choice costs what the first one costs', () => {
    expect(totalsOf(basket('BE', ['morning-field', ['5kg', 'snow'], 1])).items).toBe(1150)
  })

  test('an empty basket costs nothing', () => {
    expect(totalsOf(emptyCart)).toMatchObject({ items: 0, total: 0, vat: { amount: 0 } })
  })
})
