import { afterEach, describe, expect, test, vi } from 'vitest'
import { compose } from './copy'
import { createFormats } from './formats'

const attributes = {
  cart: {
    total: 129.5,
    currency: 'EUR',
    count: 3,
    items: [{ name: 'Teapot' }, { name: 'Mug' }, { name: 'Tray' }],
  },
  page: { ships: '2026-11-26', until: '2026-11-26T18:00:00', rating: 0.925 },
  account: {},
  visitor: { name: 'Ada' },
}

/** What a shopper reads, or what is missing. Narrow spaces of currencies differ between engines: one is as good as another. */
const read = (title: string, lang = 'en', more: object = {}) => {
  const spec = { copy: { [lang]: { title } } }
  const composed = compose(spec, { ...attributes, ...more }, { formatOf: createFormats(), languages: [lang] })
  return 'copy' in composed ? composed.copy.title?.replace(/[\u00A0\u202F]/g, ' ') : composed
}

describe('what goes into a gap', () => {
  test.each([
    ['{{cart.total|currency}} in your basket', 'en', '€129.50 in your basket'],
    ['{{cart.total|currency}}', 'de', '129,50 €'],
    ['{{cart.total|currency}}', 'de-AT', '€ 129,50'],
    ['{{cart.total|currency:USD}}', 'en', '$129.50'],
    ['{{cart.total | currency}}', 'en', '€129.50'],
    ['{{cart.total|number}}', 'fr', '129,5'],
    ['{{page.rating|percent}}', 'en', '92.5%'],
    ['Ships {{page.ships|date}}', 'en-GB', 'Ships 26 November 2026'],
    ['Ships {{page.ships|date:short}}', 'en-US', 'Ships 11/26/26'],
    ['{{page.ships|date}}', 'nl', '26 november 2026'],
    ['{{page.until|time}}', 'de', '18:00'],
    ['{{cart.items|list:name}}', 'en', 'Teapot, Mug, and Tray'],
    ['{{cart.count|plural:one=# item;other=# items}}', 'en', '3 items'],
    ['{{cart.count|plural:one=# przedmiot;few=# przedmioty;many=# przedmiotów;other=# przedmiotu}}', 'pl', '3 przedmioty'],
    ['{{visitor.name|there}}', 'en', 'Ada'],
    ['{{cart.total}}', 'de', '129.5'],
  ])('%s in %s: %s', (text, lang, shown) => expect(read(text, lang)).toBe(shown)) // prettier-ignore

  test('what a formatter writes stays as it is: the marks of Hebrew, the spaces that do not break', () => {
    const of = (lang: string) => {
      const copy = { [lang]: { title: '{{cart.total|currency}}' } }
      const composed = compose({ copy }, attributes, { formatOf: createFormats(), languages: [lang] })
      return 'copy' in composed ? composed.copy.title : ''
    }
    expect(of('he')).toMatch(/^\u2068\u200F129\.50\u00A0\u200F€\u2069$/)
    expect(of('de')).toBe('129,50\u00A0€')
  })

  test('one, exactly none, and thousands', () => {
    const text = '{{cart.count|plural:0=nothing;one=# item;other=# items}}'
    const of = (count: unknown) => read(text, 'en', { cart: { count } })
    expect([of(0), of(1), of(1234)]).toEqual(['nothing', '1 item', '1,234 items'])
  })
})

describe('where the value is missing', () => {
  test.each([
    ['Hello {{account.name|there}}', 'Hello there'],
    ['{{account.value|currency|your order}}', 'your order'],
    ['{{account.value|currency|}}', ''],
    ['{{account.value||number}}', 'number'],
    ['{{account.value||either | or}}', 'either | or'],
    ['{{account.value|Note: none}}', 'Note: none'],
    ['{{account.value}}', { missing: 'account.value' }],
    ['{{account.value|currency}}', { missing: 'account.value' }],
  ])('%s: %j', (text, shown) => expect(read(text)).toEqual(shown)) // prettier-ignore

  test.each([
    ['text as an amount', '{{x|currency}}', '129'],
    ['NaN', '{{x}}', NaN],
    ['an amount without end', '{{x|number}}', Infinity],
    ['an object', '{{x}}', {}],
    ['a list as text', '{{x}}', ['a']],
    ['a text as a list', '{{x|list}}', 'a'],
    ['a list of nothing that has a name', '{{x|list:name}}', [1, null, {}]],
    ['no date', '{{x|date}}', 'soon'],
    ['a day has no time', '{{x|time}}', '2026-11-26'],
    ['an instant that no calendar has', '{{x|date}}', 1e300],
    ['a count in words', '{{x|plural:other=#}}', 'three'],
    ['a blank', '{{x}}', ' \n'],
  ])('a value of another kind is none: %s', (_what, text, x) =>
    expect(read(text, 'en', { x })).toEqual({ missing: 'x' }),
  )

  test('an amount whose currency nobody has told is no amount', () => {
    for (const currency of [undefined, 'euro', 5, ''])
      expect(read('{{cart.total|currency}}', 'en', { cart: { total: 3, currency } })).toEqual({
        missing: 'cart.total',
      })
  })
})

