import { describe, expect, test } from 'vitest'
import { addToCart, countItems, emptyCart, maxQuantity, readCart, setQuantity, type Wanted } from './cart'

const mug = (glaze: string, quantity = 1): Wanted => ({
  kind: 'product',
  item: 'everyday-mug',
  choices: [glaze],
  quantity,
})
const plan = (item: string): Wanted => ({ kind: 'plan', item, choices: ['monthly'], quantity: 1 })

describe('addToCart', () => {
  test('the same choice joins its line, another one starts its own', () => {
    const cart = addToCart(addToCart(addToCart(emptyCart, mug('cobalt')), mug('iron')), mug('cobalt', 2))
    expect(cart.lines.map(({ choices, quantity }) => [choices[0], quantity])).toEqual([
      ['cobalt', 3],
      ['iron', 1],
    ])
    expect(countItems(cart)).toBe(4)
  })

  test('another plan replaces the first', () => {
    const cart = addToCart(addToCart(addToCart(emptyCart, plan('single')), mug('iron')), plan('studio'))
    expect(cart.lines.map(({ item }) => item)).toEqual(['everyday-mug', 'studio'])
  })

  test('nobody gets more than the shelf holds', () => {
    expect(addToCart(emptyCart, mug('iron', 99)).lines[0]?.quantity).toBe(maxQuantity)
  })

  test('leaves the cart it was given alone', () => {
    addToCart(emptyCart, mug('iron'))
    expect(emptyCart.lines).toEqual([])
  })
})

describe('setQuantity', () => {
  const cart = addToCart(addToCart(emptyCart, mug('cobalt', 2)), plan('single'))

  test('changes one line', () => {
    expect(setQuantity(cart, 'product/everyday-mug/cobalt', 5).lines[0]?.quantity).toBe(5)
  })

  test('zero takes the line out', () => {
    expect(setQuantity(cart, 'product/everyday-mug/cobalt', 0).lines).toHaveLength(1)
  })

  test('a plan stays one', () => {
    expect(setQuantity(cart, 'plan/single/monthly', 3).lines[1]?.quantity).toBe(1)
  })
})

describe('readCart', () => {
  test('reads back what was stored', () => {
    const cart = { ...addToCart(emptyCart, mug('cobalt', 2)), country: 'DE' as const }
    expect(readCart(JSON.parse(JSON.stringify(cart)))).toEqual(cart)
  })

  test.each([undefined, null, 3, 'cart', [], {}, { lines: 'many' }])('starts empty from %j', (stored) => {
    expect(readCart(stored)).toEqual(emptyCart)
  })

  test('keeps the lines that make sense', () => {
    const good = { kind: 'product', item: 'bean-jar', choices: ['iron'], quantity: 1.4 }
    const lines = [
      good,
      null,
      { ...good, kind: 'gift' },
      { ...good, choices: [7] },
      { ...good, quantity: NaN },
    ]
    expect(readCart({ lines, country: 'XX' })).toEqual({
      lines: [{ ...good, id: 'product/bean-jar/iron', quantity: 1 }],
      country: 'BE',
    })
  })
})
