import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { growth } from '../../test/growth'
import { compilePages } from './glob'

const url = (address: string) => new URL(address, 'https://shop.example')
const typeOf = (glob: string, address: string) => compilePages({ hit: [glob] })(url(address)) === 'hit'

describe('globs', () => {
  test.each<[string, string, boolean]>([
    ['/pricing', '/pricing', true],
    ['/pricing', '/pricing?plan=a#b', true],
    ['/pricing', '/pricing/x', false],
    ['/checkout*', '/checkout/step/2', true],
    ['*checkout*', '/a?next=checkout', false],
    ['/a?x=*', '/a?x=1', true],
    ['/a?x=*', '/a', false],
    ['*route=checkout/*', '/index.php?route=checkout/cart', true],
    ['/#/payment*', '/#/payment/card', true],
    ['/#/payment*', '/x#/payment', false],
    ['*#/payment', '/x?y#/payment', true],
    ['*', '/anything', true],
    ['/a*a', '/a', false],
    ['/a.c', '/abc', false],
    ['/(a|b)+', '/a', false],
    ['/a**b', '/axxb', true],
  ])('%s on %s: %s', (glob, address, hit) => expect(typeOf(glob, address)).toBe(hit))

  test('the first match in the order of the file counts, `other` when none does', () => {
    const type = compilePages({ b: ['/x*'], a: ['/x', '/y'] })
    expect(['/x', '/y', '/z'].map((path) => type(url(path)))).toEqual(['b', 'a', 'other'])
  })

  test('do what a naive matcher does', () => {
    const naive = (glob: string, text: string): boolean => {
      if (!glob) return !text
      if (glob[0] !== '*') return glob[0] === text[0] && naive(glob.slice(1), text.slice(1))
      return naive(glob.slice(1), text) || (text !== '' && naive(glob, text.slice(1)))
    }
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*', '/'), maxLength: 8 })
    fc.assert(
      fc.property(letters, letters, (glob, text) => {
        const path = `/${text.replaceAll('*', 'c')}`
        const found = compilePages({ hit: [`/${glob}`] })({ pathname: path, search: '', hash: '' })
        expect(found === 'hit').toBe(naive(`/${glob}`, path))
      }),
      { numRuns: 3000 },
    )
  })

  test('are linear on hostile ones', () => {
    const made = (size: number) => {
      const type = compilePages({ hit: [`/${'*a'.repeat(size)}*b`] })
      const page = { pathname: `/${'a'.repeat(size * 50)}`, search: '', hash: '' }
      return () => expect(type(page)).toBe('other')
    }
    expect(growth(made, 2000)).toBeLessThan(8)
  })
})

describe('a ruleset without pages', () => {
  const type = compilePages()
  test.each([
    ['/', 'home'], ['/cart', 'cart'], ['/checkout/address', 'checkout'], ['/pricing', 'pricing'], ['/thank-you', 'order-complete'],
    ['/order-complete/1', 'order-complete'], ['/support', 'support'], ['/contact-us', 'support'], ['/product/7', 'product'], ['/products/7', 'product'],
    ['/about', 'other'], ['/#/checkout/pay', 'checkout'], ['/#/cart', 'cart'], ['/index.html#/', 'home'], ['/products', 'list'], ['/cart#top', 'cart'],
  ])('%s is %s', (address, expected) => expect(type(url(address))).toBe(expected)) // prettier-ignore
})
