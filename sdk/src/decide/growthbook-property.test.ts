/**
 * Beside GrowthBook's own published package: the same answers on conditions, attributes, ids and weights that nobody has
 * thought of. What differs on purpose is listed in docs/ruleset.md, and named here.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { evalCondition as theirs } from '@growthbook/growthbook'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Condition } from '../../schema/ruleset'
import { bucketRanges, equalWeights, hash, inNamespace, pickRange } from './bucket'
import { compile } from './compile'
import { evalCondition } from './condition'
import { decide } from './decide'
import { createRule, createRuleset } from './rules.fixture'

const runs = 10_000
/** A machine may be busy with other things. */
const patient = { timeout: 180_000 }

// ── values ──────────────────────────────────────────────────────────────────────────────────────────

/** Few and alike, so that they meet; and those that languages, case and engines trip over. */
const text = fc.constantFrom(
  '', 'a', 'A', 'b', 'abc', 'ABC', 'null', 'undefined', 'NaN', 'true', '[object Object]', 'a,b', '0', '1', '01', ' 1 ', '1e0', '5', '-3',
  '1.2.3', 'v1.10.0-rc.1', 'ü', 'Ü', 'ß', 'SS', 'İ', 'i̇', 'Σ', 'ς', 'ﬁ', '日本', '😀', '\ud83d', '\ude00', '\u0000', 'a\nb',
  '__proto__', 'constructor', 'toString', 'length', '$eq', 'g', 'no such group',
) // prettier-ignore
const figure = fc.constantFrom(0, -0, 1, 2, 3, 5, -3, 2.5, 1e21, 2 ** 53, 0.1 + 0.2, NaN, Infinity, -Infinity)
/** Loosely equal, or alike but for their case: what tells one comparison from another. */
const alike = fc.constantFrom<unknown>(
  0, '0', '', NaN, 'NaN', false, null, 1, '1', true, '01', 'a', 'A', 'ü', 'Ü', 'ß', 'SS', 'ss', 'σ', 'ς', 'Σ', 'ı', 'I', 'i', 'ﬁ', 'FI', 'K', 'k',
) // prettier-ignore
const plain = fc.oneof(
  { weight: 8, arbitrary: alike },
  { weight: 4, arbitrary: text },
  { weight: 4, arbitrary: figure },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(true, false, null, undefined) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
)
/** As a version is written, and as it should not be. */
const version = fc
  .tuple(
    fc.constantFrom('', '', 'v', 'V', ' '),
    fc.array(fc.constantFrom('0', '1', '2', '9', '10', '01', '12345', '123456', 'x', ''), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '-rc', '-rc.1', '-rc.10', '-alpha', '~', '-é'),
    fc.constantFrom('', '', '+build', '+a.b-c', '+\n', '+a\nb'),
  )
  .map(([lead, parts, pre, build]) => lead + parts.join('.') + pre + build) // prettier-ignore

/** Its own, as `JSON.parse` makes it. */
const hasProto = (value: unknown): object => ({ ['__proto__']: value })
const keys = ['a', 'b', 'c', '0', 'length', 'constructor', 'toString', '$x', '$eq', 'ключ', '😀', '']
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 6, arbitrary: plain },
    { weight: 1, arbitrary: version },
    { weight: 2, arbitrary: fc.array(plain, { maxLength: 4 }) },
    { weight: 2, arbitrary: fc.array(alike, { minLength: 1, maxLength: 6 }) },
    { weight: 2, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 3, noNullPrototype: true }) },
    { weight: 1, arbitrary: tie('value').map(hasProto) },
  ),
})) // prettier-ignore

const attributes = fc.oneof(
  { weight: 20, arbitrary: fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6, noNullPrototype: true }) },
  { weight: 1, arbitrary: value },
) // prettier-ignore

// ── conditions ──────────────────────────────────────────────────────────────────────────────────────

const path = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'a.a', 'b.b', 'a.0', 'b.length', 'a.b.c', 'ключ', '😀', 'ключ.😀') },
  { weight: 2, arbitrary: fc.constantFrom('gone', '', '.', 'a.', '.a', 'a..b', '$x', '$eq', 'length', '0', 'a.0.a', 'b.1.b.0') },
  { weight: 2, arbitrary: fc.constantFrom('__proto__', 'a.__proto__', '__proto__.a', 'constructor', 'constructor.name', 'a.constructor', 'toString', 'a.length.constructor', '__proto__.__proto__', 'a.push', 'hasOwnProperty') },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...keys, '__proto__'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')) },
) // prettier-ignore