describe('hostile values', () => {
  const hello = (name: unknown, lang = 'en') => read('Hello {{visitor.name}}!', lang, { visitor: { name } })

  test('are cut at a hundred characters, and no character in half', () => {
    expect(hello('a'.repeat(100_000))).toBe(`Hello ${'a'.repeat(99)}…!`)
    expect(hello(`${'a'.repeat(98)}😀tail`)).toBe(`Hello ${'a'.repeat(98)}…!`)
  })
  test('a text has a thousand, however many values it has', () => {
    const shown = read('{{visitor.name}}'.repeat(60), 'en', { visitor: { name: 'b'.repeat(90) } })
    expect(shown).toHaveLength(1000)
  })
  test('what cannot be seen, or turns text round, is left out', () => {
    expect(hello('A\u202Ed\u2066a\u2069\u200B\u200F\uFEFF')).toBe('Hello Ada!')
    expect(hello('A\u0000d\na')).toBe('Hello A d a!')
    expect(hello('\u200B'.repeat(100_000))).toEqual({ missing: 'visitor.name' })
    expect(hello('\u200D'.repeat(500))).toEqual({ missing: 'visitor.name' })
    expect(hello(`e${'\u0301'.repeat(50)}`)).toBe(`Hello e${'\u0301'.repeat(4)}!`)
  })
  test('so it is with each of a list', () => {
    const items = ['A\u202Eb', '\u200B', 'c'.repeat(500)]
    expect(read('{{items|list}}', 'en', { items })).toBe(`Ab and ${'c'.repeat(92)}…`)
  })
  test('emoji and Persian keep their joiners', () => {
    expect(hello('👩\u200D🌾')).toBe('Hello 👩\u200D🌾!')
    expect(hello('می\u200Cخواهم')).toContain('می\u200Cخواهم')
  })
  test('markup is text, and a dollar is a dollar', () => {
    expect(hello('<b>$& $1</b>')).toBe('Hello <b>$& $1</b>!')
    expect(hello('{{cart.total}}')).toBe('Hello {{cart.total}}!')
  })
  test('a value that is read the other way round stands isolated', () => {
    expect(hello('דנה')).toBe('Hello \u2068דנה\u2069!')
    expect(hello('Dana', 'he')).toBe('Hello \u2068Dana\u2069!')
    expect(hello('Dana')).toBe('Hello Dana!')
  })
  test('inherited properties are no values', () => {
    expect(read('{{visitor.constructor.name}}')).toEqual({ missing: 'visitor.constructor.name' })
  })
})

describe('languages', () => {
  const spec = {
    copy: { en: { title: 'Hello', close: 'Close it' }, de: { title: 'Hallo' }, 'pt-BR': { title: 'Olá' } },
    actions: [{ label: { en: 'Yes', he: 'כן' }, do: 'dismiss' as const }],
  }
  const composed = (...languages: string[]) => compose(spec, {}, { languages })

  test('the page’s, then the browser’s, then the first', () => {
    expect(composed('de-AT', 'en')).toMatchObject({ copy: { lang: 'de', title: 'Hallo' } })
    expect(composed('', 'ja', 'pt-br')).toMatchObject({ copy: { lang: 'pt-BR', title: 'Olá' } })
    expect(composed('ja')).toMatchObject({ copy: { lang: 'en', title: 'Hello', close: 'Close it' } })
  })

  test.each([
    ['ar', 'rtl'], ['he-IL', 'rtl'], ['fa', 'rtl'], ['ur-PK', 'rtl'], ['ckb', 'rtl'], ['ku-Arab', 'rtl'], ['az-Arab-IR', 'rtl'],
    ['en', 'ltr'], ['he-Latn', 'ltr'], ['uz-Cyrl', 'ltr'], ['arn', 'ltr'], ['ug-Cyrl', 'ltr'], ['', 'ltr'],
  ])('%s is written %s', (lang, dir) => {
    expect(compose({ copy: { [lang]: { title: 'x' } } }, {}, { languages: [lang] })).toMatchObject({ copy: { dir } })
  }) // prettier-ignore

  test('a tag that is none is served by the browser’s own', () => {
    expect(read('{{cart.count|plural:other=#}} {{cart.total|number}}', 'en_US')).toBe('3 129.5')
  })
})

describe('formatters', () => {
  afterEach(() => void vi.unstubAllGlobals())
  /** Counts what is made from now on. */
  const made = () => {
    const count = { made: 0 }
    const names = ['NumberFormat', 'DateTimeFormat', 'PluralRules', 'ListFormat'] as const
    const counted = names.map((name) => [
      name,
      new Proxy(Intl[name], {
        construct(target, given) {
          count.made++
          return Reflect.construct(target, given) as object
        },
      }),
    ])
    vi.stubGlobal('Intl', Object.fromEntries(counted))
    return () => count.made
  }
  const spec = {
    copy: {
      en: {
        title: '{{cart.total|currency}} for {{cart.count|plural:one=one;other=#}}',
        body: '{{page.ships|date}} {{cart.items|list:name}}',
      },
    },
    actions: [{ label: { en: 'Until {{page.until|time}}' }, do: 'dismiss' as const }],
  }

  test('are made once each, by the first text that wants them, even when its values are missing', () => {
    const constructed = made()
    const using = { formatOf: createFormats(), languages: ['en'] }
    expect(compose(spec, { cart: { currency: 'EUR' } }, using)).toHaveProperty('missing')
    const ahead = constructed()
    expect(ahead).toBeGreaterThan(4)
    expect(compose(spec, attributes, using)).toHaveProperty('copy')
    expect(constructed()).toBe(ahead)
  })

  test('without their part what a filter is asked for is missing', () => {
    const using = { languages: ['en'] }
    expect(compose(spec, attributes, using)).toEqual({ missing: 'cart.total' })
    const copy = { en: { title: '{{cart.total|currency|it}}' } }
    expect(compose({ copy }, attributes, using)).toMatchObject({ copy: { title: 'it' } })
  })
})
