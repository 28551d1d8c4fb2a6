import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hash } from './bucket'
import { compile } from './compile'
import { decide } from './decide'
import { ask, createRule, createRuleset, NOW, nudge, richRule, richRuleset } from './rules.fixture'

const HOUR = 3_600_000
const shown = (over: object = {}) => ({ rule: 'r1', at: NOW - 1000, session: 's1', ...over })
const visitor = (...list: object[]) => ({ id: 'u1', session: 's1', shown: list.map(shown) })

/** The first id that falls (or does not fall) below `share` for this seed. */
const idBelow = (seed: string, share: number, below = true) =>
  Array.from({ length: 1000 }, (_, i) => `v${i}`).find((id) => hash(seed, id, 2)! < share === below)!

describe('compile', () => {
  test('refuses a bad envelope with one error that names the place', () => {
    expect(() => compile(null)).toThrow('ruleset: wanted an object, found null')
    expect(() => compile({ version: 1 })).toThrow('rules: wanted a list')
    expect(() => compile(createRuleset([], { limits: { gapMs: -1 } }))).toThrow('limits.gapMs: wanted')
    expect(() => compile(createRuleset([], { pages: { cart: ['/cart', 'cart'] } }))).toThrow('pages.cart[1]')
    expect(() => compile(createRuleset([], { holdout: { percent: 5 } }))).toThrow(
      expect.objectContaining({ path: 'holdout.seed' }),
    )
  })

  test('a bad rule is left out and named; the rest goes on', () => {
    const { ruleset, rejected } = compile(
      createRuleset([
        createRule({ id: 'bad', when: { a: { $near: 1 } } }),
        createRule(),
        7,
        null,
        createRule({ priority: 3 }),
        createRule({ id: 'typo', validForMS: 1 }),
      ]),
    )
    expect(ruleset.plans.get('hesitation')!.rules.map((rule) => rule.id)).toEqual(['r1'])
    expect(rejected.map(({ rule, path }) => [rule, path])).toEqual([
      ['bad', 'rules[0].when.a.$near'],
      ['rules[2]', 'rules[2]'],
      ['rules[3]', 'rules[3]'],
      ['r1', 'rules[4].id'],
      ['typo', 'rules[5]'],
    ])
    for (const { path, reason } of rejected) expect(reason.startsWith(`${path}: wanted `)).toBe(true)
  })

  test('orders by priority, then as in the file', () => {
    const rules = [['a'], ['b', 5], ['c'], ['d', 5], ['e', -1]].map(([id, priority]) =>
      createRule({ id, priority }),
    )
    const { ruleset } = compile(createRuleset(rules))
    expect(ruleset.plans.get('hesitation')!.rules.map((rule) => rule.id)).toEqual(['b', 'd', 'a', 'c', 'e'])
  })

  test('keeps the source, and knows which moments its rules name', () => {
    const { ruleset } = compile(richRuleset)
    expect(ruleset.version).toBe(12)
    expect(ruleset.source).toBe(richRuleset)
    expect([...ruleset.plans.keys()]).toEqual(['back-on-checkout', 'cart-hesitation'])
  })

  test('a parked rule is no rule', () => {
    expect(ask([createRule({ enabled: false })]).reason).toBe('no-rule')
  })
})

