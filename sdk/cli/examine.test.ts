import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../src/decide'
import { createRule, createRuleset, nudge, NOW, richRule, richRuleset } from '../src/decide/rules.fixture'
import { examine } from './examine'

const options = { now: NOW, moments: [], attributes: ['visitor', 'tags', 'a'] }
const of = (value: unknown, more: object = {}) =>
  examine(JSON.stringify(value, null, 2), { ...options, ...more })
/** `line:column severity code path; suggestion` */
const told = (text: string) =>
  examine(text, options).problems.map(
    ({ line, column, severity, code, path, suggestion }) =>
      `${line}:${column} ${severity} ${code} ${path}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  )
const warned = (rules: unknown[], envelope: object = {}, more: object = {}) =>
  of(createRuleset(rules, envelope), more).problems.map(({ code, path, suggestion }) =>
    [code, path, ...(suggestion === undefined ? [] : [suggestion])].join(' '),
  )

test('a rich ruleset has nothing to be said about', () => {
  expect(of({ ...richRuleset, observe: 'rules', moments: { hesitation: { dwellMs: 2000 } } })).toMatchObject({
    problems: [],
    refused: false,
    leftOut: [],
  })
})

test('everything that is wrong is told, each in its place, with what was probably meant', () => {
  const text = `{
  "version": "1", "perSession": 3,
  "moments": { "hesitation": { "dwelMs": 3 }, "hesitatoin": {} },
  "rules": [
    { "id": "a", "on": "hesitation", "whenn": {}, "perVisitor": 1,
      "cancelOn": ["typng"], "holdout": 101,
      "when": { "a": { "$gtt": 1, "$in": 2 }, "$or": [{ "b": { "$exist": true } }, { "c": { "$exists": 1 } }] },
      "variants": [{ "id": "a", "nudge": { "surface": "tost", "copy": { "en": {} } } }] },
    5
  ]
}`
  expect(told(text)).toEqual([
    '2:14 error wrong-value version',
    '2:19 error unknown-key perSession',
    '3:32 error unknown-key moments.hesitation.dwelMs → dwellMs',
    '3:47 error unknown-key moments.hesitatoin → hesitation',
    '5:38 error unknown-key rules[0].whenn → when',
    '5:51 error unknown-key rules[0].perVisitor',
    '6:20 error wrong-value rules[0].cancelOn[0] → typing',
    '6:41 error wrong-value rules[0].holdout',
    '7:24 error unknown-operator rules[0].when.a.$gtt → $gt',
    '7:42 error wrong-value rules[0].when.a.$in',
    '7:64 error unknown-operator rules[0].when.$or[0].b.$exist → $exists',
    '7:104 error wrong-value rules[0].when.$or[1].c.$exists',
    '8:55 error wrong-value rules[0].variants[0].nudge.surface → toast',
    '8:79 error wrong-value rules[0].variants[0].nudge.copy.en',
    '9:5 error wrong-value rules[1]',
  ])
})

test('of a list that must not be empty that is said', () => {
  const { problems } = of(createRuleset([createRule({ variants: [] })]))
  expect(problems.map(({ message }) => message)).toEqual([
    'wanted a list that is not empty, found an empty list',
  ])
})

test('what is wanted and what is found stand in the message, and where a key would be right', () => {
  const messages =
    of(createRuleset([createRule({ limits: { perVisitor: 'two' }, perDay: 1 }), createRule({ on: undefined, id: 'x' })])) // prettier-ignore
      .problems.map(({ message }) => message)
  expect(messages).toEqual([
    'wanted a whole number ≥ 0, found "two"',
    'no key is called "perDay" here: it belongs into rules[].limits',
    'wanted 1 to 200 characters, found nothing',
  ])
})

describe('text that is no JSON', () => {
  test.each([
    ['', '1:1', 'wanted JSON, found the end'],
    ['{\n  "version": 1,\n}', '3:1', 'wanted JSON, with no comma after the last, found "}"'],
    ['{\n  "version": 1\n  "rules": []\n}', '3:3', 'wanted a comma before this, found "\\"rules\\""'],
    ['{ "version" 1 }', '1:13', 'wanted a colon before this, found "1"'],
    ['{ // first\n}', '1:3', 'wanted JSON, which has no comments, found "/"'],
    ["{ 'version': 1 }", '1:3', 'wanted JSON, with texts in "double" quotes, found "\'"'],
    ['{ "version": 1, "rules": [', '1:27', 'wanted JSON, found the end'],
    [
      '{ "a": "b\nc" }',
      '1:10',
      'wanted JSON, with \\n or \\t for a line break or a tab in a text, found "\\n"',
    ],
    ['{}\n{}', '2:1', 'wanted nothing after the end, found "{"'],
    ['['.repeat(100_000), '1:1', 'wanted at most 32 levels, found more'],
    [`"${'x'.repeat(1_000_000)}"`, '1:1', 'wanted at most 1000000 bytes, found 1000002'],
  ])('%#', (text, place, message) => {
    const { problems, refused } = examine(text, options)
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([place])
    expect(problems[0]!.message).toBe(message)
    expect(refused).toBe(true)
  })
})

test('a key that stands twice is told where it stands again', () => {
  expect(told('{ "version": 1, "rules": [],\n  "version": 2 }')).toEqual(['2:3 warning repeated-key version'])
})

describe('warnings', () => {
  const text = (title: string) => ({ variants: [{ id: 'a', nudge: { ...nudge, copy: { en: { title } } } }] })

  test.each<[string, unknown[], object, string[]]>([
    ['shadowed', [createRule(), createRule({ id: 'r2' })], {}, ['shadowed rules[1].id']],
    [
      'shadowed by a priority further down',
      [createRule(), createRule({ id: 'r2', priority: 1 })],
      {},
      ['shadowed rules[0].id'],
    ],
    [
      'contradictory',
      [createRule({ when: { 'cart.total': { $gt: 5, $lt: 3 } } })],
      {},
      ['contradictory rules[0].when.cart.total.$lt'],
    ],
    ['expired', [createRule({ expiresAt: '2026-11-01T00:00:00Z' })], {}, ['expired rules[0].expiresAt']],
    [
      'expires before it starts',
      [createRule({ startsAt: '2027-02-01T00:00:00Z', expiresAt: '2027-01-01T00:00:00Z' })],
      {},
      ['expired rules[0].expiresAt'],
    ],
    [
      'starts after the ruleset',
      [createRule({ startsAt: '2027-02-01T00:00:00Z' })],
      { expiresAt: '2027-01-01T00:00:00Z' },
      ['expired rules[0].startsAt'],
    ],
    ['an expired ruleset', [], { expiresAt: '2026-11-01T00:00:00Z' }, ['expired expiresAt']],
    ['an unknown moment', [createRule({ on: 'hesitatoin' })], {}, ['unknown-moment rules[0].on hesitation']],
    ['a moment of the shop', [createRule({ on: 'sizing-doubt' })], {}, ['unknown-moment rules[0].on']],
    ['not observed', [createRule()], { observe: ['rage-click'] }, ['unobserved rules[0].on']],
    [
      'a complement that is no product',
      [],
      { products: { mug: { name: 'Mug', href: '/mug' } }, complements: { tea: ['mug', 'mugg'] } },
      ['unknown-product complements.tea[1] mug'],
    ],
    [
      'nothing to recommend',
      [createRule({ variants: [{ id: 'a', nudge: { ...nudge, recommend: { of: 'cart' } } }] })],
      { products: { mug: { name: 'Mug', href: '/mug' } } },
      ['nothing-to-recommend rules[0].variants[0].nudge.recommend'],
    ],
    [
      'something to recommend',
      [createRule({ variants: [{ id: 'a', nudge: { ...nudge, recommend: { of: 'cart' } } }] })],
      { products: { mug: { name: 'Mug', href: '/mug' } }, complements: { tea: ['mug'] } },
      [],
    ],
    [
      'an unknown moment in observe',
      [],
      { observe: ['rage-clik'] },
      ['unknown-moment observe[0] rage-click'],
    ],
    [
      'unknown attributes',
      [createRule({ when: { 'crat.total': 1, $or: [{ 'cart.totl': { $gt: 1 } }, { 'moment.dwelMs': 1 }] } })],
      {},
      [
        'unknown-attribute rules[0].when.crat.total cart.total',
        'unknown-attribute rules[0].when.$or[0].cart.totl cart.total',
        'unknown-attribute rules[0].when.$or[1].moment.dwelMs moment.dwellMs',
      ],
    ],
    [
      'unknown page types and devices',
      [createRule({ when: { 'page.type': { $in: ['cart', 'chekout'] }, 'device.class': 'phone' } })],
      {},
      ['unknown-value rules[0].when.page.type.$in[1] checkout', 'unknown-value rules[0].when.device.class'],
    ],
    [
      'an unknown group of values',
      [createRule({ when: { locale: { $notInGroup: 'benelx' } } })],
      { groups: { benelux: ['nl'] } },
      ['unknown-group rules[0].when.locale.$notInGroup benelux'],
    ],
    [
      'an unknown group of limits',
      [createRule({ limits: { group: 'discuont' } })],
      { limits: { groups: { discount: { perDay: 1 } } } },
      ['unknown-group rules[0].limits.group discount'],
    ],
    ['a holdout of everybody', [createRule({ holdout: 100 })], {}, ['nobody rules[0].holdout']],
    ['a global one', [createRule()], { holdout: { percent: 100, seed: 's' } }, ['nobody holdout.percent']],
    ['a limit of 0', [createRule({ limits: { perDay: 0 } })], {}, ['nobody rules[0].limits.perDay']],
    [
      'limits of 0 for all, and for a group',
      [],
      {
        limits: {
          perSession: 0,
          groups: { g: { windows: [{ most: 0, ms: 5 }] } },
          costs: { '5': { lifetime: 0 } },
        },
      },
      [
        'nobody limits.perSession',
        'nobody limits.groups.g.windows[0].most',
        'nobody limits.costs.5.lifetime',
      ],
    ],
    [
      'a weight of 0',
      [
        createRule({
          variants: [
            { id: 'a', nudge },
            { id: 'b', nudge, weight: 0 },
          ],
        }),
      ],
      {},
      ['nobody rules[0].variants[1].weight'],
    ],
    [
      'a gap in a text',
      [createRule(text('{{cart.itms.0.name|your basket}}'))],
      {},
      ['unknown-attribute rules[0].variants[0].nudge.copy.en.title cart.items.0.name'],
    ],
    [
      'a filter with a slip in a text',
      [createRule(text('{{cart.total|curency}}, {{visitor.visits|date}}'))],
      {},
      ['unknown-filter rules[0].variants[0].nudge.copy.en.title currency'],
    ],
    [
      'evidence in a text',
      [createRule(text('{{moment.dwellMs}}'))],
      {},
      ['unknown-attribute rules[0].variants[0].nudge.copy.en.title'],
    ],
  ])('%s', (_what, rules, envelope, expected) => expect(warned(rules, envelope)).toEqual(expected))

  test('nothing is said of a rule that is parked', () => {
    expect(warned([createRule({ enabled: false, on: 'x', holdout: 100 }), createRule({ id: 'b' })])).toEqual(
      [],
    )
  })

  test('what the page gives itself is known', () => {
    const rule = createRule({ on: 'sizing-doubt', when: { 'shop.open': true, 'session.sizing-doubt': 1 } })
    expect(warned([rule], {}, { moments: ['sizing-doubt'], attributes: ['shop'] })).toEqual([])
  })
})

// ── the verdict ─────────────────────────────────────────────────────────────────────────────────────

const odd = fc.constantFrom<unknown>(
  null, true, 0, -1, 1.5, 101, '', 'x', 'y'.repeat(201), 'javascript:x', '2026-11-21', 'granted', [], [null], {}, { a: 1 },
  { $gtt: 1 }, { $in: 1 }, { $regex: '(a+)+' }, { a: { $nope: 1 } }, { $or: [{ $x: [] }] }, { $gt: 1, plain: 2 },
  JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"a.b[0]":1}'),
) // prettier-ignore
const step = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('put', 'put', 'take', 'add'),
  value: odd,
  key: fc.constantFrom('extra', 'when', 'id', '$or', 'constructor', 'cart.total'),
})

const places = (value: unknown): { holder: Record<string, unknown>; key: string }[] =>
  value instanceof Object
    ? Object.keys(value).flatMap((key) => [
        { holder: value as Record<string, unknown>, key },
        ...places((value as Record<string, unknown>)[key]),
      ])
    : []

const original = createRuleset(
  [createRule(), richRule, createRule({ id: 'r3', when: { 'cart.total': { $gt: 3 } } })],
  {
    groups: { vip: ['a'] },
  },
)
const mutated = fc.array(step, { minLength: 1, maxLength: 3 }).map((steps) => {
  const copy = structuredClone(original)
  for (const { at, how, value, key } of steps) {
    const all = places(copy)
    const { holder, key: here } = all[at % all.length]!
    if (how === 'put') holder[here] = structuredClone(value)
    else if (how === 'take') delete holder[here]
    else if (!Array.isArray(holder)) holder[key] = structuredClone(value)
  }
  return JSON.stringify(copy)
})

test('a rule is left out where a browser leaves it out, and each has an error in its place', () => {
  const counts = { refused: 0, leftOut: 0 }
  fc.assert(
    fc.property(mutated, (text) => {
      const { problems, refused, leftOut } = examine(text, options)
      const errors = problems.filter(({ severity, code }) => severity === 'error' && code !== 'too-deep')
      let compiled
      try {
        compiled = compile(JSON.parse(text))
      } catch {
        counts.refused++
        expect(refused).toBe(true)
        expect(errors.some(({ keys }) => keys[0] !== 'rules' || keys.length === 1)).toBe(true)
        return
      }
      counts.leftOut += compiled.rejected.length
      expect(refused).toBe(false)
      expect(leftOut).toEqual(compiled.rejected.map(({ rule }) => rule))
      const places = new Set(compiled.rejected.map(({ path }) => /^rules\[\d+\]/.exec(path)![0]))
      expect(new Set(errors.flatMap(({ path }) => /^rules\[\d+\]/.exec(path) ?? []))).toEqual(places)
    }),
    { numRuns: 1000 },
  )
  expect(Math.min(counts.refused, counts.leftOut)).toBeGreaterThan(25)
})