const anyOf = <Item>(...items: Item[]) => fc.constantFrom(...items)
/** `{ [operator]: operand }` */
const asking = (operator: fc.Arbitrary<string>, operand: fc.Arbitrary<unknown>) =>
  fc.tuple(operator, operand).map(([name, wanted]) => ({ [name]: wanted }))
/** Rarely, an operand of a kind that the operator does not take. */
const or = (operand: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown> = plain) =>
  fc.oneof({ weight: 12, arbitrary: operand }, { weight: 1, arbitrary: wrong })

const pattern = anyOf('a', '^A', '^a$', '[0-9]', 'null', '(', '[', '*', 'a/b', 'a\\/b', 'x|b|ü', '.', '^.{1,2}$', '\\d+$', 'ß|ss', '^$', '[^a]', 'object', '\\u00fc', 'i') // prettier-ignore
const group = anyOf('g', 'v', 'empty', 'no such group', 'constructor', '__proto__', 'toString', 'ü')
const groups = { g: [1, '5', 'a', 'ü', '😀'], v: [0, '', 'null', 'a,b'], empty: [], ü: ['Ü', '日本', 2.5] }

const { condition, question } = fc.letrec<{ question: object; wanted: unknown; condition: object }>((tie) => {
  const comparing = asking(anyOf('$eq', '$ne', '$lt', '$lte', '$gt', '$gte'), fc.oneof(plain, value))
  const asked = fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 5, arbitrary: comparing },
    { weight: 4, arbitrary: asking(anyOf('$veq', '$vne', '$vlt', '$vlte', '$vgt', '$vgte'), or(version)) },
    { weight: 4, arbitrary: asking(anyOf('$in', '$nin', '$ini', '$nini'), or(fc.array(plain, { maxLength: 5 }))) },
    { weight: 2, arbitrary: asking(anyOf('$inGroup', '$notInGroup'), or(group)) },
    { weight: 2, arbitrary: asking(anyOf('$regex', '$regexi'), or(pattern, anyOf<unknown>(0, true, {}))) },
    { weight: 2, arbitrary: asking(anyOf('$exists'), or(fc.boolean(), value)) },
    { weight: 2, arbitrary: asking(anyOf('$type'), or(anyOf('string', 'number', 'boolean', 'array', 'object', 'null', 'undefined', 'unknown', 'nonsense'))) },
    { weight: 2, arbitrary: asking(anyOf('$all', '$alli'), fc.array(alike, { minLength: 1, maxLength: 2 })) },
    { weight: 3, arbitrary: asking(anyOf('$all', '$alli'), or(fc.array(tie('wanted'), { maxLength: 3 }))) },
    { weight: 3, arbitrary: asking(anyOf('$size', '$not'), tie('wanted')) },
    { weight: 3, arbitrary: asking(anyOf('$elemMatch'), or(fc.oneof(tie('question'), tie('condition')), value.filter((it) => it !== null && it !== undefined))) },
    { weight: 1, arbitrary: asking(anyOf('$unheardOf', '$', '$groups'), value) },
    { weight: 1, arbitrary: asking(anyOf('$and', '$or', '$nor'), fc.array(tie('condition'), { maxLength: 2 })) },
  ) // prettier-ignore
  return {
    question: fc.array(asked, { minLength: 1, maxLength: 2 }).map((all) => Object.assign({}, ...all) as object),
    wanted: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { weight: 3, arbitrary: value },
      { weight: 6, arbitrary: tie('question') },
      // Neither a question nor quite a value.
      { weight: 1, arbitrary: tie('question').map((one) => ({ ...one, plain: 1 })) },
    ),
    condition: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      { weight: 5, arbitrary: fc.dictionary(path, tie('wanted'), { maxKeys: 3, noNullPrototype: true }) },
      { weight: 3, arbitrary: asking(anyOf('$and', '$or', '$nor'), fc.array(tie('condition'), { maxLength: 3 })) },
      { weight: 2, arbitrary: asking(anyOf('$not'), tie('condition')) },
      { weight: 1, arbitrary: fc.tuple(tie('condition'), tie('condition')).map(([one, other]) => ({ ...one, ...other })) },
      { weight: 1, arbitrary: tie('wanted').map(hasProto) },
    ),
  }
}) // prettier-ignore

/**
 * The one difference that stands in every path: they read what an object has inherited. Behind this they find only
 * what is its own.
 */
