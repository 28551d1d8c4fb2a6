import { describe, expect, test } from 'vitest'
import { compile } from './compile'
import { decide } from './decide'
import { watchFlags } from './flags'
import { ask, createRule, createRuleset, NOW } from './rules.fixture'

const isOn = createRule({ when: { 'flags.new-checkout': true } })

describe('flags that a function answers', () => {
  const askedOf = (when: object, held: Readonly<Record<string, unknown>>) => {
    const asked: string[] = []
    const flags = (key: string) => {
      asked.push(key)
      return held[key]
    }
    return { asked, decision: ask([createRule({ when })], { attributes: { flags } }) }
  }

  test('only those that a rule of the moment names are asked for', () => {
    const asked: string[] = []
    const flags = (key: string) => void asked.push(key)
    const other = createRule({ id: 'r2', on: 'exit-intent', when: { 'flags.other': true } })
    const decision = ask([isOn, other], { attributes: { flags } })
    expect(asked).toEqual(['new-checkout'])
    expect(decision).toMatchObject({ verdict: 'hold', reason: 'missing-attribute' })
  })

  test('and each once, however many rules name it', () => {
    let count = 0
    const flags = () => ++count > 0
    const rules = ['r1', 'r2', 'r3'].map((id) => createRule({ id, when: { 'flags.a': false } }))
    expect(ask(rules, { attributes: { flags } })).toMatchObject({ reason: 'condition' })
    expect(count).toBe(1)
  })

  test('the longest key that is known counts, what is left leads into its value', () => {
    const { asked, decision } = askedOf(
      { 'flags.theme.dark.accent': 'red' },
      { theme: { dark: { accent: 'red' } } },
    )
    expect(asked).toEqual(['theme.dark.accent', 'theme.dark', 'theme'])
    expect(decision.verdict).toBe('show')
  })

  test('inherited properties of a value are never read', () => {
    const { decision } = askedOf({ 'flags.theme.constructor': { $exists: true } }, { theme: {} })
    expect(decision).toMatchObject({ verdict: 'hold', reason: 'condition' })
  })

  test('the trace holds what they were when it was decided', () => {
    const held = { theme: { colour: 'red' }, 'new-checkout': true as unknown }
    const when = { 'flags.theme': { colour: 'red' }, 'flags.new-checkout': true }
    const decision = ask([createRule({ when })], {
      attributes: { flags: (key: string) => (held as Record<string, unknown>)[key] },
    })
    held.theme.colour = 'blue'
    held['new-checkout'] = undefined
    expect(decision.trace.filter(({ clause }) => clause.startsWith('flags'))).toMatchObject([
      { clause: 'flags.theme $eq', observed: { colour: 'red' }, passed: true },
      { clause: 'flags.new-checkout $eq', observed: true, passed: true },
    ])
  })

  test.each([
    [
      'throws',
      () => {
        throw Error('down')
      },
    ],
    ['promises', () => Promise.resolve(true)],
    ['answers with a function', () => () => true],
  ])('a provider that %s has no flag to decide by', (_name, flags: (key: string) => unknown) => {
    expect(ask([isOn], { attributes: { flags } })).toMatchObject({ reason: 'missing-attribute' })
  })

  test('one that throws is told once', () => {
    const lines: string[] = []
    const told = {}
    const broken = () => {
      throw Error('down')
    }
    const { ruleset } = compile(createRuleset([isOn]))
    for (let i = 0; i < 3; i++) {
      const attributes = { flags: watchFlags(broken, told, (line) => lines.push(line)) }
      decide(ruleset, { moment: { name: 'hesitation', evidence: {} }, attributes, now: NOW })
    }
    expect(lines).toEqual(['flags: wanted the value of "new-checkout", found Error: down'])
  })
})

test('an object of flags is read as ever', () => {
  expect(ask([isOn], { attributes: { flags: { 'new-checkout': true } } }).verdict).toBe('show')
})
