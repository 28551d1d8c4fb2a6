import { describe, expect, test } from 'vitest'
import { go, hide, press, response, scroll, show, target } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Expects, Signal } from '../terms'
import { multiClick, type MultiClickOptions } from './multi-click'
import { rageClick, type RageClickOptions } from './rage-click'

type Options = Partial<RageClickOptions & MultiClickOptions>
const watching = (options?: Options) => watch([rageClick(options), multiClick(options)])
const names = (signals: Signal[], options?: Options) =>
  watching(options)
    .hear(signals)
    .until(60_000)
    .confirmed()
    .map(({ name }) => name)

type PressOptions = Parameters<typeof press>[1]
/** Presses on one thing, and how long after each it answers (undefined: never). */
const taps = (
  times: readonly number[],
  { on = '#more', after, ...how }: PressOptions & { on?: string; after?: number | undefined } = {},
): Signal[] =>
  times
    .flatMap((at) => [
      press(on, how).at(at),
      ...(after === undefined ? [] : [response({ near: true }).at(at + after)]),
    ])
    .sort((a, b) => a.at - b.at)

describe('hammering on what does not answer', () => {
  test('is rage at the fourth press, and says what it saw', () => {
    const { found } = watching()
      .hear(taps([5000, 5250, 5500, 5750]))
      .until(60_000)
    expect(found).toEqual([
      {
        name: 'rage-click',
        phase: 'confirmed',
        at: 5750,
        onset: 5000,
        heardAt: 5750,
        evidence: {
          presses: 4,
          pressesMin: 4,
          spanMs: 750,
          spanMaxMs: 1000,
          distancePx: 0,
          distanceMaxPx: 30,
          unanswered: 4,
          unansweredMin: 2,
          responseMaxMs: 300,
        },
      },
      expect.objectContaining({ name: 'rage-click', phase: 'ended', at: 15_750 }),
    ])
  })

  test('very fast: it waits until the answers are overdue', () => {
    const it = watching()
      .hear(taps([0, 80, 160, 240]))
      .until(379)
    expect(it.found).toEqual([])
    expect(it.until(380).confirmed()).toMatchObject([{ name: 'rage-click', at: 380, onset: 0 }])
  })

  test.each<[string, number[], string[]]>([
    ['three presses', [0, 200, 400], []],
    ['four in 1,000 ms', [0, 300, 600, 1000], ['rage-click']],
    ['four in 1,001 ms', [0, 300, 600, 1001], []],
    ['a slow start, then four in time', [0, 900, 1200, 1500, 1800], ['rage-click']],
    ['a double click, and another one', [0, 150, 3000, 3150], []],
    ['six: it is told once', [0, 150, 300, 450, 600, 750], ['rage-click']],
  ])('%s', (_name, times, expected) => {
    // Something elsewhere is alive: nothing is suspect of being dead.
    const alive = times.map((at) => response({ near: false }).at(at + 1))
    const signals = [...taps(times), ...alive].sort((a, b) => a.at - b.at)
    expect(names(signals)).toEqual(expected)
  })

  test.each<[string, PressOptions, number, boolean]>([
    ['30 px away with the mouse', { pointer: 'mouse' }, 30, true],
    ['31 px away with the mouse', { pointer: 'mouse' }, 31, false],
    ['44 px away with a finger', { pointer: 'touch' }, 44, true],
    ['45 px away with a finger', { pointer: 'touch' }, 45, false],
  ])('%s', (_name, how, px, expected) => {
    const signals = [0, 100, 200].flatMap((at) => taps([at], { ...how, place: [100, 100] }))
    expect(names([...signals, ...taps([300], { ...how, place: [100 + px, 100] })])).toEqual(
      expected ? ['rage-click'] : [],
    )
  })

  test('a far change is no answer, one 300 ms later neither', () => {
    const far = [0, 200, 400, 600].flatMap((at) => [
      press('#buy').at(at),
      response({ near: false }).at(at + 50),
    ])
    expect(names(far)).toEqual(['rage-click'])
    expect(names(taps([0, 400, 800, 1000], { after: 301 }))).toEqual(['rage-click'])
  })

  test('when it answers no more: rage after many answered presses', () => {
    const signals = [...taps([0, 200, 400, 600], { after: 40 }), ...taps([2000, 2200, 2400, 2600])]
    expect(names(signals)).toEqual(['multi-click', 'rage-click'])
  })

  test('a keyboard, key by key', () => {
    expect(names(taps([0, 180, 360, 540], { pointer: 'key', place: [0, 0] }))).toEqual(['rage-click'])
  })
})

describe('three presses on what seems dead', () => {
  test('within 2 s, the page silent for 1 s', () => {
    const [found] = watching()
      .hear(taps([0, 900, 1800]))
      .until(60_000)
      .confirmed()
    expect(found).toMatchObject({
      name: 'rage-click',
      at: 1800,
      onset: 0,
      evidence: {
        presses: 3,
        pressesMin: 3,
        spanMs: 1800,
        spanMaxMs: 2000,
        silentMs: 1800,
        silentMinMs: 1000,
      },
    })
  })

  test.each<[string, Signal[], string[]]>([
    ['in 2,001 ms', taps([0, 900, 2001]), []],
    ['silent for 999 ms', taps([0, 500, 999]), []],
    ['silent for 1,000 ms', taps([0, 500, 1000]), ['rage-click']],
    ['one press, a pause, three more', taps([0, 5000, 5400, 5800]), ['rage-click']],
    ['something alive between', [...taps([0, 900]), response({ near: false }).at(1500), ...taps([1800])], []],
    ['it scrolled', [...taps([0, 900]), scroll(900).at(1500), ...taps([1800])], []],
  ])('%s', (_name, signals, expected) => {
    expect(names(signals)).toEqual(expected)
  })
})

