import { describe, expect, test } from 'vitest'
import { all, atLeast, cardCode, cardExpiry, cardNumber, emailAddress, needed, shaped } from './validate'

describe('rules', () => {
  test('the first complaint wins', () => {
    const rule = all(needed('say something'), atLeast(5, 'say more'))
    expect(rule('  ')).toBe('say something')
    expect(rule(' hm ')).toBe('say more')
    expect(rule('all is well')).toBeUndefined()
  })

  test('a shape does not mind emptiness', () => {
    expect(shaped(/^\d+$/, 'digits')('')).toBeUndefined()
    expect(shaped(/^\d+$/, 'digits')('x')).toBe('digits')
  })
})

test.each(['ines@example.com', ' a+b@mail.example.be '])('%j is an e-mail address', (value) => {
  expect(emailAddress(value)).toBeUndefined()
})

test.each(['', 'ines', 'ines@', 'ines@example', 'i nes@example.com', '@example.com'])(
  '%j is no e-mail address',
  (value) => {
    expect(emailAddress(value)).toBeDefined()
  },
)

test.each(['4242 4242 4242 4242', '4242-4242-4242-4242', '5555555555554444'])(
  '%j is a card number',
  (value) => {
    expect(cardNumber(value)).toBeUndefined()
  },
)

test.each(['', '4242 4242 4242 4241', '4242', 'not a number'])('%j is no card number', (value) => {
  expect(cardNumber(value)).toBeDefined()
})

describe('cardExpiry', () => {
  const rule = cardExpiry(new Date(2026, 5, 15))

  test('a card is good to the end of its month', () => {
    expect(rule('06/26')).toBeUndefined()
    expect(rule('12 / 31')).toBeUndefined()
    expect(rule('05/26')).toBe('This card has expired.')
  })

  test.each(['', '13/27', '6/27', '0627', '06/2027'])('%j is no expiry date', (value) => {
    expect(rule(value)).toBeDefined()
  })
})

test('a security code has three or four digits', () => {
  expect(cardCode('123')).toBeUndefined()
  expect(cardCode('1234')).toBeUndefined()
  expect(cardCode('12')).toBeDefined()
  expect(cardCode('12a')).toBeDefined()
})
