/** A rule gives the sentence to show, or nothing when the value will do. */
export type Rule = (value: string) => string | undefined

export function all(...rules: readonly Rule[]): Rule {
  return (value) => {
    for (const rule of rules) {
      const complaint = rule(value)
      if (complaint) return complaint
    }
    return undefined
  }
}

export function needed(complaint: string): Rule {
  return (value) => (value.trim() === '' ? complaint : undefined)
}

export function atLeast(length: number, complaint: string): Rule {
  return (value) => (value.trim().length < length ? complaint : undefined)
}

/** Empty is fine; anything else must fit. */
export function shaped(pattern: RegExp, complaint: string): Rule {
  return (value) => (value.trim() === '' || pattern.test(value.trim()) ? undefined : complaint)
}

/** Something, an at sign, something with a dot: only the mailbox knows more than that. */
export const emailAddress = all(
  needed('Enter your e-mail address.'),
  shaped(
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    'This does not look like an e-mail address yet, for example ines@example.com.',
  ),
)

export const cardNumber = all(needed('Enter the number on the card.'), (value) =>
  passesLuhn(value.replace(/[\s-]/g, ''))
    ? undefined
    : 'This is not a card number. Check for swapped digits.',
)

export function cardExpiry(today: Date): Rule {
  return all(needed('Enter the month and year on the card.'), (value) => {
    const [, month, year] = /^(0[1-9]|1[0-2])\s*\/\s*(\d{2})$/.exec(value.trim()) ?? []
    if (!month || !year) return 'Write it as on the card, for example 08/29.'
    // A card is good until the end of the month it names.
    const end = new Date(2000 + Number(year), Number(month), 1)
    return end > today ? undefined : 'This card has expired.'
  })
}

export const cardCode = all(
  needed('Enter the code on the back of the card.'),
  shaped(/^\d{3,4}$/, 'The code has three or four digits.'),
)

function passesLuhn(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, i) => {
      const value = i % 2 === 1 ? Number(digit) * 2 : Number(digit)
      return total + (value > 9 ? value - 9 : value)
    }, 0)
  return sum % 10 === 0
}