describe('what answers is no rage', () => {
  test.each<[string, Signal[]]>([
    ['a stepper', taps([0, 200, 400, 600, 800, 1000, 1200], { after: 12 })],
    ['the arrows of a calendar', taps([0, 260, 520, 780, 1040], { after: 30 })],
    ['a carousel that slides', taps([0, 250, 500, 750], { after: 290 })],
    ['a slow phone', taps([0, 280, 560, 840], { after: 250, pointer: 'touch' })],
    ['one answer for two quick presses', [0, 150, 400, 550].flatMap((at, i) => [
      press('#more').at(at),
      ...(i % 2 ? [response().at(at + 60)] : []),
    ])],
  ])('%s: multi-click', (_name, signals) => {
    expect(names(signals)).toEqual(['multi-click'])
  }) // prettier-ignore

  test('one press too many, at the end of a carousel', () => {
    const signals = [...taps([0, 220, 440], { after: 20 }), ...taps([660])]
    expect(names(signals)).toEqual(['multi-click'])
    expect(names([...signals, ...taps([880])])).toContain('rage-click')
  })

  test('multi-click is complete with its last answer, and ends after 3 s', () => {
    const { found } = watching()
      .hear(taps([0, 200, 400, 600], { after: 40 }))
      .until(60_000)
    expect(found).toMatchObject([
      { name: 'multi-click', at: 640, onset: 0, evidence: { presses: 4, unanswered: 0 } },
      { phase: 'ended', at: 3640 },
    ])
  })
})

describe('what is no press at all', () => {
  test.each<Expects>(['nothing', 'elsewhere'])('on what should do %s', (expects) => {
    expect(names(taps([0, 150, 300, 450, 600], { expects }))).toEqual([])
  })

  test('about in a field', () => {
    expect(names([0, 150, 300, 450, 600].map((at) => press(target('#q', { role: 'field' })).at(at)))).toEqual(
      [],
    )
  })

  test('a key that is held down', () => {
    const held = Array.from({ length: 60 }, (_, i) => 500 + i * 33)
    expect(names(taps([0, ...held], { pointer: 'key' }))).toEqual([])
  })

  test('a game of pairs: one after the other', () => {
    expect(names([0, 200, 400, 600].map((at, i) => press(`#card${i}`).at(at)))).toEqual([])
  })

  test('to and fro between two things', () => {
    expect(
      names([0, 200, 400, 600, 800, 1000].map((at, i) => press(i % 2 ? '#less' : '#more').at(at))),
    ).toEqual([])
  })

  test('where the page wants it ignored', () => {
    const more = target('#more', { ignore: ['rage-click'] })
    expect(names([0, 200, 400, 600].map((at) => press(more).at(at)))).toEqual([])
    expect(names([0, 200, 400, 600].flatMap((at) => [press(more).at(at), response().at(at + 9)]))).toEqual([
      'multi-click',
    ])
  })

  test('across a hidden page or another page', () => {
    for (const between of [[hide.at(450), show.at(450)], [go('cart', 'checkout').at(450)]])
      expect(names([...taps([0, 200, 400]), ...between, ...taps([500])])).toEqual([])
  })
})

describe('it ends', () => {
  test.each<[string, Signal, number]>([
    ['with a press on something else', press('#back').at(3000), 3000],
    ['with a press on plain text', press('#text', { expects: 'nothing' }).at(3000), 3000],
    ['with another page', go('cart', 'checkout').at(3000), 3000],
    ['hidden', hide.at(3000), 3000],
    ['10 s after the last press there', press('#more').at(3000), 13_000],
  ])('%s', (_name, signal, at) => {
    const it = watching()
      .hear(taps([0, 250, 500, 750]), signal)
      .until(60_000)
    expect(it.found.slice(1)).toMatchObject([{ name: 'rage-click', phase: 'ended', at }])
  })
})

test('the options are heard', () => {
  const options = {
    presses: 2,
    withinMs: 5000,
    distancePx: 200,
    responseMs: 50,
    unanswered: 1,
    deadPresses: 9,
  }
  const signals = [press('#more', { place: [0, 0] }).at(0), press('#more', { place: [150, 0] }).at(4000)]
  expect(names(signals, options)).toEqual(['rage-click'])
})

test('how near it was', () => {
  const it = watching().hear(taps([0, 200, 400]))
  expect(it.runner.near()).toMatchObject([
    { name: 'rage-click', share: 0.75, evidence: { presses: 3, pressesMin: 4 } },
    { name: 'multi-click', share: 0.75 },
  ])
  const calm = watching().hear(taps([600, 800, 1000, 1200], { after: 20 }))
  expect(calm.runner.near()).toMatchObject([
    { name: 'rage-click', share: 0.9, why: 'the presses were answered' },
  ])
})
