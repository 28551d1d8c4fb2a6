import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deciderAnswer } from '../../schema'
import { compile } from './compile'
import { decide } from './decide'
import type { DecideInput } from './decision'
import { overrule } from './overrule'
import { createRule, createRuleset, nudge, NOW } from './rules.fixture'

const core = { compile, decide }
const offer = { surface: 'modal', copy: { en: { title: 'A better one' } } }
const link = (href: string) => ({ ...offer, actions: [{ label: { en: 'Go' }, do: 'link', href }] })
const shown = (rule: string, agoMs: number, group?: string) => ({
  rule,
  group,
  at: NOW - agoMs,
  session: 's1',
})

/** What an answer comes to, among a rule that does not apply and what else the test has. */
function answered(
  answer: unknown,
  {
    rules = [createRule({ when: { tier: 'gold' } })],
    envelope = {},
    ...over
  }: Partial<DecideInput> & { rules?: object[]; envelope?: object } = {},
) {
  const { ruleset } = compile(createRuleset(rules, envelope))
  return overrule(
    core,
    ruleset,
    {
      moment: { name: 'hesitation', evidence: {} },
      attributes: { tier: 'iron' },
      visitor: { id: 'u1', shown: [], session: 's1' },
      now: NOW,
      ...over,
    },
    answer,
  )
}

describe('an answer that names a rule', () => {
  test('shows it, whatever its condition: whom it is for is what the engine was asked', () => {
    expect(answered({ verdict: 'show', rule: 'r1' })).toMatchObject({
      verdict: 'show', reason: 'shown', rule: 'r1', variant: 'a', nudge, validForMs: 3000, cancelOn: ['navigate', 'submit'],
    }) // prettier-ignore
  })

  test('has the visitor\u2019s own variant, or the one that it names', () => {
    const rules = [
      createRule({
        owner: 'pricing',
        variants: [
          { id: 'a', weight: 1, nudge },
          { id: 'b', weight: 0, nudge: offer },
        ],
      }),
    ]
    const show = { verdict: 'show', rule: 'r1' }
    expect(answered(show, { rules })).toMatchObject({ variant: 'a', owner: 'pricing' })
    expect(answered({ ...show, variant: 'b' }, { rules })).toMatchObject({ variant: 'b', nudge: offer })
    expect(() => answered({ ...show, variant: 'c' }, { rules })).toThrow(
      'variant: wanted a variant of that rule, found "c"',
    )
  })

  test('may be one that answers another moment', () => {
    const rules = [createRule(), createRule({ id: 'kept', on: 'exit-intent' })]
    expect(answered({ verdict: 'show', rule: 'kept' }, { rules })).toMatchObject({
      verdict: 'show',
      rule: 'kept',
    })
  })

  test('with a nudge of its own shows that, under the limits of the rule', () => {
    const rules = [createRule({ limits: { perVisitor: 1, group: 'discount' }, validForMs: 900 })]
    const answer = { verdict: 'show', rule: 'r1', nudge: offer }
    expect(answered(answer, { rules })).toMatchObject({
      verdict: 'show', variant: 'remote', nudge: offer, group: 'discount', validForMs: 900,
    }) // prettier-ignore
    expect(answered({ ...answer, variant: 'x' }, { rules })).toMatchObject({ variant: 'x' })
    const visitor = { id: 'u1', session: 's1', shown: [shown('r1', 1000)] }
    expect(answered(answer, { rules, visitor })).toMatchObject({
      verdict: 'hold',
      reason: 'limit',
      rule: 'r1',
    })
  })

  test.each([
    ['limit', { limits: { perSession: 1 } }, {}, [shown('r1', 60_000)]],
    [
      'limit',
      { limits: { group: 'g' } },
      { limits: { groups: { g: { perDay: 1 } } } },
      [shown('r2', 60_000, 'g')],
    ],
    ['limit', {}, { limits: { perSession: 1 } }, [shown('r2', 60_000)]],
    ['cooldown', { limits: { cooldownMs: 9000 } }, {}, [shown('r1', 5000)]],
    ['cooldown', {}, { limits: { gapMs: 9000 } }, [shown('r2', 5000)]],
    ['expired', { expiresAt: '2026-11-01T00:00:00Z' }, {}, []],
    ['expired', { startsAt: '2026-12-01T00:00:00Z' }, {}, []],
    ['expired', {}, { expiresAt: '2026-11-01T00:00:00Z' }, []],
  ])('is kept back as the local one would be: %s by %j %j', (reason, rule, envelope, before) => {
    const it = answered({ verdict: 'show', rule: 'r1' }, {
      rules: [createRule(rule)], envelope, visitor: { id: 'u1', session: 's1', shown: before },
    }) // prettier-ignore
    expect(it).toMatchObject({ verdict: 'hold', reason, rule: 'r1' })
    expect(it.trace.some(({ passed }) => !passed)).toBe(true)
  })

  test('of a ladder shows the step whose turn it is, with its cost', () => {
    const step = (id: string, cost: number) => ({
      id,
      cost,
      variants: [
        { id: 'a', nudge },
        { id: 'b', weight: 0, nudge: offer },
      ],
    })
    const ladder = { steps: [step('reassure', 0), step('discount', 5)] }
    const rules = [{ id: 'r1', on: 'hesitation', ladder }]
    const show = { verdict: 'show', rule: 'r1' }
    expect(answered(show, { rules })).toMatchObject({
      verdict: 'show',
      step: 'reassure',
      variant: 'a',
      cost: 0,
    })
    const before = [{ ...shown('r1', 60_000), step: 'reassure' }]
    const visitor = { id: 'u1', session: 's1', shown: before }
    expect(answered({ ...show, variant: 'b' }, { rules, visitor })).toMatchObject({
      step: 'discount',
      variant: 'b',
      cost: 5,
    })
    const own = { ...show, nudge: offer }
    expect(answered(own, { rules, visitor })).toMatchObject({ step: 'discount', variant: 'remote', cost: 5 })
    const helped = { ...visitor, shown: [{ ...before[0]!, helped: ['clicked'] }] }
    expect(answered(own, { rules, visitor: helped })).toMatchObject({ verdict: 'hold', reason: 'limit' })
    expect(() => answered({ ...show, variant: 'c' }, { rules })).toThrow('variant: wanted')
  })

  test('does not take a stage that is taken, nor a visitor out of a holdout', () => {
    const show = { verdict: 'show', rule: 'r1' }
    expect(answered(show, { busy: true })).toMatchObject({ verdict: 'hold', reason: 'busy' })
    expect(answered(show, { rules: [createRule({ holdout: 100 })] })).toMatchObject({
      verdict: 'ghost',
      reason: 'holdout',
    })
    const envelope = { holdout: { percent: 100, seed: 'x' } }
    expect(answered({ ...show, nudge: offer }, { envelope })).toMatchObject({
      verdict: 'ghost',
      nudge: offer,
    })
  })

  test.each([
    ['switched off', createRule({ enabled: false })],
    ['left out for its fault', createRule({ when: { a: { $nope: 1 } } })],
  ])('cannot name one that is %s, nor put a nudge under its name', (_name, rule) => {
    for (const more of [{}, { nudge: offer }])
      expect(() =>
        answered({ verdict: 'show', rule: 'r1', ...more }, { rules: [rule, createRule({ id: 'r2' })] }),
      ).toThrow('rule: wanted a rule in force')
  })
})

