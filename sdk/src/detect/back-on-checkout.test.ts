import { describe, expect, test } from 'vitest'
import { cart, go, goBack, hide, press, show } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { backOnCheckout } from './back-on-checkout'

const watching = (options?: { lastsMs: number }) => watch(backOnCheckout(options))
const back = goBack('checkout', 'cart')

describe('a step back from checkout', () => {
  test('inside the page is one, complete with the step itself', () => {
    expect(watching().hear(back.at(5000)).found).toEqual([
      {
        name: 'back-on-checkout',
        phase: 'confirmed',
        at: 5000,
        onset: 5000,
        heardAt: 5000,
        evidence: { from: 'checkout', to: 'cart', loaded: false },
      },
    ])
  })

  test('over page loads it is known by the page he reaches, from its very start', () => {
    const it = watching()
    it.clock.advance(180)
    it.runner.hear(back.at(0), it.clock.now())
    expect(it.found).toMatchObject([{ at: 0, onset: 0, heardAt: 180, evidence: { loaded: true } }])
  })

  test('from the back/forward cache', () => {
    const it = watching().hear(goBack('checkout', 'product', { how: 'restore' }).at(60_000))
    expect(it.found).toMatchObject([{ at: 60_000, evidence: { to: 'product', loaded: true } }])
  })

  test.each<[string, Signal]>([
    ['inside checkout: a moment of its own', goBack('checkout', 'checkout').at(5000)],
    ['after an order: he is done', goBack('checkout', 'cart', { ordered: true }).at(5000)],
    ['after a payment on another origin', goBack('checkout', 'cart', { paying: true }).at(5000)],
    ['from another page', goBack('product', 'list').at(5000)],
    ['into checkout', goBack('order-complete', 'checkout').at(5000)],
    ['from who knows where', goBack(null, 'cart').at(5000)],
    ['no step back: a link to the cart', go('checkout', 'cart').at(5000)],
    ['no step back: forward', go('checkout', 'cart', { how: 'traverse' }).at(5000)],
    ['no step back: a fresh load', go('checkout', 'cart', { how: 'load' }).at(0)],
  ])('silent: %s', (_name, signal) => {
    expect(watching().hear(signal).until(60_000).found).toEqual([])
  })
})

describe('the end', () => {
  const doubting = () => watching().hear(back.at(5000))

  test('after 30 s, at the very instant', () => {
    expect(doubting().until(34_999).phases()).toEqual(['confirmed@5000'])
    expect(doubting().until(90_000).phases()).toEqual(['confirmed@5000', 'ended@35000'])
  })

  test.each<[string, Signal]>([
    ['forward again', go('cart', 'checkout', { how: 'traverse' }).at(9000)],
    ['another page', go('cart', 'list').at(9000)],
    ['further back', goBack('cart', 'product').at(9000)],
    ['a new product', cart({ added: 1 }).at(9000)],
  ])('%s', (_name, signal) => {
    expect(doubting().hear(signal).until(90_000).phases()).toEqual(['confirmed@5000', 'ended@9000'])
  })

  test('a product removed is no end, nor does it put the end off', () => {
    const it = doubting()
      .hear(cart({ removed: 1 }).at(9000), press('#x').at(9500))
      .until(90_000)
    expect(it.phases()).toEqual(['confirmed@5000', 'ended@35000'])
  })

  test('hidden time does not count towards the 30 s', () => {
    const it = doubting().hear(hide.at(10_000), show.at(70_000)).until(94_999)
    expect(it.phases()).toEqual(['confirmed@5000'])
    expect(it.until(95_000).phases()).toEqual(['confirmed@5000', 'ended@95000'])
  })

  test('a cart before any step back is nothing', () => {
    expect(watching().hear(cart({ added: 1 }).at(100)).found).toEqual([])
  })

  test('the option is heard', () => {
    const it = watching({ lastsMs: 1000 }).hear(back.at(0)).until(2000)
    expect(it.phases()).toEqual(['confirmed@0', 'ended@1000'])
  })
})
