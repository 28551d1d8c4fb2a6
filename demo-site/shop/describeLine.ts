import type { CartLine } from './cart'
import { chosen, findCategory, findProduct } from './catalogue'
import type { GlazeName } from './glazes'
import type { Cents } from './money'
import { findPlan, planPrice, type Billing } from './plans'
import type { Motif } from './product'

/** A cart line with all that can be looked up: what to show, and what to charge. */
export interface DescribedLine {
  readonly line: CartLine
  readonly name: string
  readonly detail: string
  readonly category: string
  readonly path: string
  readonly unit: Cents
  readonly total: Cents
  readonly vatClass: 'food' | 'standard'
  readonly picture: { readonly motif: Motif; readonly glaze: GlazeName; readonly wall: string }
}

/** Nothing for what we no longer sell: such a line is neither shown nor charged. */
export function describeLine(line: CartLine): DescribedLine | undefined {
  return line.kind === 'plan' ? describePlan(line) : describeProduct(line)
}

export function describeLines(lines: readonly CartLine[]): DescribedLine[] {
  return lines.flatMap((line) => describeLine(line) ?? [])
}

function describeProduct(line: CartLine): DescribedLine | undefined {
  const product = findProduct(line.item)
  if (!product) return undefined
  const choices = chosen(product, line.choices)
  const unit = choices.reduce((sum, choice) => sum + (choice.extra ?? 0), product.price)
  const glaze = choices.find((choice) => choice.glaze)?.glaze ?? product.picture.glaze
  return {
    line,
    name: product.name,
    detail: choices.map((choice) => choice.label).join(', '),
    category: product.category,
    path: `/product/${product.slug}`,
    unit,
    total: unit * line.quantity,
    vatClass: findCategory(product.category)?.vatClass ?? 'standard',
    picture: { ...product.picture, glaze },
  }
}

function describePlan(line: CartLine): DescribedLine | undefined {
  const plan = findPlan(line.item)
  if (!plan) return undefined
  const billing: Billing = line.choices[0] === 'yearly' ? 'yearly' : 'monthly'
  const unit = planPrice(plan, billing)
  return {
    line,
    name: `Standing order, ${plan.name}`,
    detail: billing === 'yearly' ? 'Paid for a year' : 'First month, then monthly',
    category: 'subscription',
    path: '/pricing',
    unit,
    total: unit * line.quantity,
    vatClass: 'food',
    picture: { motif: 'bag', glaze: plan.glaze, wall: '#dfe7f1' },
  }
}
