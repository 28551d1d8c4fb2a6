import { describe, expect, test } from 'vitest'
import type { Shown } from './decision'
import { ask, createRule, nudge, NOW } from './rules.fixture'

const variants = [{ id: 'a', nudge }]
const steps = [
  { id: 'reassure', variants },
  { id: 'chat', cost: 1, variants },
  { id: 'code', cost: 5, variants },
]
const rule = (ladder: object = {}, over: object = {}) =>
  createRule({ variants: undefined, ladder: { steps, ...ladder }, ...over })

const seen = (step: string, over: Partial<Shown> = {}): Shown => ({
  rule: 'r1',
  step,
  session: 's',
  at: NOW - 60_000,
  ...over,
})
const asked = (shown: Shown[], rules: unknown[] = [rule()], ruleset: object = {}) =>
  ask(rules, { ruleset, visitor: { id: 'u1', session: 's', shown } })
const stepOf = (...args: Parameters<typeof asked>) => {
  const decision = asked(...args)
  return decision.verdict === 'hold' ? decision.reason : decision.step
}

describe('a ladder', () => {
  test('is climbed step by step, and then it is enough', () => {
    expect(stepOf([])).toBe('reassure')
    expect(stepOf([seen('reassure')])).toBe('chat')
    expect(stepOf([seen('reassure'), seen('chat')])).toBe('code')
    expect(stepOf([seen('reassure'), seen('chat'), seen('code')])).toBe('limit')
  })

  test('leaves out no step: the dear one is not reached by what another rule has shown', () => {
    expect(stepOf([seen('chat')])).toBe('reassure')
    expect(stepOf([seen('reassure', { rule: 'r2' })])).toBe('reassure')
  })

  test('is left alone by whom it helped: who followed an action, and who has bought', () => {
    expect(stepOf([seen('reassure', { helped: ['clicked'] })])).toBe('limit')
    expect(stepOf([seen('reassure', { helped: ['order_complete'] })])).toBe('limit')
    expect(stepOf([seen('reassure', { helped: ['support_contact'] })])).toBe('chat')
    const quote = [rule({ goal: 'quote_sent' })]
    expect(stepOf([seen('reassure', { helped: ['order_complete'] })], quote)).toBe('chat')
    expect(stepOf([seen('reassure', { helped: ['quote_sent'] })], quote)).toBe('limit')
  })

  test('begins anew with the next session, unless it is climbed once', () => {
    const before = [seen('reassure', { session: 'before', helped: ['clicked'] })]
    expect(stepOf(before)).toBe('reassure')
    expect(stepOf(before, [rule({ per: 'visitor' })])).toBe('limit')
    const unhelped = [seen('reassure', { session: 'before' })]
    expect(stepOf(unhelped, [rule({ per: 'visitor' })])).toBe('chat')
  })

  test('has the limits, the gap and the condition of its rule at each step', () => {
    const limited = [rule({}, { limits: { cooldownMs: 120_000 } })]
    expect(stepOf([seen('reassure')], limited)).toBe('cooldown')
    expect(stepOf([seen('reassure', { at: NOW - 120_000 })], limited)).toBe('chat')
    expect(stepOf([seen('reassure')], [rule({}, { when: { a: 1 } })])).toBe('missing-attribute')
  })

  test('says why of the step whose turn it is', () => {
    const costs = { limits: { costs: { 5: { perVisitor: 0 } } } }
    const capped = asked([seen('reassure'), seen('chat')], [rule()], costs)
    expect(capped.reason).toBe('limit')
    const { trace } = capped
    expect(trace.filter(({ passed, step }) => !passed && step === 'code')).toEqual([
      { rule: 'r1', step: 'code', clause: 'ruleset.limits.costs.5.perVisitor', observed: 0, wanted: 0, passed: false, distance: 0 },
    ]) // prettier-ignore
    const busy = ask([rule()], { busy: true, visitor: { id: 'u1', session: 's', shown: [seen('reassure')] } })
    expect(busy.reason).toBe('busy')
  })

  test('lets lower rules have their turn when it has nothing to show', () => {
    const low = createRule({ id: 'low', priority: -1 })
    const decision = asked([seen('reassure', { helped: ['clicked'] })], [rule(), low])
    expect(decision).toMatchObject({ verdict: 'show', rule: 'low' })
  })

  test('tells what the step costs, and deals each step’s variants by itself', () => {
    expect(asked([seen('reassure')])).toMatchObject({ step: 'chat', cost: 1 })
    const split = steps.map((step) => ({ ...step, variants: [...variants, { id: 'b', nudge }] }))
    const dealt = (id: string, shown: Shown[]) => {
      const decision = ask([rule({ steps: split })], { visitor: { id, session: 's', shown } })
      return decision.verdict === 'show' && decision.variant
    }
    const ids = Array.from({ length: 200 }, (_, index) => `u${index}`)
    const same = ids.filter((id) => dealt(id, []) === dealt(id, [seen('reassure')])).length
    expect(same).toBeGreaterThan(70)
    expect(same).toBeLessThan(130)
  })

  test('a held-out visitor climbs the same steps', () => {
    const held = asked([seen('reassure')], [rule({}, { holdout: 100 })])
    expect(held).toMatchObject({ verdict: 'ghost', step: 'chat', cost: 1 })
  })
})