describe('a decision', () => {
  test('says all that is needed to act', () => {
    const decision = ask([createRule({ owner: 'checkout team', limits: { group: 'discount' } })])
    expect(decision).toMatchObject({
      verdict: 'show', reason: 'shown', rule: 'r1', variant: 'a', owner: 'checkout team', nudge, validForMs: 3000, cancelOn: ['navigate', 'submit'], group: 'discount',
    }) // prettier-ignore
  })

  test('no rule for the moment: one shared answer', () => {
    const first = ask([createRule()], { moment: { name: 'exit-intent', evidence: {} } })
    expect(first).toEqual({ verdict: 'hold', reason: 'no-rule', trace: [] })
    expect(ask([createRule()], { moment: { name: 'constructor', evidence: {} } })).toBe(first)
  })

  test('the first rule that nothing keeps back is shown', () => {
    const rules = [createRule({ id: 'a', when: { x: 1 } }), createRule({ id: 'b' }), createRule({ id: 'c' })]
    expect(ask(rules).rule).toBe('b')
  })

  test('where several hold, the reason is that of the highest priority', () => {
    const rules = [
      createRule({ id: 'low', when: { x: 2 } }),
      createRule({ id: 'high', priority: 1, limits: { perVisitor: 0 } }),
    ]
    expect(ask(rules, { attributes: { x: 1 } })).toMatchObject({
      verdict: 'hold',
      reason: 'limit',
      rule: 'high',
    })
  })

  test('is the same for the same question, and has no effects', () => {
    const attributes = {
      cart: { total: 50, items: [{ price: 10 }] },
      locale: 'de',
      tags: ['a', 'b'],
      visitor: {},
    }
    const { ruleset } = compile(richRuleset)
    const before = JSON.stringify(ruleset.source)
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: NOW - 1e9, max: NOW + 1e9 }), (id, now) => {
        const input = {
          moment: { name: 'back-on-checkout', evidence: {} },
          attributes,
          visitor: { id, shown: [] },
          now,
        }
        const frozen = JSON.stringify(input)
        const first = decide(ruleset, input)
        expect(decide(ruleset, structuredClone(input))).toEqual(first)
        expect(first.trace).toEqual(decide(ruleset, input).trace)
        expect(JSON.stringify(input)).toBe(frozen)
      }),
    )
    expect(JSON.stringify(ruleset.source)).toBe(before)
  })
})

describe('schedule and consent', () => {
  test.each<[object, object, string]>([
    [{ startsAt: '2026-11-23T00:00:00Z' }, {}, 'expired'],
    [{ startsAt: '2026-11-22T12:00:00Z' }, {}, 'shown'],
    [{ expiresAt: '2026-11-22T12:00:00Z' }, {}, 'expired'],
    [{ expiresAt: '2026-11-22T13:00:01+01:00' }, {}, 'shown'],
    [{}, { expiresAt: '2026-11-22T00:00:00Z' }, 'expired'],
  ])('%j in %j: %s', (rule, ruleset, reason) =>
    expect(ask([createRule(rule)], { ruleset }).reason).toBe(reason),
  )

  test.each([['granted', 'shown'], ['denied', 'consent'], ['pending', 'consent'], [undefined, 'shown']] as const)(
    'consent %s: %s',
    (consent, reason) => {
      expect(ask([createRule({ consent: 'granted' })], { visitor: { id: 'u1', consent } }).reason).toBe(reason)
      expect(ask([createRule()], { visitor: { id: 'u1', consent } }).reason).toBe('shown')
    },
  ) // prettier-ignore
})

describe('limits', () => {
  const groups = { discount: { perSession: 1 } }
  test.each<[string, object, object, object[], string]>([
    ['perSession', { perSession: 2 }, {}, [{}], 'shown'],
    ['perSession', { perSession: 2 }, {}, [{}, {}], 'limit'],
    ['perSession of others', { perSession: 1 }, {}, [{ session: 's0' }, { rule: 'r2' }], 'shown'],
    ['perDay', { perDay: 1 }, {}, [{ at: NOW - 23 * HOUR }], 'limit'],
    ['perDay rolls', { perDay: 1 }, {}, [{ at: NOW - 24 * HOUR }], 'shown'],
    ['perVisitor', { perVisitor: 1 }, {}, [{ at: 1 }], 'limit'],
    ['perVisitor 0', { perVisitor: 0 }, {}, [], 'limit'],
    ['group', { group: 'discount' }, { groups }, [{ rule: 'r2', group: 'discount' }], 'limit'],
    [
      'another group',
      { group: 'discount' },
      { groups },
      [{ rule: 'r2', group: 'help' }, { rule: 'r3' }],
      'shown',
    ],
    ['a group without caps', { group: 'constructor' }, { groups }, [{ group: 'constructor' }], 'shown'],
    ['all rules', {}, { perSession: 1 }, [{ rule: 'r2' }], 'limit'],
    ['cooldown', { cooldownMs: 1001 }, {}, [{}], 'cooldown'],
    ['cooldown over', { cooldownMs: 1000 }, {}, [{}], 'shown'],
    ['cooldown from the newest', { cooldownMs: 1001 }, {}, [{}, { at: 1 }], 'cooldown'],
    ['cooldown of another rule', { cooldownMs: 1001 }, {}, [{ rule: 'r2' }], 'shown'],
    ['gap', {}, { gapMs: 1001 }, [{ rule: 'r2' }], 'cooldown'],
    ['never shown', { cooldownMs: 1e9 }, { gapMs: 1e9 }, [], 'shown'],
  ])('%s %j %j', (_, limits, shared, list, reason) => {
    const decision = ask([createRule({ limits })], { visitor: visitor(...list), ruleset: { limits: shared } })
    expect(decision.reason).toBe(reason)
  })

  test('without a session told: that of the newest thing shown, while it lasts', () => {
    const rules = [createRule({ limits: { perSession: 1 } })]
    const reason = (at: number) => ask(rules, { visitor: { id: 'u1', shown: [shown({ at })] } }).reason
    expect([reason(NOW - 1000), reason(NOW - HOUR)]).toEqual(['limit', 'shown'])
  })

  test('busy holds a rule that would show, and only that', () => {
    expect(ask([createRule()], { busy: true })).toMatchObject({ verdict: 'hold', reason: 'busy', rule: 'r1' })
    expect(ask([createRule({ when: { x: 1 } })], { busy: true, attributes: { x: 2 } }).reason).toBe(
      'condition',
    )
  })
})

