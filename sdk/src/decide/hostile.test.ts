/**
 * Rulesets that want to do harm: the load is refused, or the rule rejected, or they do nothing; nothing but one error with
 * a clear line ever comes out. What each of them costs is in the bench.
 */
import * as fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { compose } from '../nudge'
import { install } from '../parts/decide'
import type { Kit, Rooms } from '../parts/kit'
import { boundedPattern, patternBudget } from './bounded-pattern'
import { compile, type Compiled } from './compile'
import { scopeOf } from './condition'
import { decide } from './decide'
import { createRule, createRuleset, NOW, richRuleset } from './rules.fixture'
import { parse } from './ruleset-cache'
import { toldMost, unheeded } from './unheeded'

type Loaded = { refused: string } | Compiled

/** As the page does it with what the network has brought: one clear line, or a ruleset that can be asked. */
function load(text: string): Loaded {
  try {
    return asked(compile(parse(text)))
  } catch (error) {
    const line = (error as Error).message
    expect(line).toMatch(/wanted [^\n]+, found [^\n]*$/)
    expect(line.length).toBeLessThan(800)
    return { refused: line }
  }
}

/** Each moment it names is decided, and each decision explained, whoever comes. */
function asked(compiled: Compiled): Compiled {
  for (const name of compiled.ruleset.plans.keys())
    for (const attributes of [{}, shopper, Object.create(null) as object]) {
      const moment = { name, evidence: {} }
      const found = decide(compiled.ruleset, { moment, attributes: { ...attributes }, visitor: { id: 'u1', shown: [] }, now: NOW })
      expect(found.trace.length).toBeGreaterThanOrEqual(0)
    } // prettier-ignore
  for (const { rule, path, reason } of compiled.rejected) {
    expect([typeof rule, typeof path]).toEqual(['string', 'string'])
    expect(reason).toMatch(/wanted [^]+, found /)
  }
  return compiled
}

const shopper = {
  cart: { total: 120, items: [{ name: 'Kettle', price: 40 }] },
  page: { type: 'checkout' },
  visitor: { segment: 'u1' },
  tags: ['a', 'b'],
  locale: 'de',
  a: 'a'.repeat(5000),
}

const valid = JSON.stringify(richRuleset)

test('the valid one that all others are made of is taken', () => {
  expect(load(valid)).toMatchObject({ rejected: [] })
})

describe('not a ruleset', () => {
  test('every truncation of a valid one is refused', () => {
    for (let length = 0; length < valid.length; length++)
      expect(load(valid.slice(0, length))).toMatchObject({ refused: expect.stringContaining('wanted JSON') as string })
  }) // prettier-ignore

  test('random bytes are refused', () => {
    const decoder = new TextDecoder()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(load(decoder.decode(bytes))).toHaveProperty('refused')
      }),
      { numRuns: 3000 },
    )
  })

  test('a valid one with any byte changed is refused, loses a rule, or is another valid one', () => {
    const bytes = new TextEncoder().encode(valid)
    const decoder = new TextDecoder()
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = load(decoder.decode(bytes.map((it, index) => (index === at ? byte : it))))
        if ('ruleset' in changed) expect(changed.ruleset.source.rules).toHaveLength(richRuleset.rules.length)
        else expect(changed.refused).not.toBe('')
      }),
      { numRuns: 3000 },
    )
  })

  test.each([33, 1000, 100_000])('%i levels are refused before anything is parsed', (levels) => {
    const parsing = vi.spyOn(JSON, 'parse')
    for (const [open, close] of [['[', ']'], ['{"when":', '}'], ['{"a":[', ']}']] as const) {
      const nested = open.repeat(levels) + '1' + close.repeat(levels)
      expect(load(nested)).toEqual({ refused: 'wanted at most 32 levels, found more' })
      expect(load(`{"version":1,"rules":[{"id":"r","on":"m","when":${nested}}]}`)).toHaveProperty('refused')
    }
    expect(parsing).not.toHaveBeenCalled()
    parsing.mockRestore()
  }) // prettier-ignore

  test('inline, where the page parses by itself: 100,000 levels reject the rule', () => {
    const levels = 100_000
    const when = '{"$not":'.repeat(levels) + '{}' + '}'.repeat(levels)
    const { rejected } = compile(
      JSON.parse(valid.replace(/"rules":.*/, `"rules":[{"id":"r","on":"m","variants":[],"when":${when}}]}`)),
    )
    expect(rejected).toHaveLength(1)
  })

  test('a ruleset with more rules than anybody reads is refused as a whole', () => {
    expect(load(JSON.stringify(createRuleset(Array.from({ length: 10_001 }, () => 0))))).toEqual({
      refused: 'rules: wanted at most 10000 rules, found an object or a list',
    })
    const many = load(JSON.stringify(createRuleset(Array.from({ length: 10_000 }, () => 0)))) as Compiled
    expect(many.rejected).toHaveLength(10_000)
  })
})

