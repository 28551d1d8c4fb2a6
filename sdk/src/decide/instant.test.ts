import { describe, expect, test } from 'vitest'
import type { Unrest } from '../terms'
import type { DecideInput, Standing } from './decision'
import { ask, createRule, nudge } from './rules.fixture'

/** Whether the shopper may be disturbed, and whether there is room in the page. */
const unrests: Unrest[] = ['composing', 'dialog', 'typing', 'payment-field', 'critical']
const busyWith = (...unrest: Unrest[]) => ({ busy: { unrest } })
const modal = { variants: [{ id: 'a', nudge: { ...nudge, surface: 'modal' } }] }

describe('a shopper who is busy', () => {
  test.each(unrests)('%s: by default the decision waits', (unrest) => {
    const decision = ask(
      [createRule({ validForMs: 900, cancelOn: ['typing'], owner: 'us' })],
      busyWith(unrest),
    )
    expect(decision).toMatchObject({
      verdict: 'hold',
      reason: 'busy',
      rule: 'r1',
      defer: { rule: 'r1', owner: 'us', validForMs: 900, cancelOn: ['typing'] },
    })
    expect(decision.trace.filter(({ passed }) => !passed)).toEqual([
      { rule: 'r1', clause: 'calm', observed: unrest, wanted: 'calm', passed: false },
    ])
  })

  test.each(unrests)('%s: dropped, where the rule says so', (unrest) => {
    const decision = ask([createRule({ whenBusy: 'drop' })], busyWith(unrest))
    expect(decision).toMatchObject({ verdict: 'hold', reason: 'busy' })
    expect(decision).not.toHaveProperty('defer')
  })

  test.each(['typing', 'payment-field', 'critical'] as const)('%s: a modal goes lower', (unrest) => {
    const decision = ask([createRule({ ...modal, whenBusy: 'downgrade' })], busyWith(unrest))
    expect(decision).toMatchObject({ verdict: 'show', nudge: { ...nudge, surface: 'toast' } })
    expect(decision.trace.at(-1)).toMatchObject({ clause: 'calm', observed: unrest, passed: true })
    expect(ask([createRule({ ...modal, whenBusy: 'downgrade' })])).toMatchObject({
      nudge: { surface: 'modal' },
    })
  })

  test.each([
    ['what cannot go lower waits', {}, ['typing']],
    ['while he composes nothing is low enough', modal, ['composing', 'typing']],
    ['nor outside a dialog of the page', modal, ['dialog']],
  ] as const)('%s', (_name, over, unrest) => {
    const rules = [createRule({ ...over, whenBusy: 'downgrade' })]
    expect(ask(rules, busyWith(...unrest))).toMatchObject({ verdict: 'hold', defer: { rule: 'r1' } })
  })

  test.each(['modal', 'toast', 'tip', 'inline'])('%s with a place in the page', (surface) => {
    const placed = { variants: [{ id: 'a', nudge: { ...nudge, surface, place: { slot: 'below' } } }] }
    const decision = ask([createRule({ ...placed, whenBusy: 'downgrade' })], busyWith('typing'))
    const lower = { modal: 'toast', toast: 'inline', tip: 'inline' }[surface]
    expect(decision).toMatchObject(
      lower ? { verdict: 'show', nudge: { surface: lower } } : { verdict: 'hold', defer: { rule: 'r1' } },
    )
  })

  const insiders = (...inside: boolean[]) => ({
    variants: inside.map((insideDialog, index) => ({ id: `v${index}`, nudge: { ...nudge, insideDialog } })),
  })
  test('a dialog of the page keeps none waiting that may stand inside it', () => {
    const rules = [createRule(insiders(true, true))]
    expect(ask(rules, busyWith('dialog'))).toMatchObject({ verdict: 'show' })
    expect(ask(rules, busyWith('dialog', 'typing'))).toMatchObject({ verdict: 'hold', defer: {} })
  })
  test('one that may stand inside a dialog waits for what else he is busy with, and not for its end', () => {
    const waitsFor = (rule: object, moment = 'hesitation') => {
      const rules = [createRule({ ...rule, on: moment })]
      const decision = ask(rules, {
        moment: { name: moment, evidence: {} },
        ...busyWith('dialog', 'typing', 'composing'),
      })
      return decision.verdict === 'hold' ? decision.defer?.despite : []
    }
    expect(waitsFor(insiders(true, true))).toEqual(['dialog'])
    expect(waitsFor(insiders(true, false))).toEqual([])
    expect(waitsFor({}, 'rage-typing')).toEqual(['typing'])
    expect(waitsFor(insiders(true), 'rage-typing')).toEqual(['dialog', 'typing'])
  })
  test('inside a dialog it goes lower, too, but for a place outside', () => {
    const rule = (over: object) => {
      const [{ nudge, id }] = insiders(true).variants as [{ nudge: object; id: string }]
      return createRule({ whenBusy: 'downgrade', variants: [{ id, nudge: { ...nudge, ...over } }] })
    }
    const busy = busyWith('dialog', 'typing')
    expect(ask([rule({ surface: 'modal' })], busy)).toMatchObject({
      verdict: 'show',
      nudge: { surface: 'toast', insideDialog: true },
    })
    expect(ask([rule({ surface: 'toast', place: { slot: 'below' } })], busy)).toMatchObject({
      verdict: 'hold',
      defer: { rule: 'r1' },
    })
    const composing = busyWith('dialog', 'composing')
    expect(ask([rule({ surface: 'modal' })], composing)).toMatchObject({ verdict: 'hold' })
  })
  test('if one of its variants may not, the rule waits whichever the visitor gets', () => {
    for (const id of ['u1', 'u2', 'u3', 'u4', 'u5']) {
      const asked = { visitor: { id }, ...busyWith('dialog') }
      expect(ask([createRule(insiders(true, false))], asked)).toMatchObject({ verdict: 'hold', defer: {} })
    }
  })

  test('all he is busy with is told', () => {
    const { trace } = ask([createRule()], busyWith('dialog', 'typing'))
    expect(trace.find(({ clause }) => clause === 'calm')).toMatchObject({ observed: 'dialog typing' })
  })

  test('typing does not hold back the answer to typing; all else does', () => {
    const rules = [createRule({ on: 'rage-typing', ...modal, whenBusy: 'downgrade' })]
    const moment = { name: 'rage-typing', evidence: {} }
    expect(ask(rules, { moment, ...busyWith('typing') })).toMatchObject({
      verdict: 'show',
      nudge: { surface: 'modal' },
    })
    expect(
      ask([createRule({ on: 'rage-typing' })], { moment, ...busyWith('composing', 'typing') }),
    ).toMatchObject({
      verdict: 'hold',
      defer: {},
    })
  })

  test('only what would else be shown waits', () => {
    const limited = createRule({ limits: { perVisitor: 0 } })
    const other = createRule({ when: { 'cart.total': 3 } })
    for (const rule of [limited, other]) expect(ask([rule], busyWith('typing'))).not.toHaveProperty('defer')
    expect(ask([createRule()], { busy: true })).not.toHaveProperty('defer')
  })

  test('the reason is that of the highest rule, and it waits for the highest that only waits', () => {
    const rules = [
      createRule({ id: 'other page', when: { 'page.type': 'cart' } }),
      createRule({ id: 'first' }),
      createRule({ id: 'second' }),
    ]
    expect(ask(rules, busyWith('typing'))).toMatchObject({
      reason: 'condition',
      rule: 'other page',
      defer: { rule: 'first' },
    })
  })

  test('a rule that need not wait goes before one that must', () => {
    const rules = [createRule({ id: 'waits' }), createRule({ id: 'lower', ...modal, whenBusy: 'downgrade' })]
    expect(ask(rules, busyWith('typing'))).toMatchObject({ verdict: 'show', rule: 'lower' })
  })

  test('a held-out visitor waits as well', () => {
    const rules = [createRule({ holdout: 100, ...modal, whenBusy: 'downgrade' })]
    expect(ask([createRule({ holdout: 100 })], busyWith('typing')).verdict).toBe('hold')
    expect(ask(rules, busyWith('typing'))).toMatchObject({ verdict: 'ghost', nudge: { surface: 'toast' } })
  })
})

