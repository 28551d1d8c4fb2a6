import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Rule } from '../schema/ruleset'
import { compile, decide } from '../src/decide'
import { createRule, createRuleset, NOW, richRule } from '../src/decide/rules.fixture'
import { shadows } from './shadow'

const rule = (id: string, over: object = {}) => createRule({ id, ...over }) as unknown as Rule

test.each([
  [{}, {}],
  [{}, { when: { a: 1 }, limits: { perDay: 1 }, consent: 'granted' }],
  [{ when: { a: 1 } }, { when: { b: 2, a: 1 } }],
  [{ when: { a: { $gte: 40 } } }, { when: { a: { $gt: 40, $lt: 90 } } }],
  [{ when: { a: { $in: [1, 2] } } }, { when: { a: { $in: [2] } } }],
  [{ holdout: 50 }, {}],
  [{ consent: 'granted' }, { consent: 'granted' }],
  [{}, { cost: 3, schedule: { days: ['mon'] }, namespace: ['n', 0, 0.5] }],
])('%j forestalls %j', (higher, lower) => expect(shadows(rule('one', higher), rule('two', lower))).toBe(true))

test.each([
  [{ when: { a: 1 } }, {}],
  [{ when: { a: { $gt: 40 } } }, { when: { a: { $gte: 40 } } }],
  [{ when: { a: 1 } }, { when: { a: { $eq: 1 } } }],
  [{ limits: { perSession: 1 } }, {}],
  [{ startsAt: '2026-11-01T00:00:00Z' }, {}],
  [{ expiresAt: '2026-12-01T00:00:00Z' }, {}],
  [{ consent: 'granted' }, {}],
  [{ cost: 3 }, {}],
  [{ namespace: ['n', 0, 0.5] }, {}],
  [{ somethingNew: true }, {}],
  [{}, { somethingNew: true }],
])('%j does not always forestall %j', (higher, lower) =>
  expect(shadows(rule('one', higher), rule('two', lower))).toBe(false),
)

const clause = fc.constantFrom<object>(
  { a: 1 }, { a: '1' }, { a: { $gt: 1 } }, { a: { $gte: 1 } }, { a: { $gte: 2, $lt: 5 } }, { a: { $lte: 5 } },
  { a: { $in: [1, 2] } }, { a: { $in: [1] } }, { a: { $in: [1, null] } }, { b: 'x' }, { b: { $exists: true } },
  { $or: [{ a: 1 }, { b: 'x' }] }, { $nor: [{ a: 1 }] }, { $not: { b: 'x' } },
) // prettier-ignore
const when = fc.array(clause, { maxLength: 2 }).map(($and) => ({ $and }))
/** Each key is there once in so many times: the higher rule must be rather bare. */
const ruleKeys = (once: number) => {
  const some = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.nat(once - 1).chain((drawn) => (drawn === 0 ? arbitrary : fc.constant(undefined)))
  return fc
    .record({
      when: fc.option(when, { nil: undefined }),
      holdout: some(fc.constantFrom(0, 50, 100)),
      limits: some(fc.constantFrom<object>({ perVisitor: 1 }, { cooldownMs: 1000 }, { group: 'g' })),
      consent: some(fc.constant('granted')),
      cost: some(fc.constantFrom(0, 2)),
      namespace: some(fc.constant(['n', 0, 0.5])),
      schedule: some(fc.constant({ hours: ['09:00-12:00'] })),
      expiresAt: some(fc.constantFrom('2026-11-01T00:00:00Z', richRule.expiresAt)),
    })
    .map((it) => JSON.parse(JSON.stringify(it)) as object)
}

const visitors = ['u1', 'u2', 'u3'].flatMap((id) =>
  [[], [{ rule: 'one', group: 'g', at: NOW - 500, session: 's' }]].flatMap((shown) =>
    (['granted', 'denied'] as const).map((consent) => ({ id, shown, consent })),
  ),
)
const shoppers = [undefined, null, 1, 2, '1', 5, [1], 0].flatMap((a) =>
  [undefined, 'x', 'y'].map((b) => ({ a, b })),
)

test('a rule that is called shadowed is never shown', () => {
  let told = 0
  fc.assert(
    fc.property(ruleKeys(10), ruleKeys(2), (higher, lower) => {
      const rules = [rule('one', higher), rule('two', lower)]
      if (!shadows(rules[0]!, rules[1]!)) return
      told++
      const { ruleset } = compile(
        createRuleset(rules, {
          limits: { groups: { g: { perDay: 1 } }, costs: { '0': { perDay: 1 }, '2': { perDay: 0 } } },
        }),
      )
      const moment = { name: 'hesitation', evidence: {} }
      const seen = visitors
        .flatMap((visitor) => shoppers.map((attributes) => ({ moment, attributes, visitor, now: NOW })))
        .filter((input) => {
          const decision = decide(ruleset, input)
          return decision.verdict !== 'hold' && decision.rule === 'two'
        })
      expect(seen).toEqual([])
    }),
    { numRuns: 2000 },
  )
  expect(told).toBeGreaterThan(40)
})
