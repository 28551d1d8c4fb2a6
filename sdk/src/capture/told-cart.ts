import type { Commerce, Line } from './ga4'

export interface ToldCart {
  readonly items: readonly Line[]
  readonly total: number
  readonly currency?: string
}

const mostLines = 100
const same = (one: Line, other: Line) =>
  one.id === undefined && other.id === undefined ? one.name === other.name : one.id === other.id

/** What lies in the cart after an event: told as a whole, or one thing more or less. Undefined: nobody can know. */
export function cartAfter(before: ToldCart | undefined, told: Commerce): ToldCart | undefined {
  const { event, items, value = NaN } = told
  const currency = told.currency ?? before?.currency
  const make = (lines: readonly Line[], total: number) => ({
    items: lines,
    total: Math.max(0, total),
    ...(currency !== undefined && { currency }),
  })
  if (event === 'purchase') return make([], 0)
  if (event === 'view_cart' || event === 'begin_checkout')
    return make(items, Number.isFinite(value) ? value : sum(items))
  if (!before) return undefined
  const sign = event === 'add_to_cart' ? 1 : -1
  const lines = items
    .reduce<readonly Line[]>((all, item) => {
      const held = all.find((line) => same(line, item))
      const moved = { ...item, quantity: (held?.quantity ?? 0) + sign * item.quantity }
      return held
        ? all.map((line) => (line === held ? { ...line, quantity: moved.quantity } : line))
        : [...all, moved]
    }, before.items)
    .filter(({ quantity }) => quantity > 0)
    .slice(0, mostLines)
  const priced = lines.every(({ price }) => price !== undefined)
  return make(
    lines,
    priced ? sum(lines) : before.total + sign * (Number.isFinite(value) ? value : sum(items)),
  )
}

/** In cents it adds up; in the binary fractions of an engine 0.1 + 0.2 is more than 0.3. */
const sum = (lines: readonly Line[]) =>
  Math.round(lines.reduce((all, { price = 0, quantity }) => all + price * quantity, 0) * 1000) / 1000
