import { countries, type Country, type CountryCode } from './countries'
import type { Cents } from './money'

export type DeliveryId = 'standard' | 'express' | 'pickup'

export interface DeliveryWay {
  readonly id: DeliveryId
  readonly name: string
  readonly promise: string
  readonly price: Cents
}

interface ZoneTerms {
  readonly standard: { readonly price: Cents; readonly freeFrom: Cents | null; readonly promise: string }
  readonly express: { readonly price: Cents; readonly promise: string } | null
}

const terms: Record<Country['zone'], ZoneTerms> = {
  near: {
    standard: { price: 490, freeFrom: 6000, promise: 'Two to three working days' },
    express: { price: 1290, promise: 'Tomorrow, if you order by noon' },
  },
  eu: {
    standard: { price: 890, freeFrom: 10000, promise: 'Three to five working days' },
    express: { price: 1890, promise: 'Two working days' },
  },
  world: {
    standard: { price: 1490, freeFrom: null, promise: 'Five to eight working days, customs permitting' },
    express: null,
  },
}

/** `goods` is what lies in the basket besides plans: a plan's delivery is in its price. */
export function deliveryWays(country: CountryCode, goods: Cents): DeliveryWay[] {
  const { standard, express } = terms[countries[country].zone]
  const free = goods === 0 || (standard.freeFrom !== null && goods >= standard.freeFrom)
  const ways: DeliveryWay[] = [
    { id: 'standard', name: 'Standard', promise: standard.promise, price: free ? 0 : standard.price },
  ]
  if (express) ways.push({ id: 'express', name: 'Express', ...express })
  if (country === 'BE') {
    ways.push({
      id: 'pickup',
      name: 'Pick up in Ghent',
      promise: 'Ready in two hours, Tue–Sat 9–18',
      price: 0,
    })
  }
  return ways
}

/** The way asked for where it exists in this country, the standard one where not. */
export function deliveryWay(country: CountryCode, goods: Cents, id: DeliveryId): DeliveryWay {
  const ways = deliveryWays(country, goods)
  const way = ways.find((candidate) => candidate.id === id) ?? ways[0]
  if (!way) throw new Error(`no way of delivery to ${country}`)
  return way
}

/** How much is missing for free standard delivery; `null` where it is never free or already is. */
export function missingForFreeDelivery(country: CountryCode, goods: Cents): Cents | null {
  const { freeFrom } = terms[countries[country].zone].standard
  if (freeFrom === null || goods === 0 || goods >= freeFrom) return null
  return freeFrom - goods
}
