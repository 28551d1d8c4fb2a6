import { describe, expect, test } from 'vitest'
import { divideMoney, formatMoney } from './money'

describe('formatMoney', () => {
  test('writes cents as euros', () => {
    expect(formatMoney(0)).toBe('€0.00')
    expect(formatMoney(690)).toBe('€6.90')
    expect(formatMoney(123456)).toBe('€1,234.56')
  })
})

describe('divideMoney', () => {
  test('loses no cent to rounding', () => {
    expect(divideMoney(100, [1, 1, 1])).toEqual([34, 33, 33])
    expect(divideMoney(490, [2200, 1150])).toEqual([322, 168])
  })

  test('gives the cents left over to the largest remainders', () => {
    expect(divideMoney(10, [1, 2])).toEqual([3, 7])
  })

  test('gives everything to the first share when nothing weighs anything', () => {
    expect(divideMoney(490, [0, 0])).toEqual([490, 0])
    expect(divideMoney(0, [0, 0])).toEqual([0, 0])
  })
})