describe('slots', () => {
  const standing = (over: Partial<Standing> = {}): Partial<DecideInput> => ({
    busy: { standing: [{ rule: 'stands', slot: 'default', priority: 0, modal: false, ...over }] },
  })

  test.each<[string, object, Partial<Standing>, string]>([
    ['rules without one share a slot', {}, {}, 'busy'],
    ['which has a name', { slot: 'default' }, {}, 'busy'],
    ['a nudge of lower priority stays', { priority: 9 }, { priority: 1 }, 'busy'],
    ['one of higher priority is a reason of its own', { priority: 1 }, { priority: 9 }, 'outranked'],
    [
      'the same of a slot with a name',
      { slot: 'help', priority: 1 },
      { slot: 'help', priority: 9 },
      'outranked',
    ],
    ['nothing stands beside a modal', { slot: 'help' }, { modal: true }, 'busy'],
    ['nor a modal beside anything', { slot: 'help', ...modal }, {}, 'busy'],
    ['another slot is free', { slot: 'help' }, {}, 'shown'],
    ['whatever the priority', { slot: 'help' }, { priority: 9 }, 'shown'],
  ])('%s', (_name, rule, stands, reason) => {
    expect(ask([createRule(rule)], standing(stands)).reason).toBe(reason)
  })

  test('a nudge that stands in the way is waited for, unless the rule drops', () => {
    const rule = { id: 'next', slot: 'help', validForMs: 900 }
    const stands = standing({ slot: 'help' })
    expect(ask([createRule(rule)], stands)).toMatchObject({
      reason: 'busy',
      defer: { rule: 'next', slot: 'help', alone: false, validForMs: 900 },
    })
    expect(ask([createRule({ ...rule, ...modal })], stands)).toMatchObject({ defer: { alone: true } })
    expect(ask([createRule({ ...rule, whenBusy: 'drop' })], stands)).not.toHaveProperty('defer')
  })

  test('one of higher priority is not waited for: what it shows counts more', () => {
    expect(ask([createRule()], standing({ priority: 1 }))).not.toHaveProperty('defer')
  })

  test('the trace names what stands in the way', () => {
    const { trace } = ask([createRule({ priority: 2 })], standing({ priority: 5 }))
    expect(trace).toEqual([
      { rule: 'r1', clause: 'slot', observed: 5, wanted: 2, passed: false, distance: 3 },
      { rule: 'r1', clause: 'busy', observed: 'stands', wanted: false, passed: false },
      { rule: 'r1', clause: 'calm', observed: 'calm', wanted: 'calm', passed: true },
    ])
  })

  test('what a decision stands with', () => {
    expect(ask([createRule({ slot: 'help', priority: 3 })])).toMatchObject({ slot: 'help', priority: 3 })
    expect(ask([createRule()])).toMatchObject({ slot: 'default', priority: 0 })
  })
})
