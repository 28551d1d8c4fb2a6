import { describe, expect, test } from 'vitest'
import { hrefIn, pathAt } from './place'
import { parseRoute, titleOf } from './routes'

describe('parseRoute', () => {
  test.each([
    ['/', 'home'],
    ['/list/all', 'list'],
    ['/list/coffee', 'list'],
    ['/product/everyday-mug', 'product'],
    ['/pricing', 'pricing'],
    ['/cart', 'cart'],
    ['/cart/', 'cart'],
    ['/checkout', 'checkout'],
    ['/checkout/review', 'checkout'],
    ['/order-complete', 'order-complete'],
    ['/support', 'support'],
    ['/list', 'not-found'],
    ['/list/tea', 'not-found'],
    ['/list/constructor', 'not-found'],
    ['/product/teapot', 'not-found'],
    ['/checkout/later', 'not-found'],
    ['/cart/now', 'not-found'],
    ['/product/everyday-mug/more', 'not-found'],
  ])('%s is %s', (path, view) => {
    expect(parseRoute(path).view).toBe(view)
  })

  test('every page has a title of its own', () => {
    const paths = [
      '/',
      '/list/all',
      '/list/linen',
      '/pricing',
      '/cart',
      '/checkout/contact',
      '/checkout/delivery',
    ]
    expect(new Set(paths.map((path) => titleOf(parseRoute(path)))).size).toBe(paths.length)
  })
})

describe('the three shops', () => {
  test.each([
    ['pages', '/cart'],
    ['app', '/app/cart'],
    ['hash', '/hash/#/cart'],
  ] as const)('%s keeps the basket at %s', (place, href) => {
    expect(hrefIn(place, '/cart')).toBe(href)
    expect(pathAt(new URL(href, 'https://shop.example'))).toBe('/cart')
  })

  test.each(['/app', '/app/', '/hash', '/hash/', '/hash/#main', '/'])('%s is the home page', (href) => {
    expect(pathAt(new URL(href, 'https://shop.example'))).toBe('/')
  })

  test('a query behind the hash is no part of the path', () => {
    expect(pathAt(new URL('/hash/?a=1#/cart?b=2', 'https://shop.example'))).toBe('/cart')
  })

  test('a page whose name only begins like a shop is not in it', () => {
    expect(pathAt(new URL('/apple', 'https://shop.example'))).toBe('/apple')
  })
})
