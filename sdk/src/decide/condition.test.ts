import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { median, took } from '../../test/growth'
import { evalCondition } from './condition'
import { ask, createRule } from './rules.fixture'

/** What a rule with this condition answers: shown, or the reason why not. */
const inRule = (when: object, attributes: object = {}, groups = {}) =>
  ask([createRule({ when })], { attributes: attributes as Record<string, unknown>, ruleset: { groups } })
    .reason

describe('every operator, in a rule', () => {
  const attributes = {
    n: 5, s: 'Hello', t: ['a', 'B'], v: '1.10.0', o: { a: { b: 1 } }, list: [{ price: 3 }, { price: 12 }], yes: true, empty: [], z: 0, nil: null,
  } // prettier-ignore
  test.each<[object, boolean]>([
    [{ n: 5 }, true], [{ n: 6 }, false], [{ s: 'Hello' }, true], [{ yes: true }, true], [{ yes: false }, false],
    [{ 'o.a.b': 1 }, true], [{ o: { a: { b: 1 } } }, true], [{ t: ['a', 'B'] }, true], [{ 't.0': 'a' }, true], [{ 't.length': 2 }, true],
    [{ n: { $eq: 5 } }, true], [{ n: { $eq: '5' } }, false], [{ n: { $ne: 5 } }, false],
    [{ n: { $lt: 6, $gt: 4 } }, true], [{ n: { $lte: 5, $gte: 5 } }, true], [{ n: { $lt: 5 } }, false], [{ n: { $gt: 5 } }, false],
    [{ n: { $in: [1, 5] } }, true], [{ t: { $in: ['a'] } }, true], [{ n: { $nin: [5] } }, false], [{ t: { $nin: ['x'] } }, true],
    [{ s: { $ini: ['hello'] } }, true], [{ t: { $ini: ['b'] } }, true], [{ s: { $nini: ['HELLO'] } }, false],
    [{ t: { $all: ['a', 'B'] } }, true], [{ t: { $all: ['b'] } }, false], [{ t: { $alli: ['A', 'b'] } }, true], [{ t: { $all: [] } }, true],
    [{ s: { $regex: '^Hel' } }, true], [{ s: { $regex: '^hel' } }, false], [{ s: { $regexi: '^hel' } }, true],
    [{ list: { $elemMatch: { price: { $gt: 10 } } } }, true], [{ list: { $elemMatch: { price: { $gt: 20 } } } }, false],
    [{ t: { $elemMatch: { $eq: 'B' } } }, true], [{ s: { $elemMatch: { $eq: 'H' } } }, false],
    [{ t: { $size: 2 } }, true], [{ t: { $size: { $gt: 2 } } }, false], [{ empty: { $size: 0 } }, true],
    [{ n: { $type: 'number' } }, true], [{ t: { $type: 'array' } }, true], [{ o: { $type: 'object' } }, true], [{ s: { $type: 'number' } }, false],
    [{ n: { $exists: true } }, true], [{ gone: { $exists: false } }, true], [{ nil: { $exists: true } }, false], [{ gone: null }, true], [{ n: null }, false],
    [{ v: { $veq: '1.10.0' } }, true], [{ v: { $vne: '1.10.0' } }, false], [{ v: { $vgt: '1.9.9' } }, true], [{ v: { $vgte: '1.10.1' } }, false], [{ v: { $vlt: '1.10.0' } }, false], [{ v: { $vlte: '1.10.0' } }, true],
    [{ s: { $inGroup: 'g' } }, true], [{ s: { $notInGroup: 'g' } }, false], [{ s: { $inGroup: 'nobody' } }, false], [{ s: { $notInGroup: 'nobody' } }, true],
    [{ n: { $not: { $gt: 9 } } }, true], [{ $not: { n: 5 } }, false], [{ $and: [{ n: 5 }, { s: 'Hello' }] }, true],
    [{ $or: [{ n: 1 }, { s: 'Hello' }] }, true], [{ $or: [{ n: 1 }, { n: 2 }] }, false], [{ $nor: [{ n: 1 }, { n: 2 }] }, true],
    [{ $or: [] }, true], [{ $and: [] }, true], [{}, true], [{ z: 0 }, true], [{ z: { $lt: 1 } }, true],
  ])('%j → %s', (when, holds) => {
    expect(inRule(when, attributes, { g: ['Hello'] })).toBe(holds ? 'shown' : 'condition')
  }) // prettier-ignore
})

