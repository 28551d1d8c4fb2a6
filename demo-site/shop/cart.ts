import { homeCountry, isCountryCode, type CountryCode } from './countries'

/** What the shopper wants, and nothing that can be looked up: no names, no prices. */
export interface CartLine {
  /** Product and choices in one: two lines never share it. */
  readonly id: string
  readonly kind: 'product' | 'plan'
  readonly item: string
  readonly choices: readonly string[]
  readonly quantity: number
}

export interface Cart {
  readonly lines: readonly CartLine[]
  readonly country: CountryCode
}

export const emptyCart: Cart = { lines: [], country: homeCountry }

export const maxQuantity = 20

export interface Wanted {
  readonly kind: CartLine['kind']
  readonly item: string
  readonly choices: readonly string[]
  readonly quantity: number
}

export function lineId({ kind, item, choices }: Omit<Wanted, 'quantity'>): string {
  return [kind, item, ...choices].join('/')
}

/** The same thing in the same colour joins its line. There is one plan at most: another one replaces it. */
export function addToCart(cart: Cart, wanted: Wanted): Cart {
  const id = lineId(wanted)
  if (wanted.kind === 'plan') {
    const goods = cart.lines.filter((line) => line.kind === 'product')
    return { ...cart, lines: [...goods, { ...wanted, id, quantity: 1 }] }
  }
  const present = cart.lines.find((line) => line.id === id)
  if (present) return setQuantity(cart, id, present.quantity + wanted.quantity)
  return { ...cart, lines: [...cart.lines, { ...wanted, id, quantity: withinLimits(wanted.quantity) }] }
}

/** Zero or less takes the line out. */
export function setQuantity(cart: Cart, id: string, quantity: number): Cart {
  if (quantity < 1) return { ...cart, lines: cart.lines.filter((line) => line.id !== id) }
  const lines = cart.lines.map((line) =>
    line.id === id && line.kind === 'product' ? { ...line, quantity: withinLimits(quantity) } : line,
  )
  return { ...cart, lines }
}

export function countItems(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0)
}

/** Reads a stored cart. It may be from an older version of the shop or edited by hand: keep what makes sense. */
export function readCart(stored: unknown): Cart {
  if (typeof stored !== 'object' || stored === null) return emptyCart
  const { lines, country } = stored as { lines?: unknown; country?: unknown }
  return {
    lines: Array.isArray(lines) ? lines.flatMap(readLine) : [],
    country: isCountryCode(country) ? country : homeCountry,
  }
}

function readLine(stored: unknown): CartLine[] {
  if (typeof stored !== 'object' || stored === null) return []
  const { kind, item, choices, quantity } = stored as Record<string, unknown>
  if ((kind !== 'product' && kind !== 'plan') || typeof item !== 'string') return []
  if (!Array.isArray(choices) || !choices.every((choice) => typeof choice === 'string')) return []
  if (typeof quantity !== 'number' || !Number.isFinite(quantity)) return []
  return [{ id: lineId({ kind, item, choices }), kind, item, choices, quantity: withinLimits(quantity) }]
}

function withinLimits(quantity: number): number {
  return Math.min(maxQuantity, Math.max(1, Math.round(quantity)))
}
