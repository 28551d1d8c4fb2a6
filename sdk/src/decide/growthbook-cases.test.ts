/**
 * GrowthBook's own conformance cases, by name. They lie beside the project (never in it); where they are
 * not, each block reports itself as skipped.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bucketRanges, equalWeights, hash, inNamespace, pickRange, type BucketRange } from './bucket'
import { evalCondition } from './condition'

const file = fileURLToPath(new URL('../../../../shared/data/growthbook-cases.json', import.meta.url))
const here = existsSync(file)
const cases = (here ? JSON.parse(readFileSync(file, 'utf8')) : {}) as Record<string, unknown[][] | undefined>
const rows = <Row extends unknown[]>(name: string): Row[] => (cases[name] ?? []) as Row[]

const suite = (name: string, run: () => void) => {
  describe.skipIf(!here)(`GrowthBook ${name} (from shared/data/growthbook-cases.json)`, () => {
    test('has cases', () => expect(rows(name)).not.toHaveLength(0))
    run()
  })
}

/** Their figures are rounded to 8 decimals. */
const rounded = (value: number) => Math.round(value * 1e8) / 1e8

suite('evalCondition', () => {
  type Row = [
    string,
    Record<string, unknown>,
    Record<string, unknown>,
    boolean,
    Record<string, (string | number)[]>?,
  ]
  const all = rows<Row>('evalCondition')
  test('all 248 are here', () => expect(all).toHaveLength(248))
  test.each(all)('%s', (_, condition, attributes, expected, groups) => {
    expect(evalCondition(attributes, condition, groups)).toBe(expected)
  })
})

suite('hash', () => {
  test.each(rows<[string, string, number, number | null]>('hash'))(
    '%j of %j, version %i',
    (seed, value, version, expected) => {
      expect(hash(seed, value, version)).toBe(expected)
    },
  )
})

suite('getBucketRange', () => {
  type Row = [string, [number, number, number[] | null], [number, number][]]
  test.each(rows<Row>('getBucketRange'))('%s', (_, [n, coverage, weights], expected) => {
    const found = bucketRanges(n, coverage, weights ?? undefined)
    expect(found.map((range) => range.map(rounded))).toEqual(expected)
  })
})

suite('chooseVariation', () => {
  test.each(rows<[string, number, BucketRange[], number]>('chooseVariation'))(
    '%s',
    (_, n, ranges, expected) => {
      expect(pickRange(n, ranges)).toBe(expected)
    },
  )
})

suite('inNamespace', () => {
  test.each(rows<[string, string, [string, number, number], boolean]>('inNamespace'))(
    '%s',
    (_, id, namespace, expected) => {
      expect(inNamespace(id, namespace)).toBe(expected)
    },
  )
})

suite('getEqualWeights', () => {
  test.each(rows<[number, number[]]>('getEqualWeights'))('%i', (n, expected) => {
    expect(equalWeights(n).map((weight) => Math.floor(weight * 1e8) / 1e8)).toEqual(expected)
  })
})
