import type { GlazeName } from './glazes'
import type { Cents } from './money'

/** The standing order: coffee by subscription. A plan goes into the same basket as everything else. */
export interface Plan {
  readonly id: string
  readonly name: string
  readonly forWhom: string
  readonly monthly: Cents
  readonly includes: readonly string[]
  readonly glaze: GlazeName
  readonly recommended?: boolean
}

export type Billing = 'monthly' | 'yearly'

export const plans: readonly Plan[] = [
  {
    id: 'single',
    name: 'Single',
    forWhom: 'One careful drinker',
    monthly: 1200,
    includes: [
      'One 250 g bag a month',
      'Choose the coffee or let us',
      'Delivery included',
      'Skip or stop any month',
    ],
    glaze: 'butter',
  },
  {
    id: 'household',
    name: 'Household',
    forWhom: 'Two people, most mornings',
    monthly: 2200,
    includes: [
      'Two 250 g bags a month',
      'A different coffee in each, if you like',
      'Delivery included',
      'Skip or stop any month',
      'An Everyday Mug with your third parcel',
    ],
    glaze: 'cobalt',
    recommended: true,
  },
  {
    id: 'studio',
    name: 'Studio',
    forWhom: 'A team of six to ten',
    monthly: 7900,
    includes: [
      'Two 1 kg bags a month',
      'Ground for the machine you have',
      'Delivery included',
      'Skip or stop any month',
      'One invoice, with your VAT number',
    ],
    glaze: 'iron',
  },
]

/** A year is paid up front and costs eleven months. */
export function planPrice(plan: Plan, billing: Billing): Cents {
  return billing === 'yearly' ? plan.monthly * 11 : plan.monthly
}

export function findPlan(id: string): Plan | undefined {
  return plans.find((plan) => plan.id === id)
}