const ownAlone = <Value>(given: Value): Value =>
  given instanceof Object
    ? new Proxy(given, {
        has: (target, key) => Object.hasOwn(target, key),
        get: (target, key) => ownAlone(Reflect.get(target, key) as unknown),
      })
    : given
const theirGroups = Object.assign(Object.create(null) as object, groups)

/** `none`: they throw, at a value that has no text (`{ toString: 1 }`). */
function theirAnswer(given: unknown, wanted: object): boolean | 'none' {
  try {
    return theirs(ownAlone(given) as never, wanted as never, theirGroups)
  } catch {
    return 'none'
  }
}

const holdsUndefined = (given: unknown): boolean =>
  given === undefined || (given instanceof Object && Object.values(given).some(holdsUndefined))

/**
 * What a rule with this condition answers; `undefined` where it is refused at load, or an attribute is missing (also
 * one that is there and undefined).
 */
function inRule(when: object, attributes: unknown): boolean | undefined {
  if (holdsUndefined(attributes)) return undefined
  const { ruleset, rejected } = compile(createRuleset([createRule({ when })], { groups }))
  if (rejected.length) return undefined
  const { reason } = decide(ruleset, {
    moment: { name: 'hesitation', evidence: {} },
    attributes: attributes as Record<string, unknown>,
    now: 0,
  })
  return reason === 'missing-attribute' ? undefined : reason === 'shown'
}

describe('conditions', () => {
  // They name each unknown operator on the console.
  const quiet = vi.spyOn(console, 'error')
  beforeAll(() => void quiet.mockImplementation(() => {}))
  afterAll(() => quiet.mockRestore())

  test.each<[string, fc.Arbitrary<object>, fc.Arbitrary<unknown>]>([
    ['any condition and attributes', condition, attributes],
    ['one question and its attribute', question.map((asked) => ({ a: asked })), value.map((a) => ({ a }))],
  ])('the same answer on %s, outside rules and in them', patient, (_what, conditions, given) => {
    const answers = { true: 0, false: 0, none: 0, inRules: 0 }
    fc.assert(
      fc.property(conditions, fc.tuple(given, given), (when, both) => {
        for (const one of both) {
          const expected = theirAnswer(one, when)
          const answer = evalCondition(one, when as Condition, groups)
          const ofRule = inRule(when, one)
          answers[`${expected}`]++
          if (expected === 'none') continue
          expect(answer).toBe(expected)
          if (ofRule !== undefined) expect(ofRule, 'in a rule').toBe(expected)
          if (ofRule !== undefined) answers.inRules++
        }
      }),
      { numRuns: runs },
    )
    // Else all might be no, and the same for that reason.
    expect(answers.true).toBeGreaterThan(runs / 5)
    expect(answers.false).toBeGreaterThan(runs / 5)
    expect(answers.inRules).toBeGreaterThan(runs / 5)
    expect(answers.none).toBeLessThan(runs / 20)
  })

  test('the same answer on any value and a copy of it', patient, () => {
    let compared = 0
    fc.assert(
      fc.property(value, (one) => {
        const expected = theirAnswer({ a: one }, { a: one })
        if (expected === 'none') return
        compared++
        expect(evalCondition({ a: structuredClone(one) }, { a: one })).toBe(expected)
      }),
      { numRuns: runs },
    )
    expect(compared).toBeGreaterThan(runs / 2)
  })

  // The list in docs/ruleset.md, one by one: the answer here, and theirs.
  test.each<[string, Condition, unknown, boolean, boolean]>([
    ['inherited properties are not read', { 'a.constructor': { $exists: true } }, { a: {} }, false, true],
    ['nor from a list', { 'a.push': { $exists: true } }, { a: [] }, false, true],
    ['a pattern that could run away never matches', { a: { $regex: '(a|b)*c' } }, { a: 'abc' }, false, true],
    ['of a text 256 characters are looked at', { a: { $regex: 'b$' } }, { a: `${'a'.repeat(300)}b` }, false, true],
    ['and of a version', { a: { $veq: `1.${'0'.repeat(300)}1` } }, { a: `1.${'0'.repeat(300)}2` }, true, false],
    ['a malformed part makes the whole hold for nobody', { a: 1, $not: { b: { $elemMatch: null } } }, { a: 1 }, false, true],
    ['a group of conditions that is no list, too', { $or: {} }, {}, false, true],
    ['`$savedGroup` is no operator', { $not: { $savedGroup: { id: 'g' } } }, { $savedGroup: { id: 'g' } }, false, true],
  ])('another answer on purpose: %s', (_what, when, given, ours, other) => {
    expect([evalCondition(given, when), theirs(given as never, when as never)]).toEqual([ours, other])
  }) // prettier-ignore

  test('another answer on purpose: groups are plain lists, and those inherited are none', () => {
    const typed = { g: { type: 'list', attributeKey: 'a', values: [1] } }
    const asked: Condition = { a: { $inGroup: 'g' } }
    expect(evalCondition({ a: 1 }, asked, typed as never)).toBe(false)
    expect(theirs({ a: 1 }, asked as never, typed as never)).toBe(true)
    const inherited: Condition = { a: { $notInGroup: 'constructor' } }
    expect(evalCondition({ a: 1 }, inherited, {})).toBe(true)
    expect(theirs({ a: 1 }, inherited as never, {})).toBe(false)
  })

  test('another answer on purpose: where they throw, the clause does not hold', () => {
    const given = { a: { toString: 1 } }
    expect(evalCondition(given, { a: 'x' })).toBe(false)
    expect(() => theirs(given, { a: 'x' })).toThrow(TypeError)
  })
})

