import { describe, expect, test } from 'vitest'
import {
  blur,
  enter,
  exit,
  field,
  focus,
  go,
  hover,
  input,
  move,
  moves,
  press,
  scroll,
  submit,
  target,
  view,
  wheel,
} from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { hesitation, type HesitationOptions } from './hesitation'

const watching = (options?: Partial<HesitationOptions>) => watch(hesitation(options))

/** In at `from`, out at `to`. */
const visit = (from: number, to: number, name = '#buy'): Signal[] => [...enter(name, from), ...exit(to)]

describe('the mouse rests on a decision', () => {
  test('2 s within an element are a hesitation, complete at the very instant', () => {
    const { found } = watching().hear(enter('#buy', 1000)).until(3000)
    expect(found).toEqual([
      {
        name: 'hesitation',
        phase: 'confirmed',
        at: 3000,
        onset: 1000,
        heardAt: 3000,
        evidence: { dwellMs: 2000, dwellMinMs: 2000, driftPx: 0, driftMaxPx: 10 },
        target: expect.any(Number) as number,
      },
    ])
  })

  test('on a busy machine the moves before it are far apart: one at another place than the last is a move, too', () => {
    const busy = watching()
      .hear(move(3, 76).at(1000), hover('#buy', [9, 79]).at(1457))
      .until(3457)
    expect(busy.found).toMatchObject([{ at: 3457, onset: 1457 }])
  })

  test.each([
    ['that rests', [move(9.4, 79).at(1000)]],
    ['that was never seen to move', []],
  ])('what comes to lie under a mouse %s is not hesitated on', (_what, before) => {
    expect(
      watching()
        .hear(before, hover('#buy', [9, 79]).at(1457))
        .until(9000).found,
    ).toEqual([])
  })

  test('1,999 ms are none', () => {
    expect(watching().hear(enter('#buy', 1000)).until(2999).found).toEqual([])
  })

  test('a timer that ran late changes when it was heard, not when it was complete', () => {
    const it = watching().hear(enter('#buy', 1000)).until(2500)
    it.clock.block(900)
    expect(it.found).toMatchObject([{ at: 3000, onset: 1000, heardAt: 3400, evidence: { dwellMs: 2000 } }])
  })

  test('a drift of 10 px is rest and is told; of more, the rest begins anew there', () => {
    const drifting = watching().hear(enter('#buy', 1000), move(18, 16).at(1500)).until(3000)
    expect(drifting.found).toMatchObject([{ at: 3000, evidence: { driftPx: 10, driftMaxPx: 10 } }])

    const moving = watching().hear(enter('#buy', 1000), move(21, 10).at(1500)).until(3499)
    expect(moving.found).toEqual([])
    expect(moving.until(3500).found).toMatchObject([{ at: 3500, onset: 1500, evidence: { driftPx: 0 } }])
  })

  test('the drift is measured from where the rest began, however many samples come in one go', () => {
    const crawl = moves([1200, 14, 10], [1400, 18, 10], [1600, 22, 10], [1800, 26, 10])
    expect(watching().hear(enter('#buy', 1000), crawl).until(4000).found).toMatchObject([
      { at: 3600, onset: 1600, evidence: { driftPx: 4 } },
    ])
  })

  test('samples from before the mouse was in it do not count', () => {
    const late = moves([900, 400, 400], [1100, 11, 10])
    expect(watching().hear(enter('#buy', 1000), late).until(3000).found).toMatchObject([{ onset: 1000 }])
  })

  test('an element that comes to lie under a mouse at rest was not entered', () => {
    const it = watching().hear(move(10, 10).at(800), hover('#buy').at(901)).until(10_000)
    expect(it.found).toEqual([])
    const moved = watching().hear(move(10, 10).at(800), hover('#buy').at(900)).until(10_000)
    expect(moved.confirmed()).toMatchObject([{ onset: 900 }])
  })

  test.each<[string, Signal]>([
    ['typing', input('#name', { length: 1, inserted: 1 }).at(2000)],
    ['scrolling', scroll(100).at(2000)],
    ['the wheel', wheel.at(2000)],
  ])('%s starts the rest anew', (_name, signal) => {
    const it = watching().hear(enter('#buy', 1000), signal).until(3999)
    expect(it.found).toEqual([])
    expect(it.until(4000).confirmed()).toMatchObject([{ at: 4000, onset: 2000 }])
  })

  test('a scroll that the page makes by itself changes nothing', () => {
    const byPage = scroll(100, { byShopper: false }).at(2000)
    expect(watching().hear(enter('#buy', 1000), byPage).until(3000).confirmed()).toMatchObject([{ at: 3000 }])
  })

  test.each<[string, Signal[]]>([
    ['leaving', exit(2999)],
    ['a press', [press('#buy').at(2999)]],
    ['a press on something else', [press('#other', { decision: false }).at(2999)]],
    ['another page', [go('pricing', 'cart').at(2999)]],
  ])('%s before the 2 s ends the rest', (_name, signals) => {
    expect(watching().hear(enter('#buy', 1000), signals).until(20_000).found).toEqual([])
  })

  test('from one element straight into another: the second has its own 2 s', () => {
    const it = watching().hear(enter('#buy', 1000), enter('#ask', 2500)).until(20_000)
    expect(it.confirmed()).toMatchObject([{ at: 4500, onset: 2500 }])
  })

  test('an element that the page keeps out of hesitation is none', () => {
    const kept = target('#quiet', { ignore: ['hesitation'] })
    const other = target('#loud', { ignore: ['rage-click'] })
    expect(watching().hear(enter(kept, 1000)).until(20_000).found).toEqual([])
    expect(watching().hear(enter(other, 1000)).until(20_000).confirmed()).toHaveLength(1)
  })

  test('the options are heard', () => {
    const it = watching({ dwellMs: 500, driftPx: 30 }).hear(enter('#buy', 0), move(35, 10).at(100)).until(500)
    expect(it.found).toMatchObject([
      { at: 500, evidence: { dwellMs: 500, dwellMinMs: 500, driftPx: 25, driftMaxPx: 30 } },
    ])
  })
})

