import { tell } from '../tell'
import { totalsOf } from '../totals'
import { cartStore } from './cartStore'

/** The basket's worth of goods, in whole euros and cents as the rest of the world writes them. */
export function tellCart(): void {
  const { lines, items } = totalsOf(cartStore.get())
  tell('cart', {
    items: lines.map(({ line, name, category, unit }) => ({
      id: line.item,
      name,
      category,
      price: unit / 100,
      quantity: line.quantity,
    })),
    total: items / 100,
    currency: 'EUR',
  })
}
