import { describe, expect, test } from 'vitest'
import {
  cart,
  enter,
  go,
  goBack,
  hide,
  moment,
  move,
  press,
  scroll,
  showAfter,
  target,
  wheel,
} from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { backOnCheckout } from './back-on-checkout'
import { cartHesitation, type CartHesitationOptions } from './cart-hesitation'
import { hesitation } from './hesitation'

const onCart = go('product', 'cart').at(0)
const watching = (options?: Partial<CartHesitationOptions>) => watch(cartHesitation(options)).hear(onCart)
const away = (from: number, ms = 2000): Signal[] => [hide.at(from), showAfter(ms).at(from + ms)]

/** Each sign as it shows, from `at` on; none takes longer than 20 s. */
const signs: Readonly<Record<string, (at: number) => Signal[]>> = {
  hesitated: (at) => [moment('hesitation', { dwellMs: 2000 }).at(at)],
  idle: (at) => [press('#note').at(at)],
  flipFlop: (at) => [cart({ added: 1 }).at(at), cart({ removed: 1 }).at(at + 900)],
  readded: (at) => [cart({ removed: 1 }).at(at), cart({ added: 1 }).at(at + 900)],
  cameBack: (at) => [moment('back-on-checkout', { from: 'checkout', to: 'cart' }).at(at)],
  lookedUp: (at) => [press(target('#shipping', { role: 'shipping' })).at(at)],
  wentAway: (at) => [...away(at), ...away(at + 3000)],
}
const names = Object.keys(signs)
const pairs = names.flatMap((one) =>
  names.filter((other) => other !== one).map((other) => [one, other] as const),
)

describe('two signs within a minute', () => {
  test.each(pairs)('%s and %s', (one, other) => {
    const it = watching({ idleMs: 15_000 }).hear(signs[one]!(1000), signs[other]!(20_000)).until(40_000)
    expect(it.confirmed()).toMatchObject([
      { name: 'cart-hesitation', evidence: { signs: 2, signsMin: 2, windowMs: 60_000, [one]: true } },
    ])
  })

  test('with all that was seen, from the first on', () => {
    const it = watching().hear(signs['lookedUp']!(1000), signs['flipFlop']!(4000))
    expect(it.found).toEqual([
      {
        name: 'cart-hesitation',
        phase: 'confirmed',
        at: 4900,
        onset: 1000,
        heardAt: 4900,
        evidence: {
          signs: 2,
          signsMin: 2,
          spanMs: 3900,
          windowMs: 60_000,
          lookedUp: true,
          flipFlop: true,
        },
      },
    ])
  })

  test('a minute is a minute', () => {
    const apart = (ms: number) =>
      watching({ idleMs: 100_000 }).hear(signs['lookedUp']!(1000), signs['hesitated']!(1000 + ms))
    expect(apart(60_000).confirmed()).toHaveLength(1)
    expect(apart(60_001).confirmed()).toEqual([])
  })

  test('made of the moments themselves: he rests on the button, then looks at what shipping costs', () => {
    const it = watch([backOnCheckout(), hesitation(), cartHesitation()])
    it.hear(onCart, enter('#to-checkout', 3000)).until(5000)
    it.hear(press(target('#shipping', { role: 'shipping' })).at(9000))
    expect(it.confirmed().map(({ name, at }) => [name, at])).toEqual([
      ['hesitation', 5000],
      ['cart-hesitation', 9000],
    ])
  })

  test('back from checkout to the cart, where he had changed his mind before', () => {
    const it = watch([backOnCheckout(), cartHesitation()])
    it.hear(onCart, signs['flipFlop']!(2000), go('cart', 'checkout').at(5000))
    it.hear(goBack('checkout', 'cart').at(15_000))
    expect(it.confirmed().map(({ name, at }) => [name, at])).toEqual([
      ['back-on-checkout', 15_000],
      ['cart-hesitation', 15_000],
    ])
  })

  test('taken out here, put in again on the page of the product, and back to look it up', () => {
    const it = watching().hear(cart({ removed: 1 }).at(1000), go('cart', 'product').at(2000))
    it.hear(cart({ added: 1 }).at(9000), go('product', 'cart').at(12_000), signs['lookedUp']!(15_000))
    expect(it.confirmed()).toMatchObject([{ at: 15_000, evidence: { readded: true, lookedUp: true } }])
  })

  test('the options are heard', () => {
    const one = watching({ signs: 1 }).hear(signs['hesitated']!(1000))
    expect(one.confirmed()).toHaveLength(1)
    const short = watching({ windowMs: 1000 }).hear(signs['lookedUp']!(1000), signs['hesitated']!(2001))
    expect(short.found).toEqual([])
    const oneAway = watching({ aways: 1 }).hear(signs['lookedUp']!(1000), away(2000))
    expect(oneAway.confirmed()).toHaveLength(1)
    const longAways = watching({ awayMs: 2001 }).hear(signs['lookedUp']!(1000), signs['wentAway']!(2000))
    expect(longAways.found).toEqual([])
  })
})