describe('what costs so much or more has caps of its own', () => {
  const limits = { costs: { 5: { perVisitor: 1 } } }
  const dear = createRule({ cost: 5 })

  test('whichever rule has spent it', () => {
    expect(asked([], [dear], { limits }).reason).toBe('shown')
    expect(asked([seen('x', { rule: 'r9', cost: 7 })], [dear], { limits }).reason).toBe('limit')
    expect(asked([seen('x', { rule: 'r9', cost: 4 })], [dear], { limits }).reason).toBe('shown')
    // A nudge of before there were costs cost nothing.
    expect(asked([seen('x', { rule: 'r9' })], [dear], { limits }).reason).toBe('shown')
  })

  test('and what costs less is free of them', () => {
    const spent = [seen('x', { cost: 5 })]
    expect(asked(spent, [createRule({ cost: 4 })], { limits }).reason).toBe('shown')
    expect(asked(spent, [createRule()], { limits }).reason).toBe('shown')
  })
})

describe('sliding windows and lifetimes', () => {
  const ago = (ms: number) => seen('', { step: undefined, at: NOW - ms })
  const windows = [
    { most: 1, ms: 1000 },
    { most: 2, ms: 10_000 },
  ]

  test.each([
    [[], 'shown'],
    [[999], 'limit'],
    [[1000], 'shown'],
    [[5000, 9999], 'limit'],
    [[5000, 10_000], 'shown'],
  ])('shown %j ms ago: %s', (times, reason) =>
    expect(asked(times.map(ago), [createRule({ limits: { windows } })]).reason).toBe(reason),
  )

  test('of the whole ruleset, too, and the trace names the window', () => {
    const held = asked([ago(5000), ago(9999)], [createRule()], { limits: { windows } })
    expect(held.trace.find(({ passed }) => !passed)).toMatchObject({
      clause: 'ruleset.limits.windows[1]',
      observed: 2,
      wanted: 2,
    })
  })

  test('a lifetime looks back over all sessions', () => {
    const once = [createRule({ limits: { lifetime: 1 } })]
    expect(asked([{ ...ago(1e10), session: 'old' }], once).reason).toBe('limit')
    expect(asked([{ ...ago(1e10), session: 'old', rule: 'r2' }], once).reason).toBe('shown')
  })
})

describe('namespaces', () => {
  const half = (id: string, from: number, to: number, space = 'checkout') =>
    createRule({ id, namespace: [space, from, to] })

  test('deal each visitor to one rule, and to the same one each time', () => {
    const ids = Array.from({ length: 400 }, (_, index) => `visitör-${index}`)
    const shown = (id: string, rules: unknown[]) => {
      const decision = ask(rules, { visitor: { id, shown: [] } })
      return decision.verdict === 'show' ? decision.rule : decision.reason
    }
    const one = half('one', 0, 0.5)
    const two = half('two', 0.5, 1)
    for (const id of ids) {
      const alone = [shown(id, [one]), shown(id, [two])]
      expect([...alone].sort()).toEqual(alone[0] === 'one' ? ['condition', 'one'] : ['condition', 'two'])
      expect(shown(id, [one, two])).toBe(alone[0] === 'one' ? 'one' : 'two')
    }
    const first = ids.filter((id) => shown(id, [one, two]) === 'one').length
    expect(first).toBeGreaterThan(160)
    expect(first).toBeLessThan(240)
    // Another namespace deals anew.
    const other = half('other', 0, 0.5, 'basket')
    expect(
      ids.filter((id) => shown(id, [one]) === 'one' && shown(id, [other]) === 'other').length,
    ).toBeLessThan(150)
  })

  test('have no room for a visitor without an id', () => {
    expect(ask([half('one', 0, 1)], { visitor: {} }).reason).toBe('condition')
  })
})
