import { describe, expect, test } from 'vitest'
import { blur, commit, field, focus, go, input, invalid, submit, typist } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import type { Found } from './run'
import { rageTyping, type RageTypingOptions } from './rage-typing'

const watching = (options?: Partial<RageTypingOptions>) => watch(rageTyping(options))

describe('one field, again and again', () => {
  test('three times grown, erased, grown: complete with the keystroke that makes the third', () => {
    const hand = typist('#promo')
    const it = watching().hear(hand.types(8), hand.typesOver(8), hand.typesOver(8))
    expect(it.found).toEqual([])
    it.hear(hand.typesOver(2))
    expect(it.found).toEqual([])
    it.hear(hand.types(1))
    expect(it.found).toEqual([
      {
        name: 'rage-typing',
        phase: 'confirmed',
        at: hand.at(),
        onset: 100,
        heardAt: hand.at(),
        evidence: { cycles: 3, cyclesMin: 3, spanMs: hand.at() - 100, windowMs: 60_000 },
      },
    ])
  })

  test('with the backspace key it is the same', () => {
    const hand = typist('#promo')
    const cycle = () => [hand.backspaces(8), hand.types(8)].flat()
    const it = watching().hear(hand.types(8), cycle(), cycle(), cycle())
    expect(it.confirmed()).toMatchObject([{ evidence: { cycles: 3 } }])
  })

  test('two corrections are calm', () => {
    const hand = typist('#promo')
    expect(watching().hear(hand.types(8), hand.typesOver(8), hand.typesOver(40)).found).toEqual([])
  })

  test('70 % must go: 6 of 10 characters are a correction, 7 are a wipe', () => {
    const cycles = (erased: number) => {
      const hand = typist('#promo')
      const again = () => [hand.backspaces(erased), hand.types(erased)].flat()
      return watching().hear(hand.types(10), again(), again(), again(), again()).confirmed().length
    }
    expect([cycles(6), cycles(7)]).toEqual([0, 1])
  })

  test('3 characters make a growth: of 2 there is nothing to tell', () => {
    const cycles = (length: number) => {
      const hand = typist('#promo')
      return watching()
        .hear(hand.types(length), hand.typesOver(length), hand.typesOver(length), hand.typesOver(length))
        .confirmed().length
    }
    expect([cycles(2), cycles(3)]).toEqual([0, 1])
  })

  test('60 s hold them all: what is older counts no more, and the span told is never longer', () => {
    const cycles = (pauseMs: number) => {
      const hand = typist('#promo', { everyMs: 10 })
      const again = () => [hand.waits(pauseMs), hand.typesOver(8)].flat()
      return watching().hear(hand.types(8), again(), again(), again()).confirmed()
    }
    expect(cycles(19_000)).toMatchObject([{ evidence: { cycles: 3, windowMs: 60_000 } }])
    expect(Number(cycles(19_000)[0]!.evidence['spanMs'])).toBeLessThanOrEqual(60_000)
    expect(cycles(21_000)).toEqual([])
  })

  test('each field for itself', () => {
    const [one, two] = [typist('#promo'), typist('#name')]
    const both = [
      one.types(8),
      two.types(8),
      one.typesOver(8),
      two.typesOver(8),
      one.typesOver(8),
      two.typesOver(8),
    ]
    const inOrder = both.flat().sort((a, b) => a.at - b.at)
    expect(watching().hear(inOrder).found).toEqual([])
  })

  test.each<[string, (hand: ReturnType<typeof typist>) => Signal[]]>([
    ['paste, undo, autofill, autocorrect over it', (hand) => hand.exchanges(8)],
    ['a paste into the emptied field', (hand) => [hand.backspaces(8), hand.exchanges(8)].flat()],
  ])('nobody typed it: %s', (_name, again) => {
    const hand = typist('#promo')
    const it = watching().hear(hand.types(8), again(hand), again(hand), again(hand), again(hand), again(hand))
    expect(it.found).toEqual([])
  })

  test('what was not typed breaks the cycles before it', () => {
    const hand = typist('#promo')
    const it = watching().hear(hand.types(8), hand.typesOver(8), hand.typesOver(8), hand.exchanges(8))
    expect(it.hear(hand.typesOver(8), hand.typesOver(8)).found).toEqual([])
  })

  test('an input method tells whole words: those make growths as well', () => {
    const hand = typist('#promo')
    const again = () => [hand.backspaces(6), hand.composes(6)].flat()
    expect(watching().hear(hand.composes(6), again(), again(), again()).confirmed()).toHaveLength(1)
  })

  test('a chat box that the page empties after each message was not erased', () => {
    const hand = typist('#chat')
    const sent = (length: number) => [hand.types(length), hand.clearedByPage()].flat()
    expect(watching().hear(sent(20), sent(15), sent(20), sent(12), sent(9)).found).toEqual([])
  })

  test('nor is a small correction in the short message after a long one a wipe', () => {
    const hand = typist('#chat')
    const message = (length: number) =>
      [hand.types(length), hand.backspaces(1), hand.types(3), hand.clearedByPage()].flat()
    const talk = [1, 2, 3, 4].flatMap(() => [message(40), message(5)])
    expect(watching().hear(...talk).found).toEqual([])
  })

  test('a text that stood there before counts as the first growth', () => {
    const over = (at: number) => [
      input('#name', { length: 1, inserted: 1, erased: 8 }).at(at),
      input('#name', { length: 8, inserted: 7 }).at(at + 50),
    ]
    expect(watching().hear(over(100), over(1100), over(2100)).confirmed()).toHaveLength(1)
  })

  test('sensitive fields and those kept out of it are not looked at', () => {
    for (const kept of [field('#pw', { sensitive: true }), field('#code', { ignore: ['rage-typing'] })]) {
      const hand = typist(kept)
      const it = watching().hear(hand.types(8), hand.typesOver(8), hand.typesOver(8), hand.typesOver(8))
      expect(it.found).toEqual([])
    }
  })

  test('another page forgets the fields', () => {
    const hand = typist('#promo')
    const before = [hand.types(8), hand.typesOver(8), hand.typesOver(8)].flat()
    const it = watching().hear(before, go('cart', 'checkout').at(hand.at()), hand.typesOver(8))
    expect(it.found).toEqual([])
  })

  test('the options are heard', () => {
    const hand = typist('#promo')
    const options = { cycles: 1, growth: 5, erasedShare: 0.5, windowMs: 2000 }
    const it = watching(options).hear(hand.types(10), hand.backspaces(5), hand.types(4))
    expect(it.found).toEqual([])
    expect(it.hear(hand.types(1)).found).toMatchObject([
      { evidence: { cycles: 1, cyclesMin: 1, windowMs: 2000 } },
    ])
  })
})