describe('in and out of one decision', () => {
  const doubtful = [...visit(0, 400), ...visit(2000, 2400), ...visit(5000, 5400)]

  test('three visits of 400 ms are a hesitation, complete as the third ends', () => {
    expect(watching().hear(doubtful).found).toMatchObject([
      {
        phase: 'confirmed',
        at: 5400,
        onset: 0,
        evidence: { visits: 3, visitsMin: 3, spanMs: 5400, spanMaxMs: 30_000, visitMinMs: 400 },
      },
    ])
  })

  test('passing over it in 399 ms is no visit', () => {
    const passing = [...visit(0, 400), ...visit(2000, 2400), ...visit(5000, 5399)]
    expect(watching().hear(passing).until(60_000).found).toEqual([])
  })

  test('two visits are none, nor are three that take more than 30 s', () => {
    expect(watching().hear(doubtful.slice(0, 8)).until(60_000).found).toEqual([])
    const slow = [...visit(0, 400), ...visit(15_000, 15_400), ...visit(29_500, 30_001)]
    expect(watching().hear(slow).until(60_000).found).toEqual([])
    const inTime = [...visit(0, 400), ...visit(15_000, 15_400), ...visit(29_500, 30_000)]
    expect(watching().hear(inTime).confirmed()).toHaveLength(1)
  })

  test('visits to different elements do not add up, those between do not disturb', () => {
    const one = [...visit(0, 500), ...visit(1000, 1500, '#ask'), ...visit(2000, 2500, '#more')]
    expect(watching().hear(one).until(60_000).found).toEqual([])
    const two = [...one, ...visit(3000, 3500), ...visit(4000, 4500, '#ask'), ...visit(5000, 5500)]
    expect(watching().hear(two).confirmed()).toMatchObject([{ at: 5500, onset: 0, evidence: { visits: 3 } }])
  })

  test('a visit that was clicked in is a decision: it does not count, and those before are forgotten', () => {
    const clicked = [...visit(0, 400), ...visit(1000, 1400), ...enter('#buy', 2000), press('#buy').at(2300)]
    const after = [...clicked, ...exit(2800), ...visit(4000, 4400), ...visit(5000, 5400)]
    expect(watching().hear(after).until(6000).found).toEqual([])
  })

  test('they live their 15 s from when they were complete, however long they took', () => {
    const long = [...visit(0, 500), ...visit(12_000, 12_500), ...visit(24_000, 25_000)]
    const it = watching().hear(long).until(39_999)
    expect(it.phases()).toEqual(['confirmed@25000'])
    expect(it.until(40_000).phases()).toEqual(['confirmed@25000', 'ended@40000'])
  })

  test('the options are heard', () => {
    const options = { visits: 2, visitMs: 100, visitsWithinMs: 1000 }
    expect(watching(options).hear(visit(0, 100), visit(900, 1000)).confirmed()).toMatchObject([
      { evidence: { visits: 2, visitsMin: 2, visitMinMs: 100, spanMs: 1000, spanMaxMs: 1000 } },
    ])
    expect(watching(options).hear(visit(0, 100), visit(900, 1001)).found).toEqual([])
  })
})

