import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import * as schema from '../../schema'
import { checkRule, checkRuleset } from './check'
import { compile } from './compile'
import type { Check, Fault } from './demand'
import { createRule, createRuleset, ladderRule, nudge, richRule, richRuleset } from './rules.fixture'

/** `ok`, or the path of the first fault. */
const byHand = (check: Check, value: unknown): string => {
  try {
    check(value, [])
    return 'ok'
  } catch (error) {
    return JSON.stringify((error as Fault).keys)
  }
}

const bySchema = (type: z.ZodType, value: unknown): string => {
  const result = type.safeParse(value)
  return result.success ? 'ok' : JSON.stringify(result.error.issues[0]!.path)
}

// ── mutations ───────────────────────────────────────────────────────────────────────────────────────

const odd = fc.constantFrom<unknown>(
  null, undefined, true, false, 0, -1, 1, 1.5, 101, 2 ** 53, NaN, Infinity, '', ' ', 'x', 'two', 'y'.repeat(201),
  'javascript:alert(1)', ' https://x.example', '/ok', 'mailto:a@b.c', 'java\tscript:x', '//x.example', 'link', 'dismiss',
  'mon', ['mon'], '09:00-18:00', ['25:00-26:00'], ['22:00-02:00'], ['checkout', 0, 1], ['checkout', 1, 0], ['x', 0], [0, 0, 1], 'Europe/Paris', 'Nowhere', 'visitor',
  'slide-in', 'inline', 'tip', 'cart', 'lastPurchase', 'EUR', 4, Array.from({ length: 21 }, String), '#fff', '#fffff', 'red', 'rgb(1 2 3)', 'url(x)', 'Inter, serif', 'a;b', 'auto', 'none', 'before', { slot: 'a' }, { slot: 'a', selector: 'b' }, { selector: 'b', position: 'append' }, 'data:image/png,x', 12,
  '2026-11-21', '2026-13-01T00:00:00Z', '2026-11-21T00:00:00Z', '1969-01-01T00:00:00Z', 'checkout*', '*', 'granted', 'denied',
  'rules', '{{a|curency|b}}', '{{a|plural:one=#}}', '{{a|date:tiny}}', 'all', [], [1], ['a'], [''], ['typing'], [null], {}, { a: 1 }, { en: {} }, { en: { title: 'x' } }, { $gt: 1 },
  { $gtt: 1 }, { $gt: {} }, { $in: 1 }, { $in: [1] }, { $regex: '(a+)+' }, { $regex: '[' }, { $gt: 1, plain: 2 }, { $not: { $x: 1 } },
  { $all: [{ $y: 1 }] }, { $elemMatch: 5 }, { $elemMatch: { a: { $z: 1 } } }, { $exists: 1 }, { $or: [{ $nope: [] }] },
  JSON.parse('{"__proto__":{"a":1}}'),
) // prettier-ignore
const newKey = fc.constantFrom('extra', 'Version', 'titel', '$schema', '$or', '$and', '$not', '$nope', 'href', 'when', 'weight', 'toString', 'constructor', 'group', 'percent', 'ladder', 'variants', 'cost', 'place', 'anchor', 'image', 'theme', 'slot', 'dark', 'alt', 'insideDialog', 'recommend', 'of', 'most', 'products', 'complements', 'price', 'days', '5', 'lifetime') // prettier-ignore

type Step = {
  at: number
  how: 'delete' | 'change' | 'add' | 'swap'
  value: unknown
  key: string
  other: number
}
const step: fc.Arbitrary<Step> = fc.record({
  at: fc.nat(999),
  how: fc.constantFrom('delete', 'change', 'add', 'swap'),
  value: odd,
  key: newKey,
  other: fc.nat(999),
})

/** Every place of the value, outermost first. */
const places = (value: unknown): { holder: Record<string, unknown>; key: string }[] =>
  value instanceof Object
    ? Object.keys(value).flatMap((key) => [
        { holder: value as Record<string, unknown>, key },
        ...places((value as Record<string, unknown>)[key]),
      ])
    : []