// ── keys that are none ──────────────────────────────────────────────────────────────────────────────

describe('prototype keys', () => {
  const keys = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']
  const poison = { polluted: true, toString: 'x', isAdmin: true }

  /** The text of every object of the valid ruleset begun with the key; each becomes an own one by `JSON.parse`. */
  const poisoned = (key: string) =>
    [...valid.matchAll(/\{/g)].map(
      ({ index }) =>
        `${valid.slice(0, index)}{${JSON.stringify(key)}:${JSON.stringify(poison)}${valid[index + 1] === '}' ? '' : ','}${valid.slice(index + 1)}`,
    )

  test.each(keys)('%s in any place is refused, or rejects its rule, or is an own key like another', (key) => {
    const own = Object.getOwnPropertyNames(Object.prototype)
    expect(poisoned(key).map(load)).not.toHaveLength(0)
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(own)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('__proto__ is refused wherever it would become a prototype', () => {
    const all = poisoned('__proto__').map(load)
    const taken = all.filter((one) => 'ruleset' in one && !one.rejected.length)
    // Within conditions it is a path that no shopper has.
    for (const one of taken) expect(JSON.stringify((one as Compiled).ruleset.source)).toContain('"when"')
    expect(taken.length).toBeLessThan(all.length / 2)
  })

  test.each(keys)('a moment, a group, a limit and a flag called %s are nothing but names', (key) => {
    const when = { [`visitor.${key}`]: { $exists: false }, a: { $notInGroup: key } }
    const text = JSON.stringify(
      createRuleset([createRule({ on: key, when, limits: { group: key, perVisitor: 1 } })], {
        limits: { groups: { other: { perDay: 0 } } },
      }),
    )
    const { ruleset, rejected } = load(text) as Compiled
    expect(rejected).toEqual([])
    const input = { moment: { name: key, evidence: {} }, attributes: { a: 'x', visitor: {} }, now: NOW }
    expect(decide(ruleset, input).reason).toBe('shown')
    for (const other of keys.filter((it) => it !== key))
      expect(decide(ruleset, { ...input, moment: { name: other, evidence: {} } }).reason).toBe('no-rule')
  })
})

// ── rings ───────────────────────────────────────────────────────────────────────────────────────────

describe('rings', () => {
  test('groups that name each other are lists of texts: nobody follows them', () => {
    const groups = { a: ['b', 'a'], b: ['a', 'b'] }
    const rules = [createRule({ when: { locale: { $inGroup: 'a' } } })]
    const { ruleset } = load(JSON.stringify(createRuleset(rules, { groups }))) as Compiled
    const input = { moment: { name: 'hesitation', evidence: {} }, attributes: { locale: 'x' }, now: NOW }
    expect(decide(ruleset, input).reason).toBe('condition')
  })

  test('an object of the page that holds itself is refused, or its rule is', () => {
    const ring: Record<string, unknown> = { a: 1 }
    Object.assign(ring, { $and: [ring], $not: ring, b: ring, c: { $elemMatch: ring }, d: { $in: [ring] } })
    for (const over of [{ when: ring }, { variants: ring }, { limits: ring }, { id: ring }, ring])
      expect(compile(createRuleset([createRule(over)])).rejected).toHaveLength(1)
    for (const over of [{ groups: { a: ring } }, { moments: { a: ring } }, { pages: ring }, { limits: ring }])
      expect(() => compile(createRuleset([], over))).toThrow('wanted')
  })
})

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────

describe('patterns that run away', () => {
  const atom = fc.constantFrom(
    'a',
    '.',
    '\\w',
    '\\d',
    '[ab]',
    '[^b]',
    '\\S',
    '(a)',
    '(?:a)',
    'aa',
    '(a|b)',
    '\\x61',
    '\\u0061',
    '\\p',
  )
  const loop = fc.constantFrom('*', '+', '*?', '+?', '{2,}', '{1,}?')
  const end = fc.constantFrom('b', '$', '!', '\\b!', '(?=!)')
  const start = fc.constantFrom('', '^')

  test.each<[string, fc.Arbitrary<string>]>([
    ['a loop over a loop', fc.tuple(start, atom, loop, loop, end).map(([from, it, inner, outer, to]) => `${from}(${it}${inner})${outer}${to}`)],
    ['a loop over a loop, not captured', fc.tuple(start, atom, loop, loop, end).map(([from, it, inner, outer, to]) => `${from}(?:${it}${inner})${outer}${to}`)],
    ['a loop over a loop, named', fc.tuple(atom, loop, loop, end).map(([it, inner, outer, to]) => `(?<n>${it}${inner})${outer}${to}`)],
    ['a loop over choices that overlap', fc.tuple(start, atom, atom, loop, end).map(([from, one, other, outer, to]) => `${from}(${one}|${other})${outer}${to}`)],
    ['a counted loop over a loop', fc.tuple(atom, loop, fc.integer({ min: 2, max: 99 }), end).map(([it, inner, n, to]) => `(${it}${inner}){${n}}${to}`)],
    ['loops in depth', fc.tuple(atom, fc.array(loop, { minLength: 2, maxLength: 6 }), end).map(([it, loops, to]) => loops.reduce<string>((text, one) => `(${text}${one})`, it) + loops[0] + to)],
    ['four loops in a row: n⁴ and more', fc.tuple(start, fc.array(fc.tuple(atom, loop), { minLength: 4, maxLength: 12 }), end).map(([from, parts, to]) => from + parts.flat().join('') + to)],
    ['three loops that may begin anywhere: n⁴', fc.tuple(fc.array(fc.tuple(atom, loop), { minLength: 3, maxLength: 3 }), end).map(([parts, to]) => parts.flat().join('') + to)],
    ['many that may be there or not', fc.tuple(fc.integer({ min: 13, max: 40 }), end).map(([n, to]) => 'a?'.repeat(n) + 'a'.repeat(n) + to)],
    ['choices in a row', fc.tuple(fc.integer({ min: 13, max: 40 }), end).map(([n, to]) => '(a|a)'.repeat(n) + to)],
    ['a reference back', fc.tuple(atom, loop, loop, end).map(([it, one, other, to]) => `(${it}${one})\\1${other}${to}`)],
    ['a look around', fc.tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), atom, loop, end).map(([look, it, one, to]) => `(${look}${it}${one})${to}`)],
    ['longer than any question', fc.tuple(fc.constantFrom('[', '(', '\\', 'a', '[a\\', '{1,', '|', '(?:'), fc.integer({ min: 1001, max: 20_000 })).map(([piece, n]) => piece.repeat(n))],
  ])('%s: its rule is rejected', (_what, family) => {
    fc.assert(
      fc.property(family, (source) => {
        expect(boundedPattern(source, '', patternBudget())).toBeUndefined()
        const { rejected } = load(JSON.stringify(createRuleset([createRule({ when: { a: { $regex: source } } })]))) as Compiled
        expect(rejected[0]!.reason).toContain('a pattern with bounded steps')
      }),
      { numRuns: 200 },
    )
  }) // prettier-ignore
})

test('patterns that are slow together: the ruleset has a measure, and the rules beyond it are left out', () => {
  const rules = Array.from({ length: 100 }, (_, index) =>
    createRule({ id: `r${index}`, when: { a: { $regex: `^.*.*.*${index}!` } } }),
  )
  const { rejected, ruleset } = load(JSON.stringify(createRuleset(rules))) as Compiled
  expect(ruleset.plans.get('hesitation')!.rules).toHaveLength(16)
  expect(rejected).toHaveLength(84)
  expect(rejected[0]).toMatchObject({
    rule: 'r16',
    path: 'rules[16].when.a.$regex',
    reason: expect.stringContaining('a pattern with bounded steps') as string,
  })
  const usual = rules.map((rule) => ({ ...rule, when: { a: { $regex: '(Mobile|Tablet).*Safari' } } }))
  expect(load(JSON.stringify(createRuleset(usual)))).toMatchObject({ rejected: [] })
})

// ── floods ──────────────────────────────────────────────────────────────────────────────────────────

describe('floods', () => {
  const decideRoom = () => {
    let room: Rooms['decide'] | undefined
    install({ give: (_name: string, brought: unknown) => (room = brought as Rooms['decide']) } as unknown as Kit)
    return room!
  } // prettier-ignore

  test('of bad rules the console names the first, and how many more there are', () => {
    const raw = createRuleset([createRule(), ...Array.from({ length: 5000 }, () => ({}))])
    const { ruleset, rejected } = decideRoom().compile(raw)
    expect(ruleset.plans.size).toBe(1)
    expect(rejected).toHaveLength(toldMost + 1)
    expect(rejected.at(-1)!.rule).toBe(`and ${5000 - toldMost} others`)
  })

  test('of strange names too, and no line is long', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `moment ${index}`)
    const moments = Array.from({ length: 10_000 }, (_, index) => `known ${index}`)
    const lines = unheeded([], {}, { moments, observed: names })
    expect(lines).toHaveLength(toldMost)
    for (const line of lines) expect(line.length).toBeLessThan(800)
  })

  test('a group that a thousand rules name is one set', () => {
    const { members } = scopeOf({ g: ['a'] })
    expect(members('g')).toBe(members('g'))
  })

  test('a rule with a hundred thousand clauses is one rule like another', () => {
    const when = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`a${index}`, 1]))
    const { ruleset, rejected } = compile(createRuleset([createRule({ when }), createRule({ id: 'r2' })]))
    expect(rejected).toEqual([])
    const input = { moment: { name: 'hesitation', evidence: {} }, attributes: {}, now: NOW }
    expect(decide(ruleset, input)).toMatchObject({ reason: 'shown', rule: 'r2' })
  })

  test('templates that are never closed are text', () => {
    const title = '{{a|'.repeat(100_000)
    expect(compose({ copy: { en: { title } } }, {}, { languages: ['en'] })).toMatchObject({
      copy: { title: `${title.slice(0, 999)}…` },
    })
  })

  test('what is asked for each rule, or for each step, is not much', () => {
    const many = Array.from({ length: 21 }, (_, index) => index)
    const windows = many.map((ms) => ({ most: 1, ms }))
    const costs = Object.fromEntries(many.map((cost) => [cost, { perDay: 1 }]))
    const steps = many.map((id) => ({ id: `s${id}`, variants: createRule()['variants'] }))
    for (const limits of [{ windows }, { costs }, { groups: { g: { windows } } }])
      expect(() => compile(createRuleset([], { limits }))).toThrow('at most 20')
    const rules = [
      createRule({ limits: { windows } }),
      createRule({ variants: undefined, ladder: { steps } }),
    ]
    const { rejected } = compile(createRuleset(rules))
    expect(rejected.map(({ path }) => path)).toEqual(['rules[0].limits.windows', 'rules[1].ladder.steps'])
  })
})
