import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { fault } from './fault'
import type { CaptureEvents, CaptureKit, On } from './source'

const shop = 'https://www.shop.example/cart'

beforeEach(() => {
  vi.stubGlobal('location', new URL(shop))
  vi.stubGlobal(
    'ErrorEvent',
    class extends Event {
      message = ''
      filename = ''
      error: unknown = null
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

/** The classes of the faults that are told when this happens. */
const told = (type: keyof CaptureEvents, event: object) => {
  const signals: Signal[] = []
  const { on } = fault({ emit: (signal) => signals.push(signal) } as Partial<CaptureKit> as CaptureKit)
  const hear = on?.[type] as On | undefined
  hear?.(event as Event, 5 as PageTime, 6 as PageTime)
  return signals.map((signal) => (signal.kind === 'fault' ? signal.name : signal.kind))
}
const uncaught = (over: object) =>
  told('error', Object.assign(new ErrorEvent('error'), { message: 'Uncaught', filename: shop, ...over }))
const named = (name: string) => Object.assign(new Error('Roos, 4242'), { name })
/** An error as it was thrown in that file. */
const from = (file: string, error: Error = new TypeError('no')) =>
  Object.assign(error, { stack: `${error.name}: no\n    at pay (${file}:12:5)\n    at ${shop}:1:1` })

test.each<[string, object, string[]]>([
  ['an error of the page', { error: new TypeError('x') }, ['TypeError']],
  [
    'of a script beside it',
    { filename: 'https://www.shop.example/a.js', error: new RangeError('x') },
    ['RangeError'],
  ],
  [
    'of the shop\u2019s other host',
    { filename: 'https://static.shop.example/a.js', error: new Error('x') },
    ['Error'],
  ],
  ['of someone else', { filename: 'https://tags.example.net/t.js', error: new TypeError('x') }, []],
  [
    'of a name that only ends alike',
    { filename: 'https://notshop.example/t.js', error: new TypeError('x') },
    [],
  ],
  ['of an extension', { filename: 'chrome-extension://abc/c.js', error: new TypeError('x') }, []],
  ['of which nothing may be known', { message: 'Script error.', filename: '' }, []],
  ['ResizeObserver, once', { message: 'ResizeObserver loop completed with undelivered notifications.' }, []],
  ['ResizeObserver, twice', { message: 'ResizeObserver loop limit exceeded' }, []],
  ['a text that was thrown', { error: 'card 4242 refused' }, ['Error']],
  ['a class of the page\u2019s own', { error: named('PaymentError') }, ['PaymentError']],
  ['a name that is a text', { error: named('Roos Peeters owes 5') }, ['Error']],
])('%s', (_name, over, expected) => {
  expect(uncaught(over)).toEqual(expected)
})

test.each([
  ['https://shop.co.uk/cart', 'https://other.co.uk/t.js', []],
  ['https://kettles.myshopify.com/cart', 'https://other.myshopify.com/t.js', []],
  ['https://kettles.myshopify.com/cart', 'https://kettles.myshopify.com/a.js', ['Error']],
  ['https://shop.co.uk/cart', 'https://static.shop.co.uk/a.js', ['Error']],
  ['https://www.shop.co.uk/cart', 'https://shop.co.uk/a.js', ['Error']],
])('who is one shop: on %s an error in %s', (page, filename, expected) => {
  vi.stubGlobal('location', new URL(page))
  expect(uncaught({ filename })).toEqual(expected)
})

test('an image that does not load is no fault', () => {
  expect(told('error', new Event('error'))).toEqual([])
})

test.each<[string, unknown, string[]]>([
  ['of the shop\u2019s script', from('https://www.shop.example/app.js'), ['TypeError']],
  ['of someone else\u2019s', from('https://tags.example.net/t.js'), []],
  ['of a request that was called off', from(shop, named('AbortError')), []],
  ['with no word of where', 'nope', []],
  ['with nothing', undefined, []],
])('a rejection %s', (_name, reason, expected) => {
  expect(told('unhandledrejection', { reason })).toEqual(expected)
})