// ── buckets ─────────────────────────────────────────────────────────────────────────────────────────

/** Their hashes and ranges are in the package, but not among its exports. */
const require = createRequire(import.meta.url)
const folder = dirname(require.resolve('@growthbook/growthbook/package.json'))
const published = require(join(folder, 'dist/cjs/util.js')) as {
  hash(seed: string, value: string, version: number): number | null
  getBucketRanges(n: number, coverage: number | undefined, weights?: number[]): [number, number][]
  chooseVariation(n: number, ranges: [number, number][]): number
  inNamespace(id: string, namespace: [string, number, number]): boolean
  getEqualWeights(n: number): number[]
}

const id = fc.oneof(
  fc.uuid(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.array(text, { maxLength: 6 }).map((parts) => parts.join('')),
  // Halves of characters, as ids cut in the middle have them.
  fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
)

describe('buckets', () => {
  const quiet = vi.spyOn(console, 'error')
  beforeAll(() => void quiet.mockImplementation(() => {}))
  afterAll(() => quiet.mockRestore())

  test('the same hash of any seed and id, beyond ASCII too, in both versions and in none', patient, () => {
    const beyondAscii = { ids: 0 }
    fc.assert(
      fc.property(id, id, fc.constantFrom(1, 2, 2, 2, 3), (seed, value, version) => {
        if (/[^\0-\x7f]/.test(value)) beyondAscii.ids++
        expect(hash(seed, value, version)).toBe(published.hash(seed, value, version))
      }),
      { numRuns: runs },
    )
    expect(beyondAscii.ids).toBeGreaterThan(runs / 3)
  })

  test('the same ranges, and the same one picked', patient, () => {
    const share = fc.oneof(
      fc.double({ min: -0.5, max: 1.5, noNaN: true }),
      fc.constantFrom(0, 0.5, 1, undefined),
    )
    const parts = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 })
    const weights = fc.oneof(
      parts.map((all) => all.map((part) => part / (all.reduce((sum, one) => sum + one, 0) || 1))),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
      // About as much as counts as rounded.
      fc
        .constantFrom(0.9, 0.98, 0.989, 0.99, 0.995, 1.005, 1.01, 1.011, 1.02, 1.1)
        .map((total) => [total / 4, total / 2, total / 4]),
      fc.constant(undefined),
    )
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 6 }), share, weights, fc.double({ min: 0, max: 1, noNaN: true }), (n, coverage, given, at) => {
        const count = given && n % 3 ? given.length : n
        const ranges = bucketRanges(count, coverage, given)
        expect(ranges).toEqual(published.getBucketRanges(count, coverage, given))
        expect(equalWeights(n)).toEqual(published.getEqualWeights(n))
        const places = [at, ...ranges.flat()]
        const theirs = places.map((place) => published.chooseVariation(place, ranges as [number, number][]))
        expect(places.map((place) => pickRange(place, ranges))).toEqual(theirs)
      }),
      { numRuns: runs },
    ) // prettier-ignore
  })

  test('the same side of a namespace', patient, () => {
    const bound = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(id, id, bound, bound, (value, space, from, to) => {
        expect(inNamespace(value, [space, from, to])).toBe(published.inNamespace(value, [space, from, to]))
      }),
      { numRuns: runs },
    )
  })
})