describe('an answer with a name and a nudge that the ruleset does not know', () => {
  test('shows it, under what holds for all nudges', () => {
    const answer = { verdict: 'show', rule: 'engine-7', nudge: offer }
    expect(answered(answer)).toMatchObject({
      verdict: 'show', rule: 'engine-7', variant: 'remote', nudge: offer, owner: undefined, group: undefined, validForMs: 3000,
    }) // prettier-ignore
    const visitor = { id: 'u1', session: 's1', shown: [shown('r1', 60_000)] }
    expect(answered(answer, { visitor, envelope: { limits: { perSession: 1 } } })).toMatchObject({
      reason: 'limit',
    })
  })
  test('is none without the nudge', () => {
    expect(() => answered({ verdict: 'show', rule: 'engine-7' })).toThrow(
      'rule: wanted a rule in force, or another one with its nudge, found "engine-7"',
    )
  })
  test.each([
    [link('javascript:alert(1)'), 'nudge.actions[0].href: wanted a link'],
    [{ ...offer, html: '<b>' }, 'nudge: wanted only'],
    [{ ...offer, surface: 'iframe' }, 'nudge.surface: wanted toast'],
    [{ surface: 'toast', copy: { en: { title: 5 } } }, 'nudge.copy.en.title: wanted text'],
    [
      { surface: 'toast', copy: JSON.parse('{"__proto__":{"title":"x"}}') as object },
      'nudge.copy: wanted an object without __proto__',
    ],
    [null, 'nudge: wanted an object'],
  ])('and its nudge is what a ruleset may hold: %j', (hostile, fault) => {
    expect(() => answered({ verdict: 'show', rule: 'engine-7', nudge: hostile })).toThrow(fault)
  })
})

