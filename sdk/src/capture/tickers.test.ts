import { expect, test } from 'vitest'
import type { PageTime } from '../time'
import { createTickers } from './tickers'

const node = {} as Node
/** It changed at these times; a press comes at `press`. */
const moves = (times: readonly number[], press: number) => {
  const tickers = createTickers()
  for (const at of times) tickers.mark(node, at as PageTime)
  return tickers.goesOn(node, press as PageTime, press as PageTime)
}

test.each<[string, number[], number, boolean]>([
  ['a clock', [1000, 2000, 3000], 3900, true],
  ['a clock that is late', [1000, 2150], 3300, true],
  ['a slide that moves each frame', [1000, 1016, 1033, 1050, 1066, 1083, 1100], 1110, true],
  ['what was built once', [1000], 1100, false],
  ['what was built in two goes', [1000, 1040], 1100, false],
  ['what moved two seconds ago', [1000, 2000], 4000, false],
  ['what changes now and then', [1000, 5000, 9000], 9100, false],
  ['what never changed', [], 1000, false],
])('%s', (_name, times, press, expected) => {
  expect(moves(times, press)).toBe(expected)
})

test('what went on unseen is still known when it is seen again', () => {
  const tickers = createTickers()
  for (const at of [1000, 1050, 1100]) tickers.mark(node, at as PageTime)
  const seen = [9000, 9050, 9100].map((at) => tickers.goesOn(node, 1100 as PageTime, at as PageTime))
  expect(seen).toEqual([true, true, true])
})
