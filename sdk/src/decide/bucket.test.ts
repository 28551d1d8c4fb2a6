import { GrowthBook } from '@growthbook/growthbook'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketRanges, equalWeights, hash, inNamespace, pickRange } from './bucket'

describe('hash', () => {
  test('never changes: a visitor stays where he is across releases', () => {
    expect([hash('seed', 'a', 2), hash('seed', 'b', 2), hash('b', 'a', 1), hash('abc', 'def', 99)]).toEqual([
      0.0505,
      0.2696,
      0.946,
      null,
    ])
  })

  test('counts UTF-16 code units, so that ids beyond ASCII are dealt as elsewhere', () => {
    expect(hash('seed', 'ü', 2)).not.toBe(hash('seed', 'Ã¼', 2))
    expect(hash('seed', '😀', 2)).not.toBeNull()
  })

  test('deals evenly, and independently for different seeds', () => {
    const bins = Array.from({ length: 10 }, () => 0)
    let both = 0
    const n = 50_000
    for (let i = 0; i < n; i++) {
      const a = hash('a', `visitor-${i}`, 2)!
      bins[Math.floor(a * 10)]! += 1
      if (a < 0.1 && hash('b', `visitor-${i}`, 2)! < 0.1) both++
    }
    for (const bin of bins) expect(Math.abs(bin - n / 10)).toBeLessThan(300)
    expect(Math.abs(both - n / 100)).toBeLessThan(100)
  })
})

/** Their hash is not exported; a variation with these weights tells on which side of `at` the visitor is. */
function theirVariation(seed: string, id: string, weights: number[], hashVersion: number): number {
  const growthbook = new GrowthBook({ attributes: { id } })
  const result = growthbook.run({
    key: 'k',
    seed,
    variations: weights.map((_, i) => i),
    weights,
    hashVersion,
  } as never)
  return result.variationId
}

test('the same variants as GrowthBook', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 })
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1, unit: 'binary' }), weights, fc.constantFrom(1, 2), (seed, id, parts, version) => {
      fc.pre(seed.length > 0)
      const total = parts.reduce((a, b) => a + b)
      const shares = parts.map((part) => part / total)
      const ours = pickRange(hash(seed, id, version)!, bucketRanges(shares.length, 1, shares))
      expect(ours).toBe(theirVariation(seed, id, shares, version))
    }),
    { numRuns: 1000 },
  ) // prettier-ignore
})

describe('ranges', () => {
  test('cover what they should', () => {
    expect(bucketRanges(2, 0.5)).toEqual([[0, 0.25], [0.5, 0.75]]) // prettier-ignore
    expect(bucketRanges(2, 1, [7, 3])).toEqual(bucketRanges(2, 1))
    expect(bucketRanges(3, 1, [0.5, 0.5])).toEqual(bucketRanges(3, 1))
    expect(bucketRanges(0, 1)).toEqual([])
  })

  test('a value at the edge belongs to the upper one', () => {
    expect(pickRange(0.5, bucketRanges(2, 1))).toBe(1)
    expect(pickRange(0.3, bucketRanges(2, 0.5))).toBe(-1)
  })

  test('equalWeights', () => expect([equalWeights(-1), equalWeights(2)]).toEqual([[], [0.5, 0.5]]))

  test('namespaces part the visitors', () => {
    for (const id of ['1', '2', '3']) {
      expect(inNamespace(id, ['n', 0, 0.4])).not.toBe(inNamespace(id, ['n', 0.4, 1]))
    }
  })
})
