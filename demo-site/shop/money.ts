/** Money is whole cents everywhere; it becomes a decimal only on its way to the eye (or to `tell`). */
export type Cents = number

const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' })

export function formatMoney(cents: Cents): string {
  return euros.format(cents / 100)
}

/**
 * Divides an amount in proportion to the weights without losing a cent: shares are rounded down and the
 * cents left over go to the largest remainders.
 */
export function divideMoney(amount: Cents, weights: readonly number[]): Cents[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  if (sum === 0) return weights.map((_, i) => (i === 0 ? amount : 0))
  const exact = weights.map((weight) => (amount * weight) / sum)
  const shares = exact.map(Math.floor)
  const left = amount - shares.reduce((a, b) => a + b, 0)
  const byRemainder = exact.map((value, i) => ({ i, remainder: value % 1 }))
  byRemainder.sort((a, b) => b.remainder - a.remainder || a.i - b.i)
  for (const { i } of byRemainder.slice(0, left)) shares[i] = (shares[i] ?? 0) + 1
  return shares
}