describe('holdout', () => {
  const ruleset = { holdout: { percent: 20, seed: 'q4' } }
  const held = { id: idBelow('q4', 0.2) }
  const free = { id: idBelow('q4', 0.2, false) }

  test('a held-out visitor is a ghost, with all that the shown one has', () => {
    const ghost = ask([createRule()], { ruleset, visitor: held })
    expect(ghost).toMatchObject({ verdict: 'ghost', reason: 'holdout', rule: 'r1', variant: 'a', nudge })
    expect(ask([createRule()], { ruleset, visitor: free }).verdict).toBe('show')
  })

  test('of one rule: ends the decision, no lower rule shows', () => {
    const rules = [createRule({ id: 'r1', holdout: 50 }), createRule({ id: 'r2' })]
    expect(ask(rules, { visitor: { id: idBelow('r1:holdout', 0.5) } })).toMatchObject({
      verdict: 'ghost',
      rule: 'r1',
    })
    expect(ask(rules, { visitor: { id: idBelow('r1:holdout', 0.5, false) } }).verdict).toBe('show')
  })

  test('is asked last: what keeps a shown visitor back keeps a ghost back too', () => {
    const rules = [createRule({ limits: { perVisitor: 1 }, holdout: 100 })]
    expect(ask(rules, { visitor: visitor({}) }).reason).toBe('limit')
    expect(ask(rules, { busy: true }).reason).toBe('busy')
    expect(ask(rules).verdict).toBe('ghost')
  })

  test('holds out as many as it says; nobody whose id is unknown', () => {
    const { ruleset: compiled } = compile(createRuleset([createRule({ holdout: 10 })], ruleset))
    const verdicts = Array.from({ length: 10_000 }, (_, i) =>
      decide(compiled, {
        moment: { name: 'hesitation', evidence: {} },
        attributes: {},
        visitor: { id: `v${i}` },
        now: NOW,
      }),
    )
    const ghosts = verdicts.filter(({ verdict }) => verdict === 'ghost').length
    expect(Math.abs(ghosts - 2800)).toBeLessThan(150)
    expect(ask([createRule({ holdout: 100 })], { visitor: undefined }).verdict).toBe('show')
  })
})

describe('variants', () => {
  test('come in the proportion of their weights, and stay', () => {
    const { ruleset } = compile(
      createRuleset([createRule({ variants: [{ id: 'a', weight: 1, nudge }, { id: 'b', weight: 3, nudge }, { id: 'c', weight: 0, nudge }] })]),
    ) // prettier-ignore
    const counts: Record<string, number> = {}
    for (let i = 0; i < 10_000; i++) {
      const input = {
        moment: { name: 'hesitation', evidence: {} },
        attributes: {},
        visitor: { id: `v${i}` },
        now: NOW + i,
      }
      const decision = decide(ruleset, input)
      if (decision.verdict === 'hold') throw new Error(decision.reason)
      counts[decision.variant] = (counts[decision.variant] ?? 0) + 1
      expect(decision.variant).toBe(hash('r1', `v${i}`, 2)! < 0.25 ? 'a' : 'b')
    }
    expect(Math.abs(counts['a']! - 2500)).toBeLessThan(150)
  })
})

