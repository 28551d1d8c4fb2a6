import { describe, expect, test } from 'vitest'
import { go, hide, press, showAfter, submit } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { tabReturn, type TabReturnOptions } from './tab-return'

const watching = (options?: Partial<TabReturnOptions>) => watch(tabReturn(options))
const away = (from: number, ms: number): Signal[] => [hide.at(from), showAfter(ms).at(from + ms)]
const opensElsewhere = press('#compare', { expects: 'elsewhere' })

describe('back after a while away', () => {
  test('of at least 5 s', () => {
    expect(watching().hear(away(2000, 4999)).found).toEqual([])
    expect(watching().hear(away(2000, 5000)).found).toEqual([
      {
        name: 'tab-return',
        phase: 'confirmed',
        at: 7000,
        onset: 7000,
        heardAt: 7000,
        evidence: { hiddenMs: 5000, hiddenMinMs: 5000 },
      },
    ])
  })

  test('a page that was opened in the background and is seen for the first time is no return', () => {
    const it = watch(tabReturn(), { visible: false }).hear(showAfter(0).at(60_000))
    expect(it.until(200_000).found).toEqual([])
  })

  test('the option is heard', () => {
    expect(watching({ awayMs: 1000 }).hear(away(2000, 1000)).confirmed()).toHaveLength(1)
  })
})

describe('silent, for the page sent him away', () => {
  test('a press that opens elsewhere, at most 10 s before', () => {
    expect(watching().hear(opensElsewhere.at(1000), away(11_000, 60_000)).found).toEqual([])
    expect(watching().hear(opensElsewhere.at(1000), away(11_001, 60_000)).confirmed()).toHaveLength(1)
    const strict = watching({ elsewhereMs: 100 })
    expect(strict.hear(opensElsewhere.at(1000), away(2000, 60_000)).confirmed()).toHaveLength(1)
  })

  test('any other press is none', () => {
    expect(watching().hear(press('#buy').at(1000), away(1100, 60_000)).confirmed()).toHaveLength(1)
  })

  test('who opens three products in tabs looks at each, and comes back to the list each time', () => {
    const opened = [1000, 3000, 5000].map((at) => opensElsewhere.at(at))
    const looks = [8000, 40_000, 80_000].flatMap((at) => away(at, 20_000))
    expect(watching().hear(opened, looks).until(200_000).found).toEqual([])
  })

  test('a minute later he comes back on his own account', () => {
    const it = watching().hear(opensElsewhere.at(1000), away(2000, 20_000), away(83_000, 20_000))
    expect(it.phases()).toEqual(['confirmed@103000'])
  })

  test('a form of the checkout was sent: his bank asks him', () => {
    const pays = [go('cart', 'checkout').at(0), submit('#pay').at(5000)]
    expect(watching().hear(pays, away(20_000, 40_000)).found).toEqual([])
    expect(watching().hear(pays, away(305_001, 40_000)).confirmed()).toHaveLength(1)
    expect(watching({ payingMs: 1000 }).hear(pays, away(20_000, 40_000)).confirmed()).toHaveLength(1)
    const elsewhere = [go('home', 'support').at(0), submit('#issue').at(5000)]
    expect(watching().hear(elsewhere, away(20_000, 40_000)).confirmed()).toHaveLength(1)
  })

  test('he came from a payment on another origin', () => {
    const it = watching().hear(go('checkout', 'checkout', { paying: true }).at(0), away(5000, 40_000))
    expect(it.found).toEqual([])
    expect(it.runner.near()).toMatchObject([{ share: 1, why: 'is paying' }])
  })

  test('once he has ordered, nobody is paying', () => {
    const pays = [go('cart', 'checkout').at(0), submit('#pay').at(5000)]
    const done = go('checkout', 'order-complete', { ordered: true }).at(8000)
    expect(watching().hear(pays, done, away(20_000, 40_000)).confirmed()).toHaveLength(1)
  })
})

test('how near it was', () => {
  const it = watching().hear(away(2000, 2500))
  expect(it.runner.near()).toMatchObject([{ share: 0.5, why: 'too short' }])
  it.hear(opensElsewhere.at(5000), away(5500, 9000))
  expect(it.runner.near()).toMatchObject([{ share: 1, why: 'opened elsewhere' }])
})

describe('the end', () => {
  test.each<[string, Signal]>([
    ['away again', hide.at(9000)],
    ['another page', go('product', 'cart').at(9000)],
    ['a form is sent', submit('#form').at(9000)],
  ])('%s', (_name, signal) => {
    const it = watching().hear(away(1000, 5000), signal).until(90_000)
    expect(it.phases()).toEqual(['confirmed@6000', 'ended@9000'])
  })

  test('after 30 s, or as the option says', () => {
    expect(watching().hear(away(1000, 5000)).until(90_000).phases()).toEqual([
      'confirmed@6000',
      'ended@36000',
    ])
    const brief = watching({ lastsMs: 1000 }).hear(away(1000, 5000)).until(90_000)
    expect(brief.phases()).toEqual(['confirmed@6000', 'ended@7000'])
  })
})
