import { expect, test } from 'vitest'
import { addToCart, emptyCart } from './cart'
import { orderFrom, orderNumber, readOrder } from './order'
import { totalsOf } from './totals'

test('an order is what the basket came to', () => {
  const cart = addToCart(emptyCart, { kind: 'product', item: 'cortado-cups', choices: ['iron'], quantity: 2 })
  const order = orderFrom(totalsOf(cart, 'express'), { number: 'KK-12345', email: 'ines@example.com' })
  expect(order).toMatchObject({ number: 'KK-12345', delivery: 'Express', total: 6400 + 1290, told: false })
  expect(order.lines).toMatchObject([{ name: 'Cortado Cups', detail: 'Iron red', quantity: 2, total: 6400 }])
  expect(readOrder(JSON.parse(JSON.stringify(order)))).toEqual(order)
})

test('order numbers have five digits', () => {
  expect(orderNumber(0)).toBe('KK-10000')
  expect(orderNumber(0.999999)).toBe('KK-99999')
})

test.each([undefined, null, 'KK-12345', {}, { number: 'KK-12345' }])('%j is no order', (stored) => {
  expect(readOrder(stored)).toBeNull()
})
