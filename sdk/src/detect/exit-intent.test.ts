import { describe, expect, test } from 'vitest'
import {
  comeBack,
  focus,
  go,
  hide,
  input,
  leave,
  move,
  moves,
  press,
  resize,
  scroll,
  show,
} from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { exitIntent, type ExitIntentOptions } from './exit-intent'

/** 10 s on the page, one press: armed. */
const watching = (options?: Partial<ExitIntentOptions>) =>
  watch(exitIntent(options)).hear(press('#photo').at(1000))

/** Upwards over the last 100 ms, at `pxPerS`, to `y`. */
const upwards = (at: number, y: number, pxPerS: number) =>
  moves([at - 100, 300, y + pxPerS / 10], [at - 50, 300, y + pxPerS / 20], [at, 300, y])

describe('the mouse leaves at the top', () => {
  test('and stays out 200 ms: complete at the very instant', () => {
    const { found } = watching()
      .hear(upwards(10_000, 5, 800), leave(-3).at(10_010))
      .until(20_000)
    expect(found).toEqual([
      {
        name: 'exit-intent',
        phase: 'confirmed',
        at: 10_210,
        onset: 10_010,
        heardAt: 10_210,
        evidence: {
          outsideMs: 200,
          outsideMinMs: 200,
          speedPxPerS: 800,
          onPageMs: 10_010,
          onPageMinMs: 5000,
        },
      },
    ])
  })

  test('a timer that ran late changes when it was heard, not when it was complete', () => {
    const it = watching().hear(leave(0).at(10_000))
    it.clock.block(700)
    expect(it.found).toMatchObject([{ at: 10_200, heardAt: 10_700, evidence: { outsideMs: 200 } }])
  })

  test.each<[string, Signal[], boolean]>([
    ['at y 0, however slow', [leave(0).at(10_000)], true],
    ['at 1 px with no movement known', [leave(1).at(10_000)], false],
    ['at 5 px, last seen at 20 px, 300 px/s', [upwards(10_000, 20, 300), leave(20).at(10_000)], true],
    ['at 5 px, last seen at 20 px, 290 px/s', [upwards(10_000, 20, 290), leave(20).at(10_000)], false],
    ['last seen at 21 px, fast', [upwards(10_000, 21, 900), leave(5).at(10_000)], false],
    ['sideways: fast, far from the top', [upwards(10_000, 400, 900), leave(390).at(10_000)], false],
    [
      'from where no mouse can be',
      [moves([9950, 300, Infinity]), upwards(9990, 15, 900), leave(0).at(10_000)],
      false,
    ],
    ['to where no mouse can be', [upwards(10_000, 15, 900), leave(-Infinity).at(10_000)], false],
    ['downwards along the edge', [upwards(10_000, 15, -400), leave(15).at(10_000)], false],
  ])('%s', (_name, signals, confirmed) => {
    expect(watching().hear(signals).until(20_000).confirmed()).toHaveLength(confirmed ? 1 : 0)
  })

  test('speed is that of the last 100 ms: what came before is forgotten', () => {
    const slowAtLast = moves([9000, 300, 900], [9890, 300, 25], [9950, 300, 20], [10_000, 300, 15])
    expect(watching().hear(slowAtLast, leave(15).at(10_000)).until(20_000).found).toEqual([])
  })
})

describe('what is no exit', () => {
  test.each<[string, Signal]>([
    ['with the button down (a drag, a selection)', leave(0, { pressed: true }).at(10_000)],
    ['with the focus in a field or select (its menu, autofill)', leave(0, { inField: true }).at(10_000)],
  ])('%s', (_name, signal) => {
    expect(watching().hear(signal).until(20_000).found).toEqual([])
  })

  test('in the first 5 s', () => {
    expect(watching().hear(leave(0).at(4999)).until(20_000).found).toEqual([])
    expect(watching().hear(leave(0).at(5000)).until(20_000).confirmed()).toHaveLength(1)
  })

  const idle = () => watch(exitIntent())
  test.each<[string, Signal[]]>([
    ['before any interaction', []],
    ['after moving alone', [move(10, 10).at(2000)]],
    [
      'after a scroll and a focus that the page made',
      [scroll(9, { byShopper: false }).at(2000), focus('#q', { byShopper: false }).at(2100)],
    ],
  ])('%s', (_name, signals) => {
    expect(idle().hear(signals, leave(0).at(10_000)).until(20_000).found).toEqual([])
  })

  test.each<[string, Signal]>([
    ['a press', press('#photo').at(2000)],
    ['typing', input('#q', { length: 1, inserted: 1 }).at(2000)],
    ['a scroll', scroll(50).at(2000)],
  ])('one interaction is enough: %s', (_name, signal) => {
    expect(idle().hear(signal, leave(0).at(10_000)).until(20_000).confirmed()).toHaveLength(1)
  })

  test('who is back within 200 ms', () => {
    expect(watching().hear(leave(0).at(10_000), comeBack.at(10_199)).until(20_000).found).toEqual([])
    expect(watching().hear(leave(0).at(10_000), comeBack.at(10_201)).until(20_000).confirmed()).toHaveLength(
      1,
    )
  })

  test('who is back and goes again has his 200 ms anew', () => {
    const it = watching().hear(leave(0).at(10_000), comeBack.at(10_100), leave(0).at(10_150)).until(10_349)
    expect(it.found).toEqual([])
    expect(it.until(10_350).confirmed()).toMatchObject([{ at: 10_350, onset: 10_150 }])
  })

  test.each<[string, Signal]>([
    ['the page was hidden meanwhile', hide.at(10_150)],
    ['he went to another page', go('product', 'cart').at(10_150)],
  ])('%s', (_name, signal) => {
    expect(watching().hear(leave(0).at(10_000), signal).until(20_000).found).toEqual([])
  })

  test('other signals meanwhile do not lose the exit', () => {
    const it = watching().hear(leave(0).at(10_000), resize.at(10_050), scroll(50).at(10_100)).until(10_200)
    expect(it.confirmed()).toMatchObject([{ at: 10_200 }])
  })

  test('the options are heard', () => {
    const slow = { armMs: 0, confirmMs: 50, edgePx: 60, speedPxPerS: 100 }
    const it = watching(slow)
      .hear(upwards(2000, 50, 100), leave(50).at(2000))
      .until(2050)
    expect(it.confirmed()).toMatchObject([
      { at: 2050, evidence: { outsideMs: 50, outsideMinMs: 50, speedPxPerS: 100, onPageMinMs: 0 } },
    ])
  })
})

