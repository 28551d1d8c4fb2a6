import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Condition } from '../schema/ruleset'
import { compile, decide } from '../src/decide'
import { createRule, createRuleset, NOW } from '../src/decide/rules.fixture'
import { clausesOf } from './clauses'
import { contradiction } from './contradiction'

const groups = { some: ['a', 1], none: [] }
const why = (when: object) => contradiction(clausesOf(when, []), groups)?.why

describe('a condition that nobody can meet is told', () => {
  test.each<[object, string]>([
    [{ a: { $gt: 5, $lt: 3 } }, '$gt 5 and $lt 3 never hold together'],
    [{ a: { $gte: 5, $lt: 5 } }, 'never hold together'],
    [{ $and: [{ a: { $gt: 5 } }, { a: { $lte: 5 } }] }, 'never hold together'],
    [{ $and: [{ a: 'x' }, { a: 'y' }] }, '"x" and "y" never hold together'],
    [{ $and: [{ a: 1 }, { a: { $gt: 1 } }] }, 'never hold together'],
    [{ $and: [{ a: 'x' }, { a: { $regex: '^y' } }] }, 'never hold together'],
    [{ $and: [{ a: true }, { a: false }] }, 'never hold together'],
    [{ a: { $eq: 1, $ne: 1 } }, 'never hold together'],
    [{ a: { $eq: 'x', $type: 'number' } }, 'never hold together'],
    [{ a: { $in: [1, 2], $nin: [1, 2, 3] } }, 'never hold together'],
    [{ $and: [{ a: 'x' }, { a: { $in: ['y', 'z'] } }] }, 'never hold together'],
    [{ a: { $exists: false, $gt: 3 } }, 'never hold together'],
    [{ a: { $exists: false }, $and: [{ a: { $exists: true } }] }, 'never hold together'],
    [{ a: { $in: [] } }, 'nothing is in an empty list'],
    [{ a: { $inGroup: 'none' } }, 'the group "none" is empty'],
    [{ a: { $inGroup: 'vip' } }, 'there is no group "vip"'],
    [{ a: { $type: 'text' } }, 'no type is called "text"'],
    [{ a: { $size: { $gt: 3, $lt: 2 } } }, 'never hold together'],
    [{ a: { $elemMatch: { b: { $in: [] } } } }, 'nothing is in an empty list'],
    [{ a: { $gt: 3, $not: { $gt: 3 } } }, 'denies what the condition asks besides'],
    [{ a: 1, $nor: [{ a: 1 }, { b: 2 }] }, 'denies'],
    [{ a: 1, b: 2, $not: { b: 2 } }, 'denies'],
    [{ $nor: [] }, 'of no conditions any holds'],
    [{ a: { $gt: 5 }, $or: [{ a: { $lt: 3 } }, { b: { $in: [] } }] }, 'none of these can hold'],
  ])('%j', (when, text) => expect(why(when)).toContain(text))

  test.each([
    {},
    { a: { $gte: 5, $lte: 5 } },
    { a: { $in: [1], $nin: [2] } },
    { $and: [{ a: { $in: [1] } }, { a: { $in: [2] } }] }, // A list may have both.
    { $and: [{ a: 'a,b' }, { a: { $in: ['b'] } }] }, // ["a", "b"] reads so.
    { $and: [{ a: '5' }, { a: { $ne: '5' } }] }, // The number 5 reads so.
    { a: { $exists: true, $gt: 3 } },
    { $or: [] },
    { a: { $gt: 5 }, $or: [{ a: { $lt: 3 } }, { b: 1 }] },
    { a: { $all: [] } },
  ])('%j may hold', (when) => expect(why(when)).toBeUndefined())
})

// ── never wrongly ───────────────────────────────────────────────────────────────────────────────────

const scalar = fc.constantFrom<unknown>(0, 1, 2, 5, -1, '', 'a', 'b', 'a,b', '1', '5', 'true', true, false)
const list = fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 3 })
const number = fc.constantFrom(0, 1, 2, 5, '1', 'a')
const operator = fc.oneof(
  fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), number),
  fc.tuple(fc.constantFrom('$eq', '$ne'), fc.oneof(scalar, fc.constant(null))),
  fc.tuple(fc.constantFrom('$in', '$nin', '$ini', '$nini', '$all'), list),
  fc.tuple(fc.constantFrom('$inGroup', '$notInGroup'), fc.constantFrom('some', 'none', 'other')),
  fc.tuple(fc.constant('$exists'), fc.boolean()),
  fc.tuple(fc.constant('$type'), fc.constantFrom('string', 'number', 'array', 'null', 'text')),
  fc.tuple(fc.constantFrom('$regex', '$regexi'), fc.constantFrom('^a', 'b$', '^[0-9]')),
  fc.tuple(fc.constant('$size'), fc.constantFrom<unknown>(0, 1, { $gt: 1 }, { $gt: 1, $lt: 1 })),
)
const question = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(operator, { minLength: 1, maxLength: 2 }).map((it) => Object.fromEntries(it)),
  },
  { weight: 2, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, [1], ['a', 'b'], {}) },
  { weight: 1, arbitrary: operator.map((it) => ({ $not: Object.fromEntries([it]) })) },
  { weight: 1, arbitrary: operator.map((it) => ({ $elemMatch: Object.fromEntries([it]) })) },
)
const attribute = fc.constantFrom('a', 'a', 'b')
const flat = fc
  .array(fc.tuple(attribute, question), { minLength: 1, maxLength: 2 })
  .map((it) => Object.fromEntries(it))
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.array(flat, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })),
  fc
    .tuple(flat, fc.constantFrom('$or', '$nor'), fc.array(flat, { maxLength: 2 }))
    .map(([plain, group, inner]) => ({ ...plain, [group]: inner })),
  fc.tuple(flat, flat).map(([plain, inner]) => ({ ...plain, $not: inner })),
)

const values = [
  undefined, null, 0, 1, 2, 3, 5, 6, -1, -0.5, NaN, Infinity, '', 'a', 'A', 'b', 'ab', 'a,b', '1', '5', 'true', true, false,
  [], [1], [1, 2], ['a'], ['b'], ['a', 'b'], ['5'], [null], [[1]], [true], {}, { b: 1 },
] // prettier-ignore
const shoppers = values.flatMap((a) => [undefined, 1, 'a', ['a', 'b'], false].map((b) => ({ a, b })))

test('of thousands of conditions none is called impossible that some shopper meets', () => {
  let told = 0
  fc.assert(
    fc.property(condition, (when) => {
      if (!contradiction(clausesOf(when, []), groups)) return
      told++
      const { ruleset, rejected } = compile(createRuleset([createRule({ when })], { groups }))
      expect(rejected).toEqual([])
      const moment = { name: 'hesitation', evidence: {} }
      const met = shoppers.filter(
        (attributes) => decide(ruleset, { moment, attributes, now: NOW }).verdict !== 'hold',
      )
      expect(met).toEqual([])
    }),
    { numRuns: 2000 },
  )
  expect(told).toBeGreaterThan(200)
})
