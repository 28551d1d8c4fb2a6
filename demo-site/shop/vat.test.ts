import { describe, expect, test } from 'vitest'
import { vatOf, vatWithin } from './vat'

describe('vatWithin', () => {
  test('finds the tax in a price that contains it', () => {
    expect(vatWithin(12100, 210)).toBe(2100)
    expect(vatWithin(10600, 60)).toBe(600)
    expect(vatWithin(10550, 55)).toBe(550)
  })

  test('finds none at a rate of zero', () => {
    expect(vatWithin(1450, 0)).toBe(0)
  })
})

describe('vatOf', () => {
  const mug = { amount: 2200, vatClass: 'standard' } as const
  const coffee = { amount: 1150, vatClass: 'food' } as const

  test('taxes coffee as food and the rest in full', () => {
    // 22.00 at 21 % holds 3.82, 11.50 at 6 % holds 0.65.
    expect(vatOf([mug, coffee], 0, 'BE')).toEqual({ amount: 382 + 65, treatment: 'included' })
  })

  test('divides the delivery over the classes it delivers', () => {
    // 4.90 in the proportion 2200 : 1150 is 3.22 and 1.68.
    expect(vatOf([mug, coffee], 490, 'BE').amount).toBe(vatWithin(2522, 210) + vatWithin(1318, 60))
  })

  test('uses the rates of the destination', () => {
    expect(vatOf([coffee], 0, 'IE').amount).toBe(0)
    expect(vatOf([coffee], 0, 'DE').amount).toBe(vatWithin(1150, 70))
    expect(vatOf([mug], 0, 'FR').amount).toBe(vatWithin(2200, 200))
  })

  test('takes Belgian tax off what leaves the EU', () => {
    expect(vatOf([mug], 0, 'CH')).toEqual({ amount: 382, treatment: 'taken-off' })
  })

  test('is nothing for nothing', () => {
    expect(vatOf([], 0, 'BE').amount).toBe(0)
  })
})
