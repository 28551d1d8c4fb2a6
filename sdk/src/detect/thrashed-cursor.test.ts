import { describe, expect, test } from 'vitest'
import { go, hide, moves, press, scroll, wheel } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { thrashedCursor, type ThrashedCursorOptions } from './thrashed-cursor'

const watching = (options?: Partial<ThrashedCursorOptions>) => watch(thrashedCursor(options))

interface Shake {
  readonly legs: number
  readonly px?: number
  readonly pxPerS?: number
  /** Down and up instead of to and fro. */
  readonly down?: boolean
  readonly from?: number
}
/** The mouse goes to and fro, with a sample every 10 ms. */
const shake = ({ legs, px = 120, pxPerS = 1000, down = false, from = 1000 }: Shake): Signal[] => {
  const samples: [number, number, number][] = []
  const legMs = (px / pxPerS) * 1000
  for (let ms = 0; ms <= legs * legMs; ms += 10) {
    const leg = Math.floor(ms / legMs)
    const share = (ms - leg * legMs) / legMs
    const along = 300 + px * (leg % 2 ? 1 - share : share)
    samples.push(down ? [from + ms, 400, along] : [from + ms, along, 400])
  }
  return samples.map((sample) => moves(sample))
}
const count = (signals: Signal[], options?: Partial<ThrashedCursorOptions>) =>
  watching(options).hear(signals).until(60_000).confirmed().length

test('a mouse that is shaken, and comes to rest', () => {
  const { found } = watching()
    .hear(shake({ legs: 12 }))
    .until(60_000)
  expect(found).toHaveLength(2)
  expect(found[0]).toMatchObject({
    phase: 'confirmed',
    onset: 1120,
    evidence: { reversals: 8, reversalsMin: 8, spanMaxMs: 2000, speedMinPxPerS: 800, legMinPx: 80 },
  })
  // Eight turns, and one leg to know the last of them.
  expect(found[0]!.at).toBeGreaterThanOrEqual(1000 + 8 * 120 + 80)
  expect(found[0]!.at).toBeLessThan(1000 + 9 * 120)
  expect(found[0]!.evidence['speedPxPerS']).toBeGreaterThan(950)
  expect(found[1]!.phase).toBe('ended')
})

test.each<[string, Shake, boolean]>([
  ['to and fro', { legs: 10 }, true],
  ['up and down', { legs: 10, down: true }, true],
  ['eight legs: seven turns', { legs: 8 }, false],
  ['legs of 70 px', { legs: 30, px: 70 }, false],
  ['legs of 90 px', { legs: 12, px: 90 }, true],
  ['600 px/s', { legs: 12, pxPerS: 600, px: 90 }, false],
  ['long legs: too few turns in 2 s', { legs: 20, px: 500, pxPerS: 1500 }, false],
])('%s', (_name, how, expected) => {
  expect(count(shake(how))).toBe(expected ? 1 : 0)
})

describe('ordinary work', () => {
  test('a circle, again and again, calmly', () => {
    const round = Array.from({ length: 600 }, (_, i) =>
      moves([1000 + i * 10, 500 + 60 * Math.cos(i / 20), 400 + 60 * Math.sin(i / 20)]),
    )
    expect(count(round)).toBe(0)
  })

  test('reading along the lines', () => {
    const lines = Array.from({ length: 400 }, (_, i) =>
      moves([i * 20, 200 + (i % 40) * 12, 300 + Math.floor(i / 40) * 20]),
    )
    expect(count(lines)).toBe(0)
  })

  test('a hand that trembles', () => {
    const tremble = Array.from({ length: 500 }, (_, i) => moves([i * 8, 500 + (i % 2) * 25, 300]))
    expect(count(tremble)).toBe(0)
  })

  test.each<[string, Signal]>([
    ['a press', press('#buy').at(1600)],
    ['a scroll', scroll(40).at(1600)],
    ['the wheel', wheel.at(1600)],
    ['another page', go('cart', 'product').at(1600)],
  ])('%s in the midst of it: the turns before it do not count', (_name, signal) => {
    const all = shake({ legs: 10 })
    expect(count([...all.filter(({ at }) => at <= 1600), signal, ...all.filter(({ at }) => at > 1600)])).toBe(
      0,
    )
  })

  test('two half shakes with a rest between', () => {
    expect(count([...shake({ legs: 5 }), ...shake({ legs: 5, from: 2000 })])).toBe(0)
  })

  test('places that are none', () => {
    const broken = shake({ legs: 12 }).map((signal, i) =>
      i % 10 ? signal : moves([signal.at, NaN, Infinity]),
    )
    expect(watching().hear(broken).until(60_000).faults).toEqual([])
  })
})

test.each<[string, Signal]>([
  ['a press', press('#buy').at(2500)],
  ['another page', go('cart', 'product').at(2500)],
  ['hidden', hide.at(2500)],
])('it ends with %s', (_name, signal) => {
  const it = watching()
    .hear(shake({ legs: 10 }), signal)
    .until(60_000)
  expect(it.found.map(({ phase, at }) => (phase === 'ended' ? at : phase))).toEqual(['confirmed', 2500])
})

test('who goes on shaking is still in it', () => {
  const it = watching()
    .hear(shake({ legs: 60 }))
    .until(60_000)
  expect(it.found.at(-1)).toMatchObject({ phase: 'ended' })
  expect(it.found.at(-1)!.at).toBeGreaterThan(1000 + 60 * 120 + 1800)
})

test('the options are heard, and how near it was', () => {
  expect(count(shake({ legs: 4, px: 40, pxPerS: 300 }), { reversals: 3, legPx: 30, speedPxPerS: 200 })).toBe(
    1,
  )
  const it = watching().hear(shake({ legs: 7 }))
  expect(it.runner.near()).toMatchObject([{ share: 0.75, evidence: { reversals: 6, reversalsMin: 8 } }])
})
