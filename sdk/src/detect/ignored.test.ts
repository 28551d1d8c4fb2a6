import { describe, expect, test } from 'vitest'
import {
  commit,
  enter,
  exit,
  fault,
  field,
  focus,
  go,
  idOf,
  invalid,
  moment,
  press,
  response,
  submit,
  target,
  typist,
  view,
} from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal, TargetRef } from '../terms'
import { catalogue } from './catalogue'

/** `data-splitsecond-ignore="<moment>"` on all that a story has to do with keeps that moment away, and no other. */
const stories: Readonly<Record<string, Readonly<Record<string, readonly Signal[]>>>> = {
  hesitation: {
    'rests on a button': enter('#buy', 100),
    'visits it three times': [1000, 3000, 5000].flatMap((at) => [...enter('#buy', at), ...exit(at + 900)]),
    'leaves a field empty': [focus('#promo').at(100)],
    'looks at it for long, with a finger': [
      press('#more', { pointer: 'touch', decision: false }).at(100),
      view('#buy', true).at(200),
      view('#buy', false).at(8000),
      view('#buy', true).at(9000),
    ],
  },
  'rage-typing': {
    'types it again and again': [4, 4, 4, 4].flatMap(
      ((hand) => (length: number, i: number) => (i ? hand.typesOver(length) : hand.types(length)))(
        typist('#promo'),
      ),
    ),
    'sends it again and again': [1000, 5000, 9000].map((at) => submit('#pay', { hadErrors: true }).at(at)),
    'is refused again and again': [1000, 5000, 9000].map((at) => invalid('#pay', { hadErrors: true }).at(at)),
    'tells it again': [commit('#issue', { words: 9, overlap: 0.9 }).at(100)],
  },
  'rage-click': { hammers: [0, 140, 280, 420].map((ms) => press('#more').at(100 + ms)) },
  'multi-click': {
    steps: [0, 140, 280, 420].flatMap((ms) => [press('#more').at(100 + ms), response().at(120 + ms)]),
  },
  'dead-click': { 'presses and waits': [press('#more').at(2000)] },
  'error-click': { 'presses what fails': [press('#pay').at(100), fault().at(150)] },
  'form-abandonment': {
    'begins and goes': [
      ...typist(field('#name', { form: idOf('#quote') })).types(5),
      go('quote', 'home').at(9000),
    ],
  },
  'cart-hesitation': {
    'looks up the shipping': [
      go('product', 'cart').at(0),
      moment('hesitation', { dwellMs: 2000 }).at(100),
      press(target('#shipping', { role: 'shipping' })).at(200),
      go('cart', 'product').at(300),
    ],
  },
}
/** Of the page, of its address or of the mouse alone: nothing that could be marked has a part in them. */
const ofNoElement = [
  'back-on-checkout',
  'exit-intent',
  'thrashed-cursor',
  'checkout-step-back',
  'quick-back',
  'tab-return',
]

const isRef = (value: unknown): value is TargetRef =>
  typeof value === 'object' && value !== null && 'id' in value
/** Every reference to an element says that this moment is to be kept off it. */
const marked = (signal: Signal, ignore: readonly string[]): Signal => {
  const refs = Object.entries(signal).flatMap(([key, value]: [string, unknown]) =>
    isRef(value) ? [[key, { ...value, ignore }]] : [],
  )
  return { ...signal, ...Object.fromEntries(refs), ...(signal.kind === 'form' ? { ignore } : {}) } as Signal
}
const play = (name: string, signals: readonly Signal[]) => {
  const it = watch(catalogue[name]!())
  return it.hear(signals).until(it.clock.now() + 20_000)
}

test('every moment of the catalogue is asked', () => {
  expect([...Object.keys(stories), ...ofNoElement].sort()).toEqual(Object.keys(catalogue).sort())
})

describe.each(Object.entries(stories))('%s', (name, told) => {
  test.each(Object.entries(told))('%s', (_title, signals) => {
    const kept = (ignore: readonly string[]) => signals.map((signal) => marked(signal, ignore))
    expect(play(name, signals).confirmed()).toHaveLength(1)
    expect(play(name, kept(['other'])).confirmed()).toHaveLength(1)
    expect(play(name, kept(['other', name])).found).toEqual([])
  })
})