function mutate(original: unknown, steps: readonly Step[]): unknown {
  const copy = structuredClone(original)
  for (const { at, how, value, key, other } of steps) {
    const all = places(copy)
    const here = all[at % Math.max(1, all.length)]
    if (!here) return value
    const { holder } = here
    const there = all[other % all.length]!
    if (how === 'delete' && Array.isArray(holder)) holder.splice(+here.key, 1)
    else if (how === 'delete') delete holder[here.key]
    if (how === 'change') holder[here.key] = structuredClone(value)
    if (how === 'add' && !Array.isArray(holder)) holder[key] = structuredClone(value)
    if (how === 'add' && Array.isArray(holder)) holder.push(structuredClone(value))
    if (how === 'swap') holder[here.key] = structuredClone(there.holder[there.key])
  }
  return copy
}

const steps = fc.array(step, { minLength: 1, maxLength: 4 })

describe('the hand-made checker and the schema', () => {
  const rules = [
    richRule,
    ladderRule,
    createRule(),
    createRule({ when: { $and: [{ $not: { a: { $in: [1, null] } } }] } }),
  ]
  const rulesets = [
    richRuleset,
    createRuleset([]),
    createRuleset([createRule()], { observe: 'rules', holdout: { percent: 0, seed: 's' } }),
  ]

  test('both take the originals', () => {
    for (const rule of rules)
      expect([byHand(checkRule, rule), bySchema(schema.rule, rule)]).toEqual(['ok', 'ok'])
    for (const ruleset of rulesets) {
      expect([byHand(checkRuleset, ruleset), bySchema(schema.ruleset, ruleset)]).toEqual(['ok', 'ok'])
    }
  })

  test('agree on mutated rules: the verdict and the first place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rules), steps, (rule, mutations) => {
        const mutant = mutate(rule, mutations)
        expect(byHand(checkRule, mutant)).toBe(bySchema(schema.rule, mutant))
      }),
      { numRuns: 1500 },
    )
  })

  test('agree that a list is too long before they look into it', () => {
    const long = Array.from({ length: 21 }, () => null)
    for (const more of [{ ladder: { steps: long }, variants: undefined }, { limits: { windows: long } }]) {
      const rule = JSON.parse(JSON.stringify(createRule(more))) as object
      const place = more.ladder ? '["ladder","steps"]' : '["limits","windows"]'
      expect([byHand(checkRule, rule), bySchema(schema.rule, rule)]).toEqual([place, place])
    }
    const ruleset = createRuleset([], { complements: { kettle: long } })
    const place = '["complements","kettle"]'
    expect([byHand(checkRuleset, ruleset), bySchema(schema.ruleset, ruleset)]).toEqual([place, place])
  })

  test('agree on mutated envelopes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rulesets), steps, (ruleset, mutations) => {
        const mutant = mutate(ruleset, mutations)
        expect(byHand(checkRuleset, mutant)).toBe(bySchema(schema.ruleset, mutant))
      }),
      { numRuns: 1500 },
    )
  })

  test('agree on anything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(byHand(checkRule, value)).toBe(bySchema(schema.rule, value))
        expect(byHand(checkRuleset, value)).toBe(bySchema(schema.ruleset, value))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('links', () => {
  const verdict = (href: string) =>
    byHand(
      checkRule,
      createRule({
        variants: [{ id: 'a', nudge: { ...nudge, actions: [{ label: { en: 'x' }, do: 'link', href }] } }],
      }),
    )

  test.each(['/checkout', 'https://a.example', 'HTTP://a.example', 'mailto:a@b.example', 'tel:+491', '?a=b:c', '#x:y', './a:b', 'cart', '', '//a.example/x', '../x', '/a:b'])(
    'takes %j',
    (href) => expect(verdict(href)).toBe('ok'),
  ) // prettier-ignore

  test.each(['javascript:alert(1)', 'JavaScript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:x', 'data:text/html,x', 'vbscript:x', 'blob:x', 'file:///x', 'intent:x', 'httpsx:y', 'a:b'])(
    'refuses %j',
    (href) => expect(verdict(href)).toContain('href'),
  ) // prettier-ignore
})

describe('reasons', () => {
  const reasonOf = (rule: unknown) => compile(createRuleset([rule])).rejected[0]

  test.each([
    [createRule({ limits: { perVisitor: 'two' } }), 'rules[0].limits.perVisitor: wanted a whole number ≥ 0, found "two"'],
    [createRule({ on: undefined }), 'rules[0].on: wanted 1 to 200 characters, found undefined'],
    [createRule({ when: { 'cart.total': { $gtt: 3 } } }), 'rules[0].when.cart.total.$gtt: wanted an operator of the condition language, found "$gtt"'],
    [createRule({ when: { a: { $in: 3 } } }), 'rules[0].when.a.$in: wanted a list, found 3'],
    [createRule({ startsAt: 'tomorrow' }), 'rules[0].startsAt: wanted a date and time with Z or an offset, found "tomorrow"'],
    [createRule({ variants: [] }), 'rules[0].variants: wanted different ids, and a weight above 0, found an object or a list'],
    [createRule({ whenn: {} }), expect.stringMatching(/^rules\[0\]: wanted only id, on, .*, found "whenn"$/) as string],
  ])('%#', (rule, reason) => expect(reasonOf(rule)!.reason).toEqual(reason)) // prettier-ignore
})

describe('products', () => {
  const product = { name: 'Mug', href: '/mug' }
  const fault = (envelope: object) => {
    try {
      compile(createRuleset([], envelope))
    } catch (error) {
      return (error as Error).message
    }
    return 'ok'
  }
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, product]))

  test.each([
    [{ products: many(2000) }, 'ok'],
    [{ products: many(2001) }, 'products: wanted at most 2000, by ids of 1 to 200 characters, found an object or a list'],
    [{ products: { ['x'.repeat(201)]: product } }, 'products: wanted at most 2000, by ids of 1 to 200 characters, found an object or a list'],
    [{ products: { mug: { ...product, href: 'javascript:alert(1)' } } }, 'products.mug.href: wanted a link: http(s):, mailto:, tel: or relative, found "javascript:alert(1)"'],
    [{ products: { mug: { ...product, name: '' } } }, 'products.mug.name: wanted text, found ""'],
    [{ products: { mug: { ...product, name: {} } } }, 'products.mug.name: wanted at least one language, found an object or a list'],
    [{ products: { mug: { ...product, image: { src: 'data:image/svg+xml,x', width: 1, height: 1 } } } }, 'products.mug.image.src: wanted an address: http(s): or relative, found "data:image/svg+xml,x"'],
    [{ products: { mug: { ...product, price: '9' } } }, 'products.mug.price: wanted a number ≥ 0, found "9"'],
    [{ products: { mug: { ...product, currency: 'euro' } } }, 'products.mug.currency: wanted three letters, found "euro"'],
    [{ complements: { mug: many(21) } }, 'complements.mug: wanted a list, found an object or a list'],
    [{ complements: { mug: Object.keys(many(21)) } }, 'complements.mug: wanted at most 20, found an object or a list'],
  ])('%#: %s', (envelope, reason) => expect(fault(envelope)).toBe(reason)) // prettier-ignore

  test.each(['bar', 'tip', 'event', 'reorder'])('%s has no room for them', (surface) => {
    const rule = createRule({
      variants: [{ id: 'a', nudge: { ...nudge, surface, recommend: { of: 'cart' } } }],
    })
    expect(compile(createRuleset([rule])).rejected[0]!.reason).toBe(
      `rules[0].variants[0].nudge.recommend: wanted only in toast, modal, slide-in, inline, found "one in a ${surface}"`,
    )
  })
})

describe('conditions nested too deep', () => {
  const nested = (levels: number): object =>
    Array.from({ length: levels }).reduce<object>((inner) => ({ $not: inner }), { a: 1 })

  test('are rejected, never a blown stack', () => {
    expect(byHand(checkRule, createRule({ when: nested(30) }))).toBe('ok')
    expect(byHand(checkRule, createRule({ when: nested(40) }))).toBe('["when"]')
    expect(byHand(checkRule, createRule({ when: nested(50_000) }))).toBe('["when"]')
    expect(byHand(checkRule, createRule({ when: { a: nested(50_000) } }))).toBe('["when"]')
  })
})

describe('JSON Schema', () => {
  test('is generated from the same definition', () => {
    const json = z.toJSONSchema(schema.rulesetFile) as {
      properties: Record<string, { description?: string }>
    }
    expect(Object.keys(json.properties)).toEqual(
      expect.arrayContaining(['$schema', 'version', 'rules', 'limits']),
    )
    expect(JSON.stringify(json)).toContain('condition language')
  })
})