describe('a missing attribute, in a rule', () => {
  test.each<[object, string]>([
    [{ gone: 5 }, 'missing-attribute'],
    [{ gone: { $lt: 5 } }, 'missing-attribute'],
    [{ gone: { $ne: 5 } }, 'missing-attribute'],
    [{ gone: { $nin: [1] } }, 'missing-attribute'],
    [{ gone: { $not: { $gt: 1 } } }, 'missing-attribute'],
    [{ gone: { $notInGroup: 'g' } }, 'missing-attribute'],
    [{ gone: { $vlt: '2.0.0' } }, 'missing-attribute'],
    [{ $not: { gone: 1 } }, 'missing-attribute'],
    [{ $nor: [{ gone: 1 }] }, 'missing-attribute'],
    [{ $or: [{ gone: 1 }, { n: 2 }] }, 'missing-attribute'],
    [{ gone: 1, n: 1 }, 'missing-attribute'],
    [{ nil: { $lt: 1 } }, 'missing-attribute'],
    [{ list: { $elemMatch: { gone: { $ne: 1 } } } }, 'missing-attribute'],
    // It did not decide the outcome.
    [{ gone: 1, n: 2 }, 'condition'],
    [{ n: 2, gone: 1 }, 'condition'],
    [{ $or: [{ gone: 1 }, { n: 1 }] }, 'shown'],
    [{ $nor: [{ gone: 1 }, { n: 1 }] }, 'condition'],
    [{ $not: { gone: 1, n: 2 } }, 'shown'],
    // Absence is what is asked about.
    [{ gone: { $exists: false } }, 'shown'],
    [{ gone: { $exists: true } }, 'condition'],
    [{ gone: null }, 'shown'],
    [{ gone: { $eq: null } }, 'shown'],
    [{ gone: { $ne: null } }, 'condition'],
    [{ gone: { $in: [null, 'x'] } }, 'shown'],
    [{ gone: { $type: 'null' } }, 'shown'],
    [{ gone: { $not: { $exists: true } } }, 'shown'],
    [{ gone: { $not: null } }, 'condition'],
    // Never missing.
    [{ 'page.type': 'other' }, 'shown'],
    [{ 'visitor.visits': { $lt: 2 } }, 'shown'],
    [{ 'visitor.affinity.shoes': { $gt: 0.5 } }, 'condition'],
    [{ 'session.rage-click': 0 }, 'shown'],
    // From the evidence.
    [{ 'moment.dwellMs': { $gt: 2000 } }, 'shown'],
    [{ 'moment.gone': 1 }, 'missing-attribute'],
  ])('%j → %s', (when, reason) => {
    expect(inRule(when, { n: 1, nil: null, list: [{ a: 1 }], moment: { gone: 1 } })).toBe(reason)
  })
})

