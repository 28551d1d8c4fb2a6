import { describe, expect, test } from 'vitest'
import { deliveryWay, deliveryWays, missingForFreeDelivery } from './delivery'

const ids = (ways: ReturnType<typeof deliveryWays>) => ways.map(({ id }) => id)

describe('deliveryWays', () => {
  test('offers what the destination allows', () => {
    expect(ids(deliveryWays('BE', 2000))).toEqual(['standard', 'express', 'pickup'])
    expect(ids(deliveryWays('IT', 2000))).toEqual(['standard', 'express'])
    expect(ids(deliveryWays('GB', 2000))).toEqual(['standard'])
  })

  test('is free from the threshold on, not a cent before', () => {
    expect(deliveryWay('NL', 5999, 'standard').price).toBe(490)
    expect(deliveryWay('NL', 6000, 'standard').price).toBe(0)
    expect(deliveryWay('ES', 9999, 'standard').price).toBe(890)
    expect(deliveryWay('ES', 10000, 'standard').price).toBe(0)
    expect(deliveryWay('CH', 90000, 'standard').price).toBe(1490)
  })

  test('costs nothing where only a plan is ordered', () => {
    expect(deliveryWay('IE', 0, 'standard').price).toBe(0)
  })

  test('express stays paid, however much is ordered', () => {
    expect(deliveryWay('BE', 90000, 'express').price).toBe(1290)
  })

  test('falls back to standard where a way does not exist', () => {
    expect(deliveryWay('GB', 2000, 'express').id).toBe('standard')
    expect(deliveryWay('DE', 2000, 'pickup').id).toBe('standard')
  })
})

describe('missingForFreeDelivery', () => {
  test('counts down to the threshold', () => {
    expect(missingForFreeDelivery('BE', 4500)).toBe(1500)
    expect(missingForFreeDelivery('BE', 6000)).toBeNull()
    expect(missingForFreeDelivery('GB', 4500)).toBeNull()
    expect(missingForFreeDelivery('BE', 0)).toBeNull()
  })
})
