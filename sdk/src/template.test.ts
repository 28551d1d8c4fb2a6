import { describe, expect, test } from 'vitest'
import * as schema from '../schema'
import { compile } from './decide'
import { createRule, createRuleset } from './decide/rules.fixture'
import { MAX_TEXT, parseTemplate, templateFault } from './template'

const gaps = (text: string) => parseTemplate(text).filter((part) => typeof part !== 'string')

describe('a text with gaps', () => {
  test('falls into its parts', () => {
    expect(parseTemplate('Your {{ cart.total | currency:EUR | order }} waits')).toEqual([
      'Your ',
      { path: 'cart.total', filter: 'currency', argument: 'EUR', fallback: ' order ' },
      ' waits',
    ])
  })

  test('what looks like no gap is text', () => {
    for (const text of ['{{a b}}', '{{}}', '{a}', '{{a|{b}}}', '{{a|'])
      expect(parseTemplate(text)).toEqual([text])
  })

  test.each([
    ['there', undefined, 'there'],
    ['currency', 'currency', undefined],
    ['curency', undefined, 'curency'],
    ['currency|none', 'currency', 'none'],
    ['|currency', undefined, 'currency'],
    ['Note: none', undefined, 'Note: none'],
    ['plurl:one=#', 'plurl', undefined],
  ])('{{a|%s}}: filter %s, fallback %s', (rest, filter, fallback) =>
    expect(gaps(`{{a|${rest}}}`).map((gap) => [gap.filter, gap.fallback])).toEqual([[filter, fallback]]),
  )
})

describe('is refused with its rule when it is loaded', () => {
  const rejected = (title: string, label = 'Go') => {
    const nudge = {
      surface: 'toast',
      copy: { en: { title } },
      actions: [{ label: { en: label }, do: 'dismiss' }],
    }
    const rule = createRule({ variants: [{ id: 'a', nudge }] })
    expect(schema.rule.safeParse(rule).success).toBe(
      templateFault(title) === undefined && templateFault(label) === undefined,
    )
    return compile(createRuleset([rule])).rejected.map(({ reason }) =>
      reason.replace('rules[0].variants[0].nudge.', ''),
    )
  }

  test.each([
    ['{{cart.total|curency|none}}', 'copy.en.title: wanted a filter: currency, date, list, number, percent, plural, time, found "curency"'],
    ['{{a|plurl:one=#}}', 'copy.en.title: wanted a filter: currency, date, list, number, percent, plural, time, found "plurl:one=#"'],
    ['{{a|constructor:x}}', 'copy.en.title: wanted a filter: currency, date, list, number, percent, plural, time, found "constructor:x"'],
    ['{{a|plural:one=#}}', 'copy.en.title: wanted plural:one=# item;other=# items (other is needed), found "plural:one=#"'],
    ['{{a|plural}}', 'copy.en.title: wanted plural:one=# item;other=# items (other is needed), found "plural"'],
    ['{{a|plural:two=#;othr=#;other=#}}', 'copy.en.title: wanted plural:one=# item;other=# items (other is needed), found "plural:two=#;othr=#;other=#"'],
    ['{{a|currency:euro}}', 'copy.en.title: wanted currency, or currency:EUR, found "currency:euro"'],
    ['{{a|date:tiny}}', 'copy.en.title: wanted date, date:full, date:long, date:medium or date:short, found "date:tiny"'],
    ['{{a|number:2}}', 'copy.en.title: wanted number alone, found "number:2"'],
    ['{{a|list:a b}}', 'copy.en.title: wanted list, or list:name (a key of its items), found "list:a b"'],
  ])('%s', (title, reason) => expect(rejected(title)).toEqual([reason])) // prettier-ignore

  test('in a button, too', () => {
    expect(rejected('Fine', '{{a|number:2}}')).toEqual([
      'actions[0].label.en: wanted number alone, found "number:2"',
    ])
  })

  test('beyond a thousand characters', () => {
    expect(rejected('x'.repeat(MAX_TEXT))).toEqual([])
    expect(rejected('x'.repeat(100_000))).toEqual([
      expect.stringMatching(/^copy\.en\.title: wanted at most 1000 characters, found "x{59}$/),
    ])
  })

  test.each(['{{a|plural:other=#}}', '{{a|plural: one = # item ; other = # items }}', '{{a|plural:0=none;other=#|some}}', '{{a||curency}}'])(
    'but not %s',
    (title) => expect(rejected(title)).toEqual([]),
  ) // prettier-ignore
})
