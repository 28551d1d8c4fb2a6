import { describe, expect, test } from 'vitest'
import { go, goBack, press, stay } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal, Stay } from '../terms'
import { quickBack, type QuickBackOptions } from './quick-back'

const watching = (options?: Partial<QuickBackOptions>) => watch(quickBack(options))
/** Back from the last page of the way to one of the type before it. */
const returns = (at: number, stays: readonly Stay[], to = stays.at(-2)?.type ?? 'home') =>
  goBack(stays.at(-1)?.type ?? null, to, { stays }).at(at)
const fromSupport = (visibleMs: number, failed = false) => [
  stay('product', 40_000, 0),
  stay('support', visibleMs, 10_000, failed),
]
/** From a list into products and back: how long each was looked at, and when it was left. */
const compares = (...looks: (readonly [visibleMs: number, at: number])[]) =>
  looks.flatMap(([visibleMs, at]) => [stay('list', 9000, at - visibleMs), stay('product', visibleMs, at)])

describe('a quick return', () => {
  test('to the page he came from, after at most 7 s', () => {
    expect(watching().hear(returns(10_000, fromSupport(7000))).found).toEqual([
      {
        name: 'quick-back',
        phase: 'confirmed',
        at: 10_000,
        onset: 3000,
        heardAt: 10_000,
        evidence: { from: 'support', to: 'product', stayMs: 7000, stayMaxMs: 7000 },
      },
    ])
  })

  test('over page loads: at the very start of the page he reaches, begun before it', () => {
    const it = watching().hear(returns(0, [stay('product', 40_000, -5000), stay('support', 3000, -200)]))
    expect(it.found).toMatchObject([{ at: 0, onset: -3000 }])
  })

  test('to a listing page it takes two within 60 s', () => {
    const once = compares([3000, 20_000])
    expect(watching().hear(returns(20_000, once)).found).toEqual([])
    const it = watching().hear(returns(80_000, compares([3000, 20_000], [2000, 80_000])))
    expect(it.found).toMatchObject([
      { onset: 17_000, evidence: { backs: 2, backsMin: 2, spanMs: 60_000, spanMaxMs: 60_000 } },
    ])
    expect(watching().hear(returns(80_001, compares([3000, 20_000], [2000, 80_001]))).found).toEqual([])
  })

  test('the options are heard', () => {
    const quick = returns(10_000, fromSupport(3000))
    expect(watching({ stayMs: 2999 }).hear(quick).found).toEqual([])
    const once = returns(20_000, compares([3000, 20_000]))
    expect(watching({ listBacks: 1 }).hear(once).confirmed()).toHaveLength(1)
    const twice = returns(80_000, compares([3000, 20_000], [2000, 80_000]))
    expect(watching({ listWithinMs: 59_999 }).hear(twice).found).toEqual([])
    expect(watching({ lastsMs: 100 }).hear(quick).until(90_000).phases()).toEqual([
      'confirmed@10000',
      'ended@10100',
    ])
  })
})

describe('silent', () => {
  test.each<[string, Signal]>([
    ['he stayed', returns(10_000, fromSupport(7001))],
    ['the page had failed', returns(10_000, fromSupport(1000, true))],
    ['a link to where he came from', go('support', 'product', { stays: fromSupport(1000) }).at(10_000)],
    ['a look into the cart', returns(10_000, [stay('product', 9000), stay('cart', 3000, 10_000)])],
    ['forward', go('support', 'product', { how: 'traverse', stays: fromSupport(1000) }).at(10_000)],
    ['back to another page than he came from', returns(10_000, fromSupport(1000), 'home')],
    ['nothing is known of his way', returns(10_000, [])],
    ['only the page he left is known', returns(10_000, [stay('support', 1000, 10_000)])],
    [
      'the page he left is not on his way',
      goBack('pricing', 'product', { stays: fromSupport(1000) }).at(10_000),
    ],
    ['one product read between two quick looks', returns(30_000, compares([3000, 9000], [9000, 30_000]))],
    ['two products, each read', returns(60_000, compares([20_000, 30_000], [20_000, 60_000]))],
  ])('%s', (_name, signal) => {
    expect(watching().hear(signal).until(90_000).found).toEqual([])
  })

  test('comparing calmly: from the list into five products, 20 s on each', () => {
    const looks = [1, 2, 3, 4, 5].map((n) => [20_000, n * 30_000] as const)
    const signals = looks.map((_look, i) =>
      returns((i + 1) * 30_000, compares(...looks.slice(0, i + 1)).slice(-6)),
    )
    expect(watching().hear(signals).found).toEqual([])
  })
})

describe('how near it was', () => {
  test.each<[string, Stay[], object]>([
    ['a longer stay', fromSupport(14_000), { share: 0.5, why: 'stayed' }],
    ['a page that failed', fromSupport(1000, true), { share: 1, why: 'failed' }],
    ['the first quick look', compares([3000, 20_000]), { share: 0.5, why: 'comparing' }],
  ])('%s', (_name, stays, wanted) => {
    expect(watching().hear(returns(20_000, stays)).runner.near()).toMatchObject([wanted])
  })
})

describe('the end', () => {
  test('another page', () => {
    const it = watching().hear(returns(10_000, fromSupport(1000)), go('product', 'cart').at(12_000))
    expect(it.until(90_000).phases()).toEqual(['confirmed@10000', 'ended@12000'])
  })
  test('after 30 s', () => {
    const it = watching().hear(returns(10_000, fromSupport(1000)), press('#x').at(12_000))
    expect(it.until(90_000).phases()).toEqual(['confirmed@10000', 'ended@40000'])
  })
})
