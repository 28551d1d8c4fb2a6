import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fit, fitMs, splits, type Stamps } from './splits'
import type { PageTime } from './time'

const at = (ms: number) => ms as PageTime
const stamps: Stamps = {
  onset: at(1000),
  signal: at(3000),
  heard: at(3001.2),
  confirmed: at(3001.3),
  profiled: at(3041.3),
  decided: at(3041.44),
  mounted: at(3042.04),
  painted: at(3051.84),
}

describe('splits', () => {
  test('each door from the one before, and the sums', () => {
    expect(splits(stamps, 0.1)).toEqual({
      wait: 2000,
      capture: 1.2,
      detect: 0.1,
      profile: 40,
      decide: 0.1,
      mount: 0.6,
      paint: 9.8,
      signalToDecision: 41.4,
      decisionToAction: 0.6,
      actionToCustomer: 9.8,
      total: 51.8,
      clockMs: 0.1,
    })
  })

  test('a ghost has splits up to the decision; what would have come is null', () => {
    const { mounted: _m, painted: _p, ...ghost } = stamps
    expect(splits(ghost, 0.1)).toMatchObject({
      decide: 0.1,
      signalToDecision: 41.4,
      mount: null,
      paint: null,
      decisionToAction: null,
      actionToCustomer: null,
      total: null,
    })
  })

  test('the wait stands beside the sums, in none', () => {
    const early = splits({ ...stamps, onset: at(0) }, 0.1)
    expect(early).toEqual({ ...splits(stamps, 0.1), wait: 3000 })
  })

  test('the clock is told to the microsecond: 0.005 is an isolated page', () => {
    expect(splits(stamps, 0.00500001).clockMs).toBe(0.005)
    expect(splits(stamps, 1).clockMs).toBe(1)
  })

  test('sums are taken before rounding: they are within half a tenth of the truth', () => {
    const span = fc.double({ min: 0, max: 5000, noNaN: true })
    fc.assert(
      fc.property(fc.array(span, { minLength: 8, maxLength: 8 }), (spans) => {
        const times = spans.map((_, i) => spans.slice(0, i + 1).reduce((sum, one) => sum + one, 0))
        const [onset, signal, heard, confirmed, profiled, decided, mounted, painted] = times as PageTime[]
        const all = { onset, signal, heard, confirmed, profiled, decided, mounted, painted } as Stamps
        const figures = splits(all, 0.1)
        expect(Math.abs(figures.total! - (painted! - signal!))).toBeLessThanOrEqual(0.0501)
        expect(Math.abs(figures.signalToDecision - (decided! - signal!))).toBeLessThanOrEqual(0.0501)
        for (const figure of Object.values(figures)) expect(figure).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('fit', () => {
  test('500 ms of being painted within the moment', () => {
    expect(fitMs).toBe(500)
    expect(fit(at(1000), at(1500), false)).toBe('in-moment')
    expect(fit(at(1000), at(1499.9), false)).toBe('late')
  })
  test('a moment that is not over holds it', () => {
    expect(fit(at(1000), undefined, false)).toBe('in-moment')
  })
  test('a moment that was over before the paint does not', () => {
    expect(fit(at(1000), at(900), false)).toBe('late')
  })
  test('what was used fitted', () => {
    expect(fit(at(1000), at(1001), true)).toBe('in-moment')
  })
})