describe('touch: a fling to the top', () => {
  /** From `from` px up by `length` in steps of 16 ms; 4000 px can be scrolled. */
  const fling = (at: number, from: number, length: number, ms: number) => {
    const steps = Math.max(1, Math.round(ms / 16))
    return Array.from({ length: steps + 1 }, (_, i) =>
      scroll(from - (length * i) / steps).at(at + (ms * i) / steps),
    )
  }

  test('of 800 px at 2 px/ms from 40 % depth is a suspect, and is never confirmed', () => {
    const it = watching()
      .hear(scroll(1600).at(2000), fling(9000, 1600, 800, 400))
      .until(120_000)
    expect(it.found).toMatchObject([
      {
        phase: 'suspect',
        at: 9400,
        onset: 9000,
        evidence: { flingPx: 800, flingMinPx: 800, pxPerMs: 2, minPxPerMs: 2 },
      },
    ])
  })

  test('after a pause too: reading before it does not make it slower', () => {
    const read = [scroll(1000).at(2000), scroll(1700).at(2200)]
    // The first event the fling makes tells where it has already got to.
    const it = watching()
      .hear(read, fling(9000, 1650, 900, 400))
      .until(20_000)
    expect(it.found).toMatchObject([{ phase: 'suspect', onset: 9000 }])
  })

  test.each<[string, Signal[]]>([
    ['790 px', fling(9000, 1600, 790, 300)],
    ['1.8 px/ms', fling(9000, 1620, 900, 500)],
    ['39 % depth', fling(9000, 1560, 1000, 300)],
    ['downwards', fling(9000, 1600, -1200, 300)],
    [
      'broken by a step down',
      [...fling(9000, 2000, 500, 200), scroll(1510).at(9216), ...fling(9232, 1500, 500, 200)],
    ],
    [
      'made by the page ("back to top")',
      fling(9000, 1600, 1600, 300).map((it) => ({ ...it, byShopper: false })),
    ],
    ['in a box of the page', fling(9000, 1600, 1600, 300).map((it) => ({ ...it, root: false }))],
    ['500 ms after a resize or the keyboard', [resize.at(8900), ...fling(9000, 1600, 800, 399)]],
    ['where a mouse has been: it is the wheel', [move(5, 5).at(2000), ...fling(9000, 1600, 1600, 300)]],
  ])('none: %s', (_name, signals) => {
    expect(watching().hear(signals).until(20_000).found).toEqual([])
  })

  test('one fling is told once, the next one again', () => {
    const it = watching().hear(fling(9000, 3600, 3000, 600), fling(10_000, 600, -3000, 600))
    expect(it.phases()).toHaveLength(1)
    expect(it.hear(fling(11_000, 3600, 1600, 400)).phases()).toHaveLength(2)
  })

  test('the options are heard', () => {
    const it = watching({ flingPx: 100, flingPxPerMs: 1, flingDepth: 0.1 }).hear(fling(2000, 400, 100, 96))
    expect(it.found).toMatchObject([{ phase: 'suspect', evidence: { flingMinPx: 100, minPxPerMs: 1 } }])
  })
})

describe('the end', () => {
  /** Confirmed at 10,200. */
  const leaving = () => watching().hear(leave(0).at(10_000)).until(10_200)

  test('back, and active 2 s later', () => {
    const it = leaving().hear(comeBack.at(12_000), move(9, 9).at(12_100), move(20, 20).at(13_999))
    expect(it.phases()).toEqual(['confirmed@10200'])
    expect(it.hear(move(30, 30).at(14_000)).phases()).toEqual(['confirmed@10200', 'ended@14000'])
  })

  test.each<[string, Signal]>([
    ['pressing', press('#photo').at(14_500)],
    ['typing', input('#q', { length: 1, inserted: 1 }).at(14_500)],
    ['scrolling', scroll(300).at(14_500)],
  ])('%s is activity', (_name, signal) => {
    expect(leaving().hear(comeBack.at(12_000), signal).phases()).toEqual(['confirmed@10200', 'ended@14500'])
  })

  test('a scroll by the page is none', () => {
    const it = leaving().hear(comeBack.at(12_000), scroll(300, { byShopper: false }).at(14_500))
    expect(it.phases()).toEqual(['confirmed@10200'])
  })

  test('who goes out again within the 2 s has not come back', () => {
    const it = leaving().hear(comeBack.at(12_000), leave(0).at(13_000), scroll(9).at(15_000))
    expect(it.phases()).toEqual(['confirmed@10200'])
  })

  test.each<[string, Signal]>([
    ['hidden', hide.at(11_000)],
    ['another page', go('product', 'cart').at(11_000)],
  ])('%s', (_name, signal) => {
    expect(leaving().hear(signal).phases()).toEqual(['confirmed@10200', 'ended@11000'])
  })

  test('it ends once', () => {
    expect(leaving().hear(hide.at(11_000), show.at(12_000), go('a', 'b').at(12_500)).phases()).toHaveLength(2)
  })
})