describe('inherited properties', () => {
  test.each(['constructor.name', '__proto__', 'toString', 'list.push', '__proto__.toString', 'text.length', 'constructor'])(
    'are not read: %s',
    (path) => {
      expect(evalCondition({ list: [], text: 'x' }, { [path]: { $exists: true } })).toBe(false)
      // (In a rule `__proto__` itself is refused: see below.)
      const inner = path.replace(/^__proto__$/, '__proto__.__proto__')
      expect(inRule({ [inner]: { $exists: true } }, { list: [], text: 'x' })).toBe('condition')
    },
  ) // prettier-ignore

  test('own ones of any name are', () => {
    const attributes = JSON.parse('{"__proto__":{"a":1},"constructor":{"name":"x"}}') as object
    expect(evalCondition(attributes, { '__proto__.a': 1, 'constructor.name': 'x' })).toBe(true)
  })

  test('groups and operators neither', () => {
    expect(evalCondition({ a: 1 }, { a: { $inGroup: 'constructor' } }, {})).toBe(false)
    expect(evalCondition({ a: 1 }, { a: { toString: 1 } })).toBe(false)
    expect(() => inRule(JSON.parse('{"__proto__":{"$exists":false}}') as object)).toThrow('without __proto__')
  })
})

describe('patterns', () => {
  test.each(['(a+)+$', '(a*)*b', '(a|a)*b', '(.*a){12}', 'a*a*a*a*b', '.*.*.*=x', '(a|ab)(c|bcd)(d*)*', '(\\w+\\s?)*$', '(?=a+)+b', '(a)\\1+', '(?<!a+)b', 'a?'.repeat(30) + 'a'.repeat(30), '(a|a)'.repeat(30) + 'b', '^a?a?a?a*a*a*b', '(x+x+)+y', '[', '\\k<a>(?<a>b)'])(
    'that could run away are rejected: %s',
    (source) => {
      expect(() => inRule({ s: { $regex: source } })).toThrow('bounded')
      expect(evalCondition({ s: 'a'.repeat(30) }, { s: { $regex: source } })).toBe(false)
    },
  ) // prettier-ignore

  test.each([
    ['(Mobile|Tablet)', 'Android Mobile'], ['^[^@]+@[^@]+\\.[a-z]{2,}$', 'a@b.example'], ['iPhone.*Version/1[5-7]', 'iPhone OS Version/16'],
    ['-12-25$', '1980-12-25'], ['^https?://', 'https://x'], ['^/shop/.*/sale', '/shop/x/sale'], ['\\bsale\\b', 'big sale now'], ['^\\d{4}-\\d{2}$', '2026-11'], ['(de|en|fr|it|es)-(CH|AT)', 'de-AT'], ['a(?:b)?c', 'ac'], ['[()*+]+x', '(x'],
  ])('that cannot are taken: %s', (source, text) => {
    expect(inRule({ s: { $regex: source } }, { s: text })).toBe('shown')
  }) // prettier-ignore

  test('whatever is taken is quick on hostile texts', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '\\w',
      '[ab]',
      '*',
      '+',
      '?',
      '{2,}',
      '(a',
      ')',
      '|',
      '^',
      '$',
      '(?:',
      'a*',
      '.*',
      'a+?',
    )
    const testing = (source: string) => () =>
      evalCondition({ s: 'a'.repeat(5000) }, { s: { $regex: source } })
    // So much is allowed on purpose.
    const threeLoopsMs = median(3, () => took(testing('^a*a*a*b')))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(took(testing(pieces.join('')))).toBeLessThan(threeLoopsMs * 10)
      }),
      { numRuns: 500 },
    )
  })
})

test('never throws, whatever the attributes', () => {
  const hostile = { a: { toString: 1, valueOf: 1 }, b: Object.create(null) as unknown, c: Symbol('x') }
  for (const path of ['a', 'b', 'c']) {
    for (const wanted of ['x', 1, { $lt: 5 }, { $regex: 'x' }, { $alli: ['x'] }, { $veq: '1' }]) {
      expect(evalCondition(hostile, { [path]: wanted })).toBe(false)
      expect(inRule({ [path]: wanted }, hostile)).toMatch(/condition|missing-attribute/)
    }
  }
  const loop: Record<string, unknown> = {}
  loop['loop'] = loop
  expect(inRule({ 'loop.loop': { x: 1 } }, loop)).toBe('condition')
  expect(evalCondition({}, null as never)).toBe(false)
})
