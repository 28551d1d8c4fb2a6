import type { Cents } from './money'
import type { Totals } from './totals'

export interface OrderedLine {
  readonly id: string
  readonly name: string
  readonly detail: string
  readonly quantity: number
  readonly total: Cents
}

export interface Order {
  readonly number: string
  readonly email: string
  readonly lines: readonly OrderedLine[]
  readonly delivery: string
  readonly promise: string
  readonly total: Cents
  /** Whether the outcome has been told: looking at this page twice is not buying twice. */
  readonly told: boolean
}

export function orderFrom(totals: Totals, contact: { number: string; email: string }): Order {
  return {
    ...contact,
    lines: totals.lines.map(({ line, name, detail, total }) => ({
      id: line.id,
      name,
      detail,
      quantity: line.quantity,
      total,
    })),
    delivery: totals.delivery.name,
    promise: totals.delivery.promise,
    total: totals.total,
    told: false,
  }
}

/** Short enough to read out on the phone. */
export function orderNumber(random: number): string {
  return `KK-${String(10000 + Math.floor(random * 90000))}`
}

/** Written by `orderFrom` in this same tab, so its shape is checked only as far as a page could break on it. */
export function readOrder(stored: unknown): Order | null {
  if (typeof stored !== 'object' || stored === null) return null
  const { number, lines, total } = stored as Partial<Order>
  return typeof number === 'string' && Array.isArray(lines) && typeof total === 'number'
    ? (stored as Order)
    : null
}