describe('an engine\u2019s no, and its own holdout', () => {
  test('a no is heard', () => {
    const it = answered({ verdict: 'hold' }, { rules: [createRule({ owner: 'pricing' })] })
    expect(it).toMatchObject({ verdict: 'hold', reason: 'condition', rule: 'r1', owner: 'pricing' })
    expect(it.trace).toEqual([
      { rule: 'r1', clause: 'decider', observed: 'hold', wanted: 'show', passed: false },
    ])
  })
  test('where the ruleset says no as well, its reason stands', () => {
    expect(answered({ verdict: 'hold' })).toMatchObject({ verdict: 'hold', reason: 'condition' })
    expect(answered({ verdict: 'hold' }, { attributes: {} })).toMatchObject({ reason: 'missing-attribute' })
    // Nothing is waited for after a no; a rule that is named waits as its own word says.
    const waits = { rules: [createRule({ validForMs: 900 })], busy: { unrest: ['typing'] } } as const
    const no = answered({ verdict: 'hold' }, { ...waits, rules: [...waits.rules] })
    expect(no).toMatchObject({ verdict: 'hold', reason: 'busy', trace: [{}, {}, { clause: 'calm' }] })
    expect(no).not.toHaveProperty('defer')
    const yes = answered({ verdict: 'show', rule: 'r1' }, { ...waits, rules: [...waits.rules] })
    expect(yes).toMatchObject({ verdict: 'hold', reason: 'busy', defer: { rule: 'r1', validForMs: 900 } })
  })
  test('a ghost goes all the way but the pixels, after all the gates', () => {
    const ghost = { verdict: 'ghost', rule: 'r1' }
    expect(answered(ghost)).toMatchObject({ verdict: 'ghost', reason: 'holdout', rule: 'r1', variant: 'a' })
    expect(answered(ghost, { busy: true })).toMatchObject({ verdict: 'hold', reason: 'busy' })
  })
})

test('what is no answer is named', () => {
  for (const [answer, fault] of [
    [null, 'wanted a decision, found null'],
    ['show', 'wanted a decision, found "show"'],
    [[], 'wanted a decision'],
    [{}, 'verdict: wanted show, hold or ghost, found undefined'],
    [{ verdict: ['show'], rule: 'r1' }, 'verdict: wanted'],
    [{ verdict: 'show' }, 'rule: wanted a rule in force'],
  ] as const)
    expect(() => answered(answer)).toThrow(fault)
})

test('takes what the schema takes, and nothing else', () => {
  const odd = fc.constantFrom<unknown>(
    null, true, 0, '', 'r1', 'new', 'x'.repeat(201), 'show', 'hold', 'ghost', 'a', 'b', [], {}, offer, link('/ok'), link('javascript:x'),
    { ...offer, html: '' }, { ...offer, actions: [{ label: {}, do: 'dismiss' }] }, { copy: {} }, { surface: 'bar', copy: { en: {} } },
  ) // prettier-ignore
  const key = fc.constantFrom('verdict', 'rule', 'variant', 'nudge', 'reason')
  const good = fc.constantFrom<Record<string, unknown>>(
    { verdict: 'hold' }, { verdict: 'show', rule: 'r1' }, { verdict: 'ghost', rule: 'r1', variant: 'a' },
    { verdict: 'show', rule: 'new', nudge: offer }, { verdict: 'show', rule: 'new', variant: 'v', nudge: link('/ok') },
  ) // prettier-ignore
  const seen = { taken: 0, refused: 0 }
  fc.assert(
    fc.property(good, fc.array(fc.tuple(key, odd), { maxLength: 3 }), (answer, changes) => {
      const changed = { ...answer, ...Object.fromEntries(changes) }
      const { verdict, rule, variant, nudge: own } = changed as Record<string, unknown>
      // What the ruleset knows is not the schema's business.
      const known =
        verdict === 'hold' ||
        own !== undefined ||
        (rule === 'r1' && (variant === undefined || variant === 'a'))
      const wanted = deciderAnswer.safeParse(changed).success && known
      seen[wanted ? 'taken' : 'refused']++
      if (wanted) answered(changed)
      else expect(() => answered(changed)).toThrow('wanted')
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(300)
})
