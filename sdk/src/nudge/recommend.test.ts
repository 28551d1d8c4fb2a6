import { describe, expect, test } from 'vitest'
import type { NudgeSpec } from '../../schema/ruleset'
import { compose, type Composing } from './copy'
import { createFormats } from './formats'
import { createRecommend, type Catalogue } from './recommend'

const product = (name: string, more: object = {}) => ({ name, href: `/p/${name}`, ...more })
const catalogue: Catalogue = {
  products: {
    kettle: product('Kettle'),
    filters: product('Filters', { price: 6.5, currency: 'EUR' }),
    towel: { name: { en: 'Towel', de: 'Tuch' }, href: '/p/towel', price: 1200 },
    mug: product('Mug'),
    'tray.large': product('Tray'),
    jar: product('Jar'),
  },
  complements: {
    kettle: ['filters', 'mug', 'gone'],
    'brewing.hot': ['mug', 'towel', 'jar'],
    'tray.large': ['jar'],
    mug: ['kettle', 'tray.large'],
  },
}
const item = (id: string, category?: unknown) => ({ id, category })
const inCart = (...items: unknown[]) => ({ cart: { items, currency: 'USD' } })

interface Case {
  readonly of?: 'cart' | 'lastPurchase'
  readonly most?: number
  readonly lang?: string
  readonly more?: Partial<Composing>
}
/** The nudge's list, or what is missing. */
const offers = (attributes: object, { of = 'cart', most, lang = 'en', more = {} }: Case = {}) => {
  const recommend = { of, ...(most && { most }) } as NonNullable<NudgeSpec['recommend']>
  const spec = { copy: { en: { title: 'x' }, de: { title: 'x' } }, recommend }
  const composing = { recommend: createRecommend(), catalogue, formatOf: createFormats(), languages: [lang] }
  const composed = compose(spec, attributes as Record<string, unknown>, { ...composing, ...more })
  return 'copy' in composed ? composed.copy.products : composed
}
const ids = (...given: Parameters<typeof offers>) => {
  const products = offers(...given)
  return products && 'missing' in products ? products : products?.map(({ id }) => id)
}
const nothing = { missing: 'recommend' }

describe('what is recommended', () => {
  test.each<[string, object, Case, unknown]>([
    ['goes with what is in the cart, in the order of the ruleset', inCart(item('kettle')), {}, ['filters', 'mug']],
    ['what goes with a product stands before what goes with its category, and nothing twice', inCart(item('kettle', 'brewing.hot')), {}, ['filters', 'mug', 'towel']],
    ['an item may be of several categories', inCart(item('x', ['none', 'brewing.hot'])), {}, ['mug', 'towel', 'jar']],
    ['no more than are asked for', inCart(item('x', 'brewing.hot')), { most: 1 }, ['mug']],
    ['never what is in the cart', inCart(item('kettle'), item('mug')), {}, ['filters', 'tray.large']],
    ['never what was just bought', { ...inCart(item('kettle')), visitor: { lastPurchase: { items: ['filters'], categories: [] } } }, {}, ['mug']],
    ['goes with what was bought last: its ids and categories', { visitor: { lastPurchase: { items: ['tray_large'], categories: ['brewing_hot'] } } }, { of: 'lastPurchase' }, ['jar', 'mug', 'towel']],
    ['a purchase is no cart', { visitor: { lastPurchase: { items: ['kettle'], categories: [] } } }, {}, nothing],
    ['a cart is no purchase', inCart(item('kettle')), { of: 'lastPurchase' }, nothing],
    ['nothing goes with nothing', inCart(), {}, nothing],
    ['what the page has never told of', {}, {}, nothing],
    ['a ruleset without products', inCart(item('kettle')), { more: { catalogue: { complements: { kettle: ['mug'] } } } }, nothing],
    ['a part that is not there', inCart(item('kettle')), { more: { recommend: undefined } }, nothing],
    ['odd carts', { cart: { items: [null, 3, 'x', { id: 5 }, { id: '__proto__', category: {} }, { id: 'constructor' }] } }, {}, nothing],
    ['a cart that is none', { cart: { items: 'kettle' } }, {}, nothing],
  ])('%s', (_what, attributes, how, wanted) => expect(ids(attributes, how)).toEqual(wanted)) // prettier-ignore

  test('another ruleset is another catalogue', () => {
    const recommend = createRecommend()
    expect(ids(inCart(item('kettle')), { more: { recommend } })).toEqual(['filters', 'mug'])
    const next = { products: { jar: product('Jar') }, complements: { kettle: ['jar'] } }
    expect(ids(inCart(item('kettle')), { more: { recommend, catalogue: next } })).toEqual(['jar'])
  })

  test('whoever previews it sees the first products, where the shopper would see none', () => {
    expect(ids({}, { most: 2, more: { anything: true } })).toEqual(['kettle', 'filters'])
    expect(ids(inCart(item('kettle')), { more: { anything: true } })).toEqual(['filters', 'mug'])
  })
})

describe('how it reads', () => {
  test('in the language of the nudge, the price in its own currency, else in that of the cart', () => {
    const read = (lang: string) => offers(inCart(item('kettle', 'brewing.hot')), { lang })
    expect(read('en')).toMatchObject([
      { name: 'Filters', price: '€6.50', href: '/p/Filters' },
      { name: 'Mug', price: undefined },
      { name: 'Towel', price: '$1,200.00' },
    ])
    expect(read('de')).toMatchObject([
      { price: '6,50\u00A0€' },
      {},
      { name: 'Tuch', price: '1.200,00\u00A0$' },
    ])
  })
  test('a price in a currency that nobody has told is left out', () => {
    const [mug, towel] = offers({ cart: { items: [item('x', 'brewing.hot')] } }) as object[]
    expect([mug, towel]).toMatchObject([{ name: 'Mug' }, { name: 'Towel', price: undefined }])
  })
  test('its picture comes with what it shows', () => {
    const image = { src: '/jar.svg', width: 64, height: 48, alt: { en: 'A jar', de: 'Ein Krug' } }
    const more = {
      catalogue: { products: { jar: product('Jar', { image }) }, complements: { mug: ['jar'] } },
    }
    expect(offers(inCart(item('mug')), { more, lang: 'de' })).toMatchObject([{ image, alt: 'Ein Krug' }])
  })
})
