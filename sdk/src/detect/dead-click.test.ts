import { describe, expect, test } from 'vitest'
import { go, hide, input, press, response, scroll, show, submit, target } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Expects, Signal } from '../terms'
import { deadClick, type DeadClickOptions } from './dead-click'

const watching = (options?: Partial<DeadClickOptions>) => watch(deadClick(options))
const start = 10_000
const pressed = press('#buy').at(start)

describe('a press after which nothing happens', () => {
  test('is suspect after 1 s, dead after 5 s, and ends after 10 s more', () => {
    const { found } = watching().hear(pressed).until(60_000)
    const evidence = { presses: 1, suspectMinMs: 1000, deadMinMs: 5000 }
    expect(found).toMatchObject([
      { phase: 'suspect', at: 11_000, onset: start, evidence: { ...evidence, silentMs: 1000 } },
      { phase: 'confirmed', at: 15_000, onset: start, evidence: { ...evidence, silentMs: 5000 } },
      { phase: 'ended', at: 25_000 },
    ])
  })

  test('is dead at the second try', () => {
    const it = watching().hear(pressed, press('#buy').at(start + 2300))
    expect(it.phases()).toEqual(['suspect@11000', 'confirmed@12300'])
    expect(it.found[1]).toMatchObject({ onset: start, evidence: { presses: 2, silentMs: 2300 } })
  })

  test('a double click is one try', () => {
    const it = watching()
      .hear(pressed, press('#buy').at(start + 250))
      .until(14_999)
    expect(it.phases()).toEqual(['suspect@11000'])
    expect(it.until(15_000).confirmed()).toMatchObject([{ evidence: { presses: 2 } }])
  })

  test('something else was tried meanwhile, in vain: the first is dead at its own second try', () => {
    const it = watching().hear(pressed, press('#help').at(start + 1500), press('#buy').at(start + 3000))
    expect(it.confirmed()).toMatchObject([{ at: 13_000, onset: start }])
  })
})

describe('alive', () => {
  test.each<[string, (at: number) => Signal]>([
    ['a change near by', response({ what: 'change', near: true }).at],
    ['a change far away (the basket in the header)', response({ what: 'change', near: false }).at],
    ['an answer from the network', response({ what: 'resource', near: false }).at],
    ['the focus moved', response({ what: 'focus' }).at],
    ['a selection', response({ what: 'selection' }).at],
    ['a scroll', scroll(400, { byShopper: false }).at],
    ['an input', input('#q', { length: 1, inserted: 1 }).at],
    ['a submit', submit('#form').at],
    ['another page', go('product', 'cart').at],
    ['hidden (another tab)', hide.at],
  ])('%s', (_name, make) => {
    for (const at of [start, start + 20, start + 999])
      expect(watching().hear(pressed, make(at)).until(60_000).found).toEqual([])
    // A slow page: late, but not dead.
    expect(
      watching()
        .hear(pressed, make(start + 4900))
        .until(60_000)
        .phases(),
    ).toEqual(['suspect@11000'])
  })

  test('once it answers after all, the moment is over', () => {
    const it = watching()
      .hear(pressed, press('#buy').at(start + 2000), response().at(start + 2300))
      .until(60_000)
    expect(it.phases()).toEqual(['suspect@11000', 'confirmed@12000', 'ended@12300'])
  })
})

describe('what is not waited for', () => {
  test.each<Expects>(['nothing', 'elsewhere'])('a press that should do %s', (expects) => {
    const signals = [start, start + 2000, start + 4000].map((at) => press('#x', { expects }).at(at))
    expect(watching().hear(signals).until(60_000).found).toEqual([])
  })

  test('what the page wants ignored', () => {
    const buy = press(target('#buy', { ignore: ['dead-click'] }))
    expect(
      watching()
        .hear(buy.at(start), buy.at(start + 2000))
        .until(60_000).found,
    ).toEqual([])
  })

  test('the press that brings the page back', () => {
    const back = (after: number) =>
      watching()
        .hear(hide.at(9000), show.at(9000), press('#buy').at(9000 + after))
        .until(60_000)
    expect(back(999).found).toEqual([])
    expect(back(1000).confirmed()).toHaveLength(1)
  })

  test('the tap that stops a page as it flies', () => {
    const tap = press('#buy', { pointer: 'touch' })
    expect(
      watching()
        .hear(scroll(500).at(start), tap.at(start + 60))
        .until(60_000).found,
    ).toEqual([])
    expect(
      watching()
        .hear(scroll(500).at(start), tap.at(start + 100))
        .until(60_000)
        .confirmed(),
    ).toHaveLength(1)
  })
})

describe('it ends', () => {
  test.each<[string, Signal, number]>([
    ['with a press on something else', press('#help', { expects: 'nothing' }).at(17_000), 17_000],
    ['with another page', go('cart', 'product').at(17_000), 17_000],
    ['when the page comes alive', response({ near: false }).at(17_000), 17_000],
  ])('%s', (_name, signal, at) => {
    const it = watching().hear(pressed, signal).until(60_000)
    expect(it.phases().slice(1)).toEqual(['confirmed@15000', `ended@${at}`])
  })
})

test('the options are heard', () => {
  const it = watching({ suspectMs: 500, deadMs: 800, lastsMs: 100 }).hear(pressed).until(60_000)
  expect(it.phases()).toEqual(['suspect@10500', 'confirmed@10800', 'ended@10900'])
})

test('how near it was: a page that answered late', () => {
  const it = watching().hear(pressed).until(14_000).hear(response().at(14_000))
  expect(it.runner.near()).toMatchObject([
    { share: 0.8, why: 'the page answered late', evidence: { silentMs: 4000 } },
  ])
})
