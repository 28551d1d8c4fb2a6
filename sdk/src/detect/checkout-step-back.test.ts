import { describe, expect, test } from 'vitest'
import { cart, go, goBack, moment } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { backOnCheckout } from './back-on-checkout'
import { checkoutStepBack } from './checkout-step-back'

const watching = (options?: { lastsMs: number }) => watch(checkoutStepBack(options))
const back = goBack('checkout', 'checkout')

describe('a step back inside checkout', () => {
  test('is one, complete with the step itself', () => {
    expect(watching().hear(back.at(5000)).found).toMatchObject([
      {
        name: 'checkout-step-back',
        phase: 'confirmed',
        at: 5000,
        onset: 5000,
        evidence: { from: 'checkout', to: 'checkout', loaded: false },
      },
    ])
  })

  test('over page loads it is known by the page he reaches, from its very start', () => {
    expect(watching().hear(back.at(0)).found).toMatchObject([{ at: 0, evidence: { loaded: true } }])
  })

  test('each step back is this one or back-on-checkout, never both', () => {
    const it = watch([backOnCheckout(), checkoutStepBack()])
    it.hear(back.at(5000), goBack('checkout', 'cart').at(9000))
    expect(it.confirmed().map(({ name }) => name)).toEqual(['checkout-step-back', 'back-on-checkout'])
  })

  test.each<[string, Signal]>([
    ['out of checkout: a moment of its own', goBack('checkout', 'cart').at(5000)],
    ['after an order: he is done', goBack('checkout', 'checkout', { ordered: true }).at(5000)],
    ['after a payment on another origin', goBack('checkout', 'checkout', { paying: true }).at(5000)],
    ['from the cart', goBack('cart', 'checkout').at(5000)],
    ['no step back: on to the next', go('checkout', 'checkout').at(5000)],
    ['no step back: forward', go('checkout', 'checkout', { how: 'traverse' }).at(5000)],
  ])('silent: %s', (_name, signal) => {
    expect(watching().hear(signal).until(60_000).found).toEqual([])
  })

  test('a guard that kept it says so', () => {
    const it = watching().hear(goBack('checkout', 'checkout', { paying: true }).at(5000))
    expect(it.runner.near()).toMatchObject([{ share: 1, why: 'is paying' }])
    it.hear(goBack('checkout', 'checkout', { ordered: true }).at(6000))
    expect(it.runner.near()).toMatchObject([{ share: 1, why: 'has ordered' }])
  })
})

describe('the end', () => {
  test.each<[string, Signal]>([
    ['forward again', go('checkout', 'checkout', { how: 'traverse' }).at(9000)],
    ['out of checkout', goBack('checkout', 'cart').at(9000)],
    ['a new product', cart({ added: 1 }).at(9000)],
  ])('%s', (_name, signal) => {
    const it = watching().hear(back.at(5000), signal).until(90_000)
    expect(it.phases()).toEqual(['confirmed@5000', 'ended@9000'])
  })

  test('after 30 s, or as the option says', () => {
    expect(watching().hear(back.at(5000), moment('x').at(6000)).until(90_000).phases()).toEqual([
      'confirmed@5000',
      'ended@35000',
    ])
    expect(watching({ lastsMs: 100 }).hear(back.at(0)).until(90_000).phases()).toEqual([
      'confirmed@0',
      'ended@100',
    ])
  })
})
