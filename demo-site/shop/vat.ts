import { countries, homeCountry, type CountryCode } from './countries'
import { divideMoney, type Cents } from './money'

export interface Taxed {
  readonly amount: Cents
  readonly vatClass: 'food' | 'standard'
}

export interface Vat {
  /** Inside the EU the VAT that the total contains; outside it the VAT that is taken off. */
  readonly amount: Cents
  readonly treatment: 'included' | 'taken-off'
}

/** The part of a price that is VAT, for a price that contains it. Rates are per mille. */
export function vatWithin(gross: Cents, perMille: number): Cents {
  return Math.round((gross * perMille) / (1000 + perMille))
}

/**
 * Prices on the shelf contain Belgian VAT and are the same throughout the EU; the rate of the destination
 * decides how much of them is tax. Delivery shares the fate of what is delivered: its price is divided over
 * the classes in proportion, and each class is rounded once.
 */
export function vatOf(goods: readonly Taxed[], delivery: Cents, destination: CountryCode): Vat {
  const rates = countries[destination].vat
  const { standard, food } = rates ?? countries[homeCountry].vat
  const byClass = [sumOf(goods, 'standard'), sumOf(goods, 'food')]
  const [deliveredStandard = 0, deliveredFood = 0] = divideMoney(delivery, byClass)
  const amount =
    vatWithin((byClass[0] ?? 0) + deliveredStandard, standard) +
    vatWithin((byClass[1] ?? 0) + deliveredFood, food)
  return { amount, treatment: rates ? 'included' : 'taken-off' }
}

function sumOf(goods: readonly Taxed[], vatClass: Taxed['vatClass']): Cents {
  return goods.reduce((sum, one) => (one.vatClass === vatClass ? sum + one.amount : sum), 0)
}
