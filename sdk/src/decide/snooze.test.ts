import { describe, expect, test } from 'vitest'
import { ask, createRule, nudge, NOW } from './rules.fixture'

const label = { en: 'Not now' }
const later = { ...nudge, actions: [{ label, do: 'snooze', forMs: 60_000 }] }
const shown = (rule: string, snoozedUntil?: number) => ({ rule, at: NOW - 1000, session: 's', snoozedUntil })
const rules = [createRule({ variants: [{ id: 'a', nudge: later }] })]

describe('a shopper who has said later', () => {
  test('is left alone by that rule until then, and the trace says for how long still', () => {
    const decision = ask(rules, {
      visitor: { id: 'u1', shown: [shown('r1', NOW + 5000), shown('r1')] } as never,
    })
    expect(decision).toMatchObject({ verdict: 'hold', reason: 'cooldown' })
    expect(decision.trace).toContainEqual(
      expect.objectContaining({ clause: 'snoozed', observed: 5000, wanted: 0, passed: false }),
    )
  })
  test('then no longer, and never because of another rule', () => {
    for (const it of [shown('r1', NOW), shown('r2', NOW + 5000), shown('r1')])
      expect(ask(rules, { visitor: { id: 'u1', shown: [it] } as never })).toMatchObject({ verdict: 'show' })
  })
  test('a rule without such a button has nothing to ask', () => {
    expect(ask([createRule()]).trace.map(({ clause }) => clause)).not.toContain('snoozed')
  })
  test('so it is with the steps of a ladder', () => {
    const steps = [{ id: 's1', variants: [{ id: 'a', nudge: later }] }]
    const ladder = [createRule({ variants: undefined, ladder: { steps } })]
    const decision = ask(ladder, { visitor: { id: 'u1', shown: [shown('r1', NOW + 1)] } as never })
    expect(decision).toMatchObject({ reason: 'cooldown' })
  })
})