describe('age', () => {
  const old = { confirmedAt: NOW - 1000 }
  test('at its maximum the ruleset is expired, or the rule alone', () => {
    expect(ask([createRule()], { ...old, ruleset: { maxAgeMs: 1001 } }).reason).toBe('shown')
    expect(ask([createRule()], { ...old, ruleset: { maxAgeMs: 1000 } }).reason).toBe('expired')
    expect(ask([createRule({ maxAgeMs: 1001 })], old).reason).toBe('shown')
    expect(ask([createRule({ maxAgeMs: 1000 })], old).reason).toBe('expired')
    expect(ask([createRule({ maxAgeMs: 1000 }), createRule({ id: 'advice' })], old)).toMatchObject({
      verdict: 'show',
      rule: 'advice',
    })
  })
  test('is named in the trace', () => {
    const { trace } = ask([createRule({ maxAgeMs: 700 })], old)
    expect(trace).toContainEqual({
      rule: 'r1',
      clause: 'maxAgeMs',
      observed: 1000,
      wanted: 700,
      passed: false,
      distance: 300,
    })
  })
  test('nobody told of any: it is new', () => {
    expect(ask([createRule({ maxAgeMs: 1 })]).reason).toBe('shown')
  })
})

test('a ruleset that is switched off has no rule', () => {
  expect(ask([createRule()], { ruleset: { enabled: false } })).toMatchObject({
    verdict: 'hold',
    reason: 'no-rule',
  })
})

describe('the trace', () => {
  test('has every clause of every rule that was asked, with its figures', () => {
    const decision = ask(
      [
        createRule({ id: 'a', when: { 'cart.total': { $gte: 40, $lt: 90 }, gone: 1 } }),
        createRule({
          id: 'b',
          when: { $or: [{ 'page.type': 'cart' }, { 'moment.dwellMs': { $gt: 2000 } }] },
          limits: { perSession: 2, cooldownMs: 500 },
          holdout: 0,
        }),
        createRule({ id: 'never asked' }),
      ],
      { attributes: { cart: { total: 31.5 } }, visitor: visitor({ rule: 'b' }) },
    )
    expect(decision.trace).toEqual([
      { rule: 'a', clause: 'cart.total $gte', observed: 31.5, wanted: 40, passed: false, distance: 8.5 },
      { rule: 'a', clause: 'cart.total $lt', observed: 31.5, wanted: 90, passed: true, distance: 58.5 },
      { rule: 'a', clause: 'gone $eq', observed: null, wanted: 1, passed: false },
      { rule: 'a', clause: 'slot', observed: undefined, wanted: 0, passed: true },
      { rule: 'a', clause: 'busy', observed: false, wanted: false, passed: true },
      { rule: 'a', clause: 'calm', observed: 'calm', wanted: 'calm', passed: true },
      { rule: 'b', clause: '$or', observed: 1, wanted: expect.anything(), passed: true },
      { rule: 'b', clause: '$or page.type $eq', observed: 'other', wanted: 'cart', passed: false },
      { rule: 'b', clause: '$or moment.dwellMs $gt', observed: 2210, wanted: 2000, passed: true, distance: 210 },
      { rule: 'b', clause: 'limits.perSession', observed: 1, wanted: 2, passed: true, distance: 1 },
      { rule: 'b', clause: 'limits.cooldownMs', observed: 1000, wanted: 500, passed: true, distance: 500 },
      { rule: 'b', clause: 'slot', observed: undefined, wanted: 0, passed: true },
      { rule: 'b', clause: 'busy', observed: false, wanted: false, passed: true },
      { rule: 'b', clause: 'calm', observed: 'calm', wanted: 'calm', passed: true },
      { rule: 'b', clause: 'holdout', observed: hash('b:holdout', 'u1', 2), wanted: 0, passed: true, distance: hash('b:holdout', 'u1', 2) },
    ]) // prettier-ignore
  })

  test('names schedule, consent, the ruleset’s limits and holdouts', () => {
    const { rules: _, ...ruleset } = richRuleset
    const rule = { ...richRule, on: 'hesitation', when: {} }
    const { trace } = ask([rule], { ruleset, visitor: { id: 'u1', consent: 'denied' } })
    const clauses = trace.map(({ clause }) => clause)
    expect(clauses).toEqual([
      'ruleset.expiresAt', 'ruleset.maxAgeMs', 'maxAgeMs', 'startsAt', 'expiresAt', 'schedule', 'consent', 'namespace from', 'namespace to',
      'limits.perSession', 'limits.perDay', 'limits.perVisitor', 'limits.lifetime', 'limits.windows[0]',
      'ruleset.limits.groups.discount.perDay', 'ruleset.limits.costs.0.5.perDay', 'ruleset.limits.costs.0.5.windows[0]', 'ruleset.limits.perSession', 'ruleset.limits.perDay', 'ruleset.limits.perVisitor',
      'limits.cooldownMs', 'ruleset.limits.gapMs', 'slot', 'busy', 'calm', 'ruleset.holdout', 'holdout',
    ]) // prettier-ignore
    expect(trace.find(({ clause }) => clause === 'consent')).toMatchObject({
      observed: 'denied',
      wanted: 'granted',
      passed: false,
    })
  })

  test('cannot be changed by who reads it', () => {
    const cart = { items: [{ price: 9 }] }
    const decision = ask([createRule({ when: { cart: { $exists: true } } })], { attributes: { cart } })
    const read = () => decision.trace[0]!.observed as typeof cart
    expect(() => read().items.push({ price: 1 })).toThrow(TypeError)
    expect(() => Object.assign(read().items[0]!, { price: 1 })).toThrow(TypeError)
    expect(read()).toEqual({ items: [{ price: 9 }] })
    // The page's own stays its own.
    cart.items.push({ price: 2 })
    expect(read().items).toHaveLength(1)
  })

  test('is made from what was known then, whatever the page does afterwards', () => {
    const attributes = { cart: { total: 50 }, tags: ['a'], deep: { list: [{ x: 1 }] } }
    const evidence = { dwellMs: 2210 }
    const list = [shown()]
    const when = {
      'cart.total': 50,
      tags: { $in: ['a'] },
      deep: { list: [{ x: 1 }] },
      'moment.dwellMs': 2210,
    }
    const decision = ask([createRule({ when, limits: { perSession: 2 } })], {
      attributes,
      moment: { name: 'hesitation', evidence },
      visitor: { id: 'u1', session: 's1', shown: list },
    })
    attributes.cart.total = 1
    attributes.tags.push('b')
    attributes.deep.list[0]!.x = 2
    evidence.dwellMs = 0
    list.push(shown())
    expect(decision.trace.map(({ observed }) => observed).slice(0, 5)).toEqual([
      50,
      ['a'],
      { list: [{ x: 1 }] },
      2210,
      1,
    ])
    expect(decision.trace.every(({ passed }) => passed)).toBe(true)
  })
})