describe('a chosen field stays empty', () => {
  test('for 5 s', () => {
    const it = watching().hear(focus('#street').at(1000)).until(5999)
    expect(it.found).toEqual([])
    expect(it.until(6000).found).toMatchObject([
      { phase: 'confirmed', at: 6000, onset: 1000, evidence: { emptyMs: 5000, emptyMinMs: 5000 } },
    ])
  })

  test.each<[string, Signal[]]>([
    ['a first character', [focus('#street').at(1000), input('#street', { length: 1, inserted: 1 }).at(5999)]],
    ['leaving it (or the window)', [focus('#street').at(1000), blur('#street').at(5999)]],
    ['a text that stood in it', [focus('#street', { length: 4 }).at(1000)]],
    ['focus that the page gave', [focus('#street', { byShopper: false }).at(1000)]],
    ['card, code, password: it takes time', [focus(field('#card', { sensitive: true })).at(1000)]],
    ['a field kept out of it', [focus(field('#otp', { ignore: ['hesitation'] })).at(1000)]],
    ['another page', [focus('#street').at(1000), go('checkout', 'cart').at(5999)]],
  ])('not after %s', (_name, signals) => {
    expect(watching().hear(signals).until(30_000).found).toEqual([])
  })

  test('the next field has its own 5 s', () => {
    const tabbing = [focus('#street').at(1000), blur('#street').at(4000), focus('#city').at(4000)]
    expect(watching().hear(tabbing).until(9000).found).toMatchObject([{ at: 9000, onset: 4000 }])
  })

  test('the option is heard', () => {
    expect(watching({ emptyMs: 800 }).hear(focus('#street').at(0)).until(800).found).toMatchObject([
      { at: 800, evidence: { emptyMs: 800, emptyMinMs: 800 } },
    ])
  })
})

