import type { Cart } from './cart'
import type { CountryCode } from './countries'
import { deliveryWay, missingForFreeDelivery, type DeliveryId, type DeliveryWay } from './delivery'
import { describeLines, type DescribedLine } from './describeLine'
import type { Cents } from './money'
import { vatOf, type Vat } from './vat'

export interface Totals {
  readonly lines: readonly DescribedLine[]
  readonly country: CountryCode
  readonly items: Cents
  readonly delivery: DeliveryWay
  readonly missingForFree: Cents | null
  readonly vat: Vat
  readonly total: Cents
}

export function totalsOf(cart: Cart, deliveryId: DeliveryId = 'standard'): Totals {
  const lines = describeLines(cart.lines)
  const items = lines.reduce((sum, line) => sum + line.total, 0)
  const goods = lines.reduce((sum, line) => (line.line.kind === 'product' ? sum + line.total : sum), 0)
  const delivery = deliveryWay(cart.country, goods, deliveryId)
  const vat = vatOf(
    lines.map((line) => ({ amount: line.total, vatClass: line.vatClass })),
    delivery.price,
    cart.country,
  )
  const gross = items + delivery.price
  return {
    lines,
    country: cart.country,
    items,
    delivery,
    missingForFree: missingForFreeDelivery(cart.country, goods),
    vat,
    total: vat.treatment === 'taken-off' ? gross - vat.amount : gross,
  }
}