describe('one form, tried again against its errors', () => {
  /** One press on "submit": each refused field tells, in one task. */
  const refused = (at: number, fields = 1, hadErrors = false) =>
    Array.from({ length: fields }, (_, i) => invalid('#pay', { hadErrors }).at(at + i))

  test('twice again within 30 s', () => {
    const it = watching().hear(refused(1000), refused(5000))
    expect(it.found).toEqual([])
    expect(it.hear(refused(9000)).found).toMatchObject([
      {
        phase: 'confirmed',
        at: 9000,
        onset: 5000,
        evidence: { resubmits: 2, resubmitsMin: 2, spanMs: 4000, windowMs: 30_000 },
      },
    ])
  })

  test('however many fields were refused, one press is one try', () => {
    const it = watching().hear(refused(1000, 4), refused(5000, 4))
    expect(it.found).toEqual([])
    expect(it.hear(refused(9000, 4)).confirmed()).toHaveLength(1)
  })

  test('a form that checks itself: submits while it shows errors', () => {
    const again = (at: number) => submit('#pay', { hadErrors: true }).at(at)
    const it = watching().hear(submit('#pay').at(1000), again(5000))
    expect(it.found).toEqual([])
    expect(it.hear(again(9000)).confirmed()).toMatchObject([{ evidence: { resubmits: 2 } }])
  })

  test('not when they lie more than 30 s apart', () => {
    expect(watching().hear(refused(1000), refused(5000), refused(35_001)).found).toEqual([])
    expect(watching().hear(refused(1000), refused(5000), refused(35_000)).confirmed()).toHaveLength(1)
  })

  test('submits without errors are none, nor are other forms', () => {
    const calm = [1000, 3000, 5000, 7000].map((at) => submit('#search').at(at))
    expect(watching().hear(calm).found).toEqual([])
    const mixed = [...refused(1000), ...refused(5000), submit('#search').at(6000), ...refused(7000)]
    expect(watching().hear(mixed).found).toEqual([])
  })

  test('the options are heard', () => {
    const it = watching({ resubmits: 1, resubmitMs: 1000 }).hear(refused(1000), refused(5000))
    expect(it.confirmed()).toMatchObject([{ evidence: { resubmits: 1, resubmitsMin: 1, windowMs: 1000 } }])
  })
})