describe('touch: there is no hover', () => {
  const tap = press('#photo', { pointer: 'touch', decision: false })
  const looking = [tap.at(1000), view('#buy', true).at(2000)]

  test('6 s before the eyes without a touch are a suspect alone', () => {
    const it = watching().hear(looking).until(7999)
    expect(it.found).toEqual([])
    expect(it.until(120_000).found).toMatchObject([
      { phase: 'suspect', at: 8000, onset: 2000, evidence: { stillMs: 6000, stillMinMs: 6000 } },
    ])
  })

  test('scrolled out of view and back, it is confirmed', () => {
    const it = watching()
      .hear(looking)
      .until(8000)
      .hear(scroll(900).at(9000), view('#buy', false).at(9000))
      .hear(scroll(100).at(10_500), view('#buy', true).at(10_500))
    expect(it.found).toMatchObject([
      { phase: 'suspect', at: 8000 },
      {
        phase: 'confirmed',
        at: 10_500,
        onset: 2000,
        evidence: { stillMs: 6000, stillMinMs: 6000, awayAndBackMs: 2500 },
      },
    ])
  })

  test('and then lives its 15 s', () => {
    const it = watching()
      .hear(looking)
      .until(8000)
      .hear(view('#buy', false).at(25_000), view('#buy', true).at(30_000))
      .until(44_999)
    expect(it.phases()).toEqual(['suspect@8000', 'confirmed@30000'])
    expect(it.until(45_000).phases()).toEqual(['suspect@8000', 'confirmed@30000', 'ended@45000'])
  })

  test.each<[string, Signal[]]>([
    ['nobody has touched the page yet', [view('#buy', true).at(2000)]],
    ['the mouse pressed', [press('#photo').at(1000), view('#buy', true).at(2000)]],
    ['a touch', [...looking, tap.at(7999)]],
    ['a scroll', [...looking, scroll(10).at(7999)]],
    ['out of view', [...looking, view('#buy', false).at(7999)]],
    [
      'another element came into view late',
      [...looking, view('#buy', false).at(3000), view('#b', true).at(3000)],
    ],
    ['another page', [...looking, go('product', 'cart').at(7999)]],
  ])('no suspect at 8 s: %s', (_name, signals) => {
    expect(watching().hear(signals).until(8000).found).toEqual([])
  })

  test('one element at a time: the first that came into view', () => {
    const it = watching().hear(looking, view('#more', true).at(2500)).until(60_000)
    expect(it.phases()).toEqual(['suspect@8000'])
    const other = watching().hear(looking, view('#more', true).at(2500)).until(8000)
    other.hear(view('#more', false).at(9000), view('#more', true).at(10_000))
    expect(other.confirmed()).toEqual([])
  })

  test.each<[string, Signal]>([
    ['pressed', press('#buy', { pointer: 'touch' }).at(8500)],
    ['submitted', submit('#form').at(8500)],
    ['left the page', go('product', 'cart').at(8500)],
  ])('who %s has decided: coming back to it confirms nothing', (_name, signal) => {
    const it = watching()
      .hear(looking)
      .until(8000)
      .hear(signal, view('#buy', false).at(9000), view('#buy', true).at(10_000))
    expect(it.confirmed()).toEqual([])
  })

  test('an element that the page keeps out of hesitation is not looked at', () => {
    const kept = target('#quiet', { ignore: ['hesitation'] })
    expect(watching().hear(tap.at(1000), view(kept, true).at(2000)).until(60_000).found).toEqual([])
  })

  test('the option is heard', () => {
    expect(watching({ stillMs: 1000 }).hear(looking).until(3000).found).toMatchObject([
      { phase: 'suspect', at: 3000, evidence: { stillMs: 1000, stillMinMs: 1000 } },
    ])
  })
})

describe('the end', () => {
  /** Confirmed at 3000. */
  const hesitating = () => watching().hear(enter('#buy', 1000)).until(3000)

  test('15 s after it was confirmed: the shopper has walked away', () => {
    expect(hesitating().until(17_999).phases()).toEqual(['confirmed@3000'])
    expect(hesitating().until(60_000).phases()).toEqual(['confirmed@3000', 'ended@18000'])
  })

  test.each<[string, Signal]>([
    ['a press on it', press('#buy').at(4000)],
    ['a submit', submit('#form').at(4000)],
    ['another page', go('pricing', 'cart').at(4000)],
  ])('%s', (_name, signal) => {
    expect(hesitating().hear(signal).phases()).toEqual(['confirmed@3000', 'ended@4000'])
  })

  test.each<[string, Signal[]]>([
    ['the mouse leaves it', exit(4000)],
    ['typing', [input('#name', { length: 1, inserted: 1 }).at(4000)]],
    ['scrolling', [scroll(80).at(4000)]],
    ['the wheel', [wheel.at(4000)]],
    ['a press elsewhere', [press('#other').at(4000)]],
  ])('3 s after the shopper turned to something else: %s', (_name, signals) => {
    const it = hesitating().hear(signals).until(6999)
    expect(it.phases()).toEqual(['confirmed@3000'])
    expect(it.until(7000).phases()).toEqual(['confirmed@3000', 'ended@7000'])
  })

  test('more of something else does not put the end off', () => {
    const it = hesitating().hear(exit(4000), scroll(10).at(5000), scroll(90).at(6000)).until(20_000)
    expect(it.phases()).toEqual(['confirmed@3000', 'ended@7000'])
  })

  test('who returns to it within 3 s is still in it', () => {
    const it = hesitating().hear(exit(4000), enter('#buy', 6900)).until(17_999)
    expect(it.phases()).toEqual(['confirmed@3000'])
  })

  test('a form that the browser refused is no submit, moving about in it no end', () => {
    const it = hesitating()
      .hear(move(300, 300).at(4000), moves([5000, 1, 1], [5100, 90, 90]))
      .until(17_000)
    expect(it.phases()).toEqual(['confirmed@3000'])
  })

  test('at rest it is told once, not every 2 s', () => {
    expect(hesitating().until(17_000).confirmed()).toHaveLength(1)
  })
})
