import { describe, expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import type { Signal } from '../terms'
import { createDataLayer } from './data-layer'

const mug = { item_id: 'm1', item_name: 'Mug', item_category: 'mugs', price: 9, quantity: 2 }
const push = (event: string, more: object = { items: [mug], currency: 'EUR' }) => ({ event, ecommerce: more })
/** What gtag pushes. */
function gtag(..._given: unknown[]) {
  // eslint-disable-next-line prefer-rest-params -- gtag pushes its `arguments`, and that is what is to be read
  return arguments
}
const signal = (kind: Signal['kind']) => ({ kind }) as Signal

/** A page with a data layer, and what it was told by it. */
function onPage(
  entries: unknown,
  { browser = createFakeBrowser(), consent = false, type = 'other', told = [] as string[] } = {},
) {
  const platform = browser.page()
  const page = { layer: entries, type }
  const calls: unknown[][] = []
  const layer = createDataLayer({
    platform,
    layer: () => page.layer,
    mayKeep: () => consent,
    pageType: () => page.type,
    told: (call) => told.includes(call),
    page({ type: name, ...more }) {
      calls.push(['page', name, ...(Object.keys(more).length > 0 ? [more] : [])])
      page.type = name ?? page.type
    },
    cart: ({ items, total, currency }) =>
      calls.push(['cart', items.map(({ id, quantity }) => `${quantity} ${id}`).join(), total, currency]),
    track: (name, { value, currency }) => calls.push(['track', name, value, currency]),
    added: (pieces) => calls.push(['added', pieces]),
  })
  return { browser, page, calls, layer, platform }
}

describe('what is pushed becomes the calls of the shop', () => {
  test('a product, a cart, a checkout, an order', async () => {
    const { calls, layer, page } = onPage([
      { event: 'gtm.js' },
      push('view_item'),
      push('view_cart', { items: [mug], value: 18, currency: 'EUR' }),
    ])
    await layer.loaded
    expect(calls).toEqual([
      ['page', 'product', { category: ['mugs'], item: 'm1' }],
      ['cart', '2 m1', 18, 'EUR'],
    ])
    calls.length = 0
    ;(page.layer as unknown[]).push(
      push('purchase', { items: [mug], value: 21.5, currency: 'EUR', transaction_id: 't' }),
    )
    layer.look()
    expect(calls).toEqual([
      ['page', 'order-complete'],
      ['track', 'order_complete', 21.5, 'EUR'],
      ['cart', '', 0, 'EUR'],
    ])
  })

  test('pushed by gtag, with figures as text', async () => {
    const { calls, layer } = onPage([
      gtag('js', 1),
      gtag('event', 'begin_checkout', { items: [{ ...mug, price: '9.50', quantity: '3' }], currency: 'EUR' }),
    ])
    await layer.loaded
    expect(calls).toEqual([
      ['page', 'checkout'],
      ['cart', '3 m1', 28.5, 'EUR'],
    ])
  })

  test('each entry once; those that come later at the next signal, or a second after a deed', async () => {
    const { calls, layer, page, browser } = onPage([push('view_item')])
    await layer.loaded
    layer.hear(signal('press'))
    ;(page.layer as unknown[]).push(push('view_cart'))
    expect(calls).toHaveLength(1)
    await browser.clock.advance(1000)
    expect(calls).toHaveLength(2)
    layer.hear(signal('scroll'))
    expect(calls).toHaveLength(2)
  })

  test('a manager that drops old entries, or another array in its place, repeats nothing', async () => {
    const first = push('view_cart')
    const { calls, layer, page } = onPage([push('view_item'), first])
    await layer.loaded
    page.layer = [first, push('view_cart', { items: [], value: 0 })]
    layer.look()
    page.layer = [push('begin_checkout')]
    layer.look()
    expect(calls.slice(2)).toEqual([
      ['cart', '', 0, 'EUR'],
      ['cart', '2 m1', 18, 'EUR'],
    ])
  })
})

describe('what is in the cart', () => {
  test('is not known by what is added to it; that something was added is', async () => {
    const { calls, layer } = onPage([push('add_to_cart')])
    await layer.loaded
    expect(calls).toEqual([['added', 1]])
  })

  test('once it was told as a whole, more and less of it add up', async () => {
    const bowl = { item_id: 'b', price: 0.1 }
    const { calls, layer } = onPage([
      push('view_cart', { items: [{ item_id: 'a', price: 0.2 }], currency: 'EUR' }),
      push('add_to_cart', { items: [bowl] }),
      push('add_to_cart', { items: [bowl] }),
      push('remove_from_cart', { items: [{ ...bowl, quantity: 5 }] }),
    ])
    await layer.loaded
    expect(calls.slice(1)).toEqual([
      ['cart', '1 a', 0.2, 'EUR'],
      ['cart', '1 a,1 b', 0.3, 'EUR'],
      ['cart', '1 a,2 b', 0.4, 'EUR'],
      ['cart', '1 a', 0.2, 'EUR'],
    ])
  })

  test('goes on from page to page under consent, and begins with nothing', async () => {
    const first = onPage([push('add_to_cart')], { consent: true })
    await first.layer.loaded
    expect(first.calls).toEqual([
      ['added', 1],
      ['cart', '2 m1', 18, 'EUR'],
    ])
    await first.browser.clock.settle()
    const next = onPage([push('add_to_cart')], { consent: true, browser: first.browser })
    await next.layer.loaded
    expect(next.calls).toEqual([
      ['cart', '2 m1', 18, 'EUR'],
      ['cart', '4 m1', 36, 'EUR'],
    ])
    await first.browser.clock.advance(8 * 24 * 3_600_000)
    const later = onPage([], { consent: true, browser: first.browser })
    await later.layer.loaded
    expect(later.calls).toEqual([])
  })
})

describe('the word of the page itself counts', () => {
  test('a page type by the globs, or by call, stays; an order is an order anywhere', async () => {
    const { calls, layer } = onPage([push('view_cart'), push('purchase')], { type: 'product' })
    await layer.loaded
    expect(calls.filter(([call]) => call === 'page')).toEqual([['page', 'order-complete']])
  })
  test('who calls himself is not told twice', async () => {
    const { calls, layer } = onPage([push('view_item'), push('view_cart'), push('purchase')], {
      told: ['page', 'cart', 'order_complete'],
    })
    await layer.loaded
    expect(calls).toEqual([])
  })
})

describe('a hostile data layer', () => {
  const throwing = Object.defineProperty({}, 'event', {
    get() {
      throw Error('mine')
    },
  })
  const cyclic: Record<string, unknown> = { event: 'view_item' }
  cyclic['ecommerce'] = { items: [cyclic, cyclic], self: cyclic }

  test.each([undefined, null, 'text', 7, {}, { length: 3 }, () => [], [null, 1, 'x', [], undefined]])(
    '%j is nothing',
    async (entries) => {
      const { calls, layer } = onPage(entries)
      await layer.loaded
      layer.look()
      expect(calls).toEqual([])
    },
  )
  test('getters that throw, and circles, cost nothing but themselves', async () => {
    const entries = [throwing, cyclic, push('view_cart')]
    Object.defineProperty(entries, 1, {
      get() {
        throw Error('mine')
      },
    })
    const { calls, layer, page } = onPage(entries)
    await layer.loaded
    expect(calls).toEqual([
      ['page', 'cart'],
      ['cart', '2 m1', 18, 'EUR'],
    ])
    page.layer = [cyclic]
    layer.look()
    expect(calls).toHaveLength(2)
  })
  test('a hundred thousand entries: the last thousand are looked at', async () => {
    const read = { times: 0 }
    const entries = new Proxy(
      Array.from({ length: 100_000 }, () => push('view_item')),
      {
        get(target, key, receiver) {
          read.times++
          return Reflect.get(target, key, receiver) as unknown
        },
      },
    )
    const { layer } = onPage(entries)
    await layer.loaded
    expect(read.times).toBeLessThan(1_100)
    read.times = 0
    layer.hear(signal('pointer'))
    expect(read.times).toBeLessThan(10)
  })
  test('items without end, and names without end', async () => {
    const item = { item_id: 'x'.repeat(1e6), price: 1 }
    const { calls, layer } = onPage([
      push('view_cart', { items: Array.from({ length: 50_000 }, () => item) }),
    ])
    await layer.loaded
    const [, items, total] = calls[1] as [string, string, number]
    expect(total).toBe(100)
    expect(items.length).toBeLessThan(100 * 210)
  })
  test('leaves no timer behind', async () => {
    const { layer, browser, calls, page } = onPage([])
    await layer.loaded
    layer.hear(signal('press'))
    layer.stop()
    ;(page.layer as unknown[]).push(push('view_cart'))
    await browser.clock.advance(5000)
    expect(calls).toEqual([])
  })
})
