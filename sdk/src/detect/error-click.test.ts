import { describe, expect, test } from 'vitest'
import { fault, go, hide, press, target } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { errorClick, type ErrorClickOptions } from './error-click'

const watching = (options?: Partial<ErrorClickOptions>) => watch(errorClick(options))
const count = (signals: Signal[], options?: Partial<ErrorClickOptions>) =>
  watching(options).hear(signals).until(60_000).confirmed().length

test('a script fails over a press', () => {
  const { found } = watching().hear(press('#buy').at(1000), fault('TypeError').at(1040)).until(60_000)
  expect(found).toEqual([
    {
      name: 'error-click',
      phase: 'confirmed',
      at: 1040,
      onset: 1000,
      heardAt: 1040,
      evidence: { error: 'TypeError', faults: 1, faultsMin: 1, afterMs: 40, afterMaxMs: 1000 },
    },
    expect.objectContaining({ phase: 'ended', at: 11_040 }),
  ])
})

test.each<[string, Signal[], number]>([
  ['1,000 ms after', [press('#buy').at(1000), fault().at(2000)], 1],
  ['1,001 ms after', [press('#buy').at(1000), fault().at(2001)], 0],
  ['with no press at all', [fault().at(1000), fault().at(1500)], 0],
  ['before the press', [fault().at(999), press('#buy').at(1000)], 0],
  ['over a press into text', [press('#text', { expects: 'nothing' }).at(1000), fault().at(1010)], 0],
  [
    'over a press that opens another tab',
    [press('#pdf', { expects: 'elsewhere' }).at(1000), fault().at(1010)],
    1,
  ],
  [
    'over one that the page wants ignored',
    [press(target('#buy', { ignore: ['error-click'] })).at(1000), fault().at(1010)],
    0,
  ],
  [
    'of the page that was left',
    [press('#buy').at(1000), go('cart', 'product').at(1005), fault().at(1010)],
    0,
  ],
  [
    'three times: once told',
    [press('#buy').at(1000), fault().at(1010), fault().at(1020), fault().at(1030)],
    1,
  ],
])('%s', (_name, signals, confirmed) => {
  expect(count(signals)).toBe(confirmed)
})

describe('a page whose timer fails every so often', () => {
  const ticking = [0, 2000, 4000, 6000].map((at) => fault('RangeError').at(at))

  test('says nothing about the press that comes between', () => {
    expect(count([...ticking, press('#buy').at(7500), fault('RangeError').at(8000)])).toBe(0)
  })
  test('but an error of another class does', () => {
    expect(count([...ticking, press('#buy').at(7500), fault('TypeError').at(7510)])).toBe(1)
  })
  test('and after 10 s of quiet, any', () => {
    expect(count([fault().at(0), press('#buy').at(9990), fault().at(10_000)])).toBe(0)
    expect(count([fault().at(0), press('#buy').at(9990), fault().at(10_001)])).toBe(1)
  })
})

test.each<[string, Signal, number]>([
  ['a press on something else', press('#help').at(3000), 3000],
  ['another page', go('cart', 'product').at(3000), 3000],
  ['hidden', hide.at(3000), 3000],
  ['not a second try', press('#buy').at(3000), 11_010],
])('it ends: %s', (_name, signal, at) => {
  const it = watching().hear(press('#buy').at(1000), fault().at(1010), signal).until(60_000)
  expect(it.phases()).toEqual(['confirmed@1010', `ended@${at}`])
})

test('the options are heard', () => {
  const options = { withinMs: 50, faults: 2, noiseMs: 0, lastsMs: 500 }
  const it = watching(options)
    .hear(fault().at(990), press('#buy').at(1000), fault().at(1010), fault().at(1050))
    .until(60_000)
  expect(it.phases()).toEqual(['confirmed@1050', 'ended@1550'])
  expect(watching(options).hear(press('#buy').at(1000), fault().at(1010)).runner.near()).toMatchObject([
    { share: 0.5, evidence: { faults: 1, faultsMin: 2 } },
  ])
})