test('many rules together decide as each would alone, whatever they have in common', () => {
  const wanted = fc.constantFrom<unknown>(0, '0', null, 1, true, { $eq: 1 }, { $eq: true }, { $gt: 0 }, { $gt: '0' }, { $in: [1] }, { $in: [0] }, { $gt: 0, $lt: 2 })
  const when = fc.dictionary(fc.constantFrom('a', 'b', 'a $gt', '$or'), wanted, { noNullPrototype: true }).map(
    ({ $or, ...rest }) => ($or === undefined ? rest : { ...rest, $or: [{ a: $or }, { b: $or }] }),
  )
  const attributes = fc.dictionary(fc.constantFrom('a', 'b', 'a $gt'), fc.constantFrom(0, 1, 2, '0', '1', null), { noNullPrototype: true })
  fc.assert(
    fc.property(fc.array(when, { minLength: 1, maxLength: 6 }), attributes, (conditions, given) => {
      const rules = conditions.map((one, index) => createRule({ id: `r${index}`, when: one }))
      const alone = rules.map((rule) => ask([rule], { attributes: given }))
      const first = alone.find(({ verdict }) => verdict === 'show') ?? alone[0]!
      const together = ask(rules, { attributes: given })
      expect([together.verdict, together.rule, together.reason]).toEqual([first.verdict, first.rule, first.reason])
      const asked = alone.slice(0, alone.indexOf(first) + 1)
      const traced = first.verdict === 'show' ? asked : alone
      expect(together.trace).toEqual(traced.flatMap(({ trace }) => trace))
    }),
    { numRuns: 500 },
  )
}) // prettier-ignore