describe('silent', () => {
  test.each(names)('%s alone, and again', (name) => {
    const it = watching({ idleMs: name === 'idle' ? 15_000 : 1_000_000 })
    expect(it.hear(signs[name]!(1000), signs[name]!(30_000)).until(100_000).found).toEqual([])
  })

  test('calm shopping: raises a quantity, reads, scrolls, rests, goes to checkout', () => {
    const it = watching().hear(
      [cart({ added: 1 }).at(4000), move(100, 100).at(6000), scroll(300).at(9000), wheel.at(15_000)],
      go('cart', 'checkout').at(50_000),
    )
    expect(it.until(200_000).found).toEqual([])
  })

  test('comparing: three products from the list, in and out of tabs, nowhere near the cart', () => {
    const it = watch(cartHesitation()).hear(
      go('home', 'list').at(0),
      [10_000, 30_000, 50_000].flatMap((at) => [
        press('#open', { expects: 'elsewhere' }).at(at),
        ...away(at + 500, 9000),
      ]),
      press(target('#shipping', { role: 'shipping' })).at(65_000),
      cart({ added: 1 }).at(70_000),
    )
    expect(it.until(200_000).found).toEqual([])
  })

  test('he looks at what he has opened from here', () => {
    const opens = press('#size-guide', { expects: 'elsewhere' })
    const twice = [5000, 10_000].flatMap((at) => [opens.at(at), ...away(at + 100)])
    expect(watching().hear(signs['lookedUp']!(1000), twice).confirmed()).toEqual([])
  })

  test('a field that stays empty is no doubt about the order', () => {
    const it = watching().hear(signs['lookedUp']!(1000), moment('hesitation', { emptyMs: 5000 }).at(9000))
    expect(it.confirmed()).toEqual([])
  })

  test('back from checkout to somewhere else', () => {
    const elsewhere = moment('back-on-checkout', { from: 'checkout', to: 'home' }).at(5000)
    expect(watching().hear(signs['lookedUp']!(1000), elsewhere).confirmed()).toEqual([])
  })

  test('one more, one less, one more is one change of mind', () => {
    const it = watching().hear([
      cart({ added: 1 }).at(1000),
      cart({ removed: 1 }).at(2000),
      cart({ added: 1 }).at(3000),
    ])
    expect(it.found).toEqual([])
  })
})

test('how near it was', () => {
  const it = watching().hear(signs['lookedUp']!(1000))
  expect(it.runner.near()).toMatchObject([{ share: 0.5, evidence: { signs: 1, signsMin: 2 } }])
})

describe('the end', () => {
  const doubting = () => watching().hear(signs['lookedUp']!(1000), signs['hesitated']!(4000))

  test.each<[string, Signal]>([
    ['on to checkout', go('cart', 'checkout').at(9000)],
    ['away', hide.at(9000)],
  ])('%s', (_name, signal) => {
    expect(doubting().hear(signal).until(10_000).phases()).toEqual(['confirmed@4000', 'ended@9000'])
  })
  test('after 30 s', () => {
    expect(doubting().hear(press('#x').at(33_000)).until(34_000).phases()).toEqual([
      'confirmed@4000',
      'ended@34000',
    ])
  })
})