describe('the same issue told again', () => {
  test('four words, half of which stood there before', () => {
    const it = watching().hear(commit('#issue', { words: 4, overlap: 0.5 }).at(5000))
    expect(it.found).toMatchObject([
      {
        phase: 'confirmed',
        at: 5000,
        onset: 5000,
        evidence: { overlap: 0.5, overlapMin: 0.5, words: 4, wordsMin: 4 },
      },
    ])
  })

  test.each([
    { words: 4, overlap: 0.49 },
    { words: 3, overlap: 1 },
    { words: 40, overlap: 0 },
  ])('not $words words of which $overlap stood there', (said) => {
    expect(watching().hear(commit('#issue', said).at(5000)).found).toEqual([])
  })

  test('a field kept out of it is not looked at', () => {
    const kept = field('#issue', { ignore: ['rage-typing'] })
    expect(watching().hear(commit(kept, { words: 9, overlap: 1 }).at(5000)).found).toEqual([])
  })

  test('the options are heard', () => {
    const said = commit('#issue', { words: 2, overlap: 0.2 }).at(5000)
    expect(watching({ words: 2, overlap: 0.2 }).hear(said).confirmed()).toHaveLength(1)
  })
})

describe('the end', () => {
  const raging = () => {
    const hand = typist('#promo')
    const it = watching().hear(hand.types(8), hand.typesOver(8), hand.typesOver(8), hand.typesOver(8))
    return Object.assign(it, { hand })
  }
  const phases = (it: { found: readonly Found[] }) => it.found.map(({ phase }) => phase)

  test('the field is left for 10 s', () => {
    const it = raging()
    it.hear(it.hand.leaves())
    expect(phases(it.until(it.hand.at() + 9999))).toEqual(['confirmed'])
    it.until(it.hand.at() + 10_000)
    expect(it.found.at(-1)).toMatchObject({ phase: 'ended', at: it.hand.at() + 10_000 })
  })

  test('not while it has the focus, nor when it gets it back in time, nor when another is left', () => {
    expect(phases(raging().until(300_000))).toEqual(['confirmed'])
    const it = raging()
    const left = it.hand.at()
    it.hear(
      blur('#promo').at(left),
      focus('#promo', { length: 8 }).at(left + 9000),
      blur('#other').at(left + 9500),
    )
    expect(phases(it.until(300_000))).toEqual(['confirmed'])
  })

  test.each<[string, (at: number) => Signal]>([
    ['a submit that leaves no errors', (at) => submit('#cart').at(at)],
    ['another page', (at) => go('cart', 'checkout').at(at)],
  ])('%s', (_name, signal) => {
    const it = raging()
    expect(phases(it.hear(signal(it.hand.at() + 500)))).toEqual(['confirmed', 'ended'])
  })

  test('a submit against errors is none', () => {
    const it = raging()
    it.hear(submit('#pay', { hadErrors: true }).at(it.hand.at() + 500))
    expect(phases(it)).toEqual(['confirmed'])
  })

  test('a text told again and left stays for 10 s', () => {
    const told = [blur('#issue', 80).at(5000), commit('#issue', { words: 9, overlap: 1 }).at(5000)]
    expect(watching().hear(told).until(14_999).phases()).toEqual(['confirmed@5000'])
    expect(watching().hear(told).until(60_000).phases()).toEqual(['confirmed@5000', 'ended@15000'])
  })

  test('and longer for who goes on writing in it', () => {
    const told = [blur('#issue', 80).at(5000), commit('#issue', { words: 9, overlap: 1 }).at(5000)]
    const it = watching()
      .hear(told, focus('#issue', { length: 80 }).at(9000))
      .until(60_000)
    expect(it.phases()).toEqual(['confirmed@5000'])
  })
})
