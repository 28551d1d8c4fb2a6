import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  blur,
  cart,
  comeBack,
  commit,
  enter,
  fault,
  field,
  focus,
  go,
  goBack,
  gone,
  hide,
  hover,
  idOf,
  input,
  invalid,
  leave,
  moment,
  moves,
  press,
  resize,
  response,
  scroll,
  show,
  showAfter,
  stay,
  submit,
  target,
  typist,
  view,
  wheel,
} from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import type { Detector } from './detector'
import type { Found } from '.'
import { catalogue } from './catalogue'

const name = fc.constantFrom('#buy', '#ask', '#promo')
const page = fc.constantFrom('pricing', 'cart', 'checkout', 'product')
const pixel = fc.integer({ min: -5, max: 2000 })
const few = fc.integer({ min: 0, max: 12 })

/** Anything a browser may tell, in any order: time goes on by what `gap` says, the rest is arbitrary. */
const doing: fc.Arbitrary<(at: number) => Signal> = fc.oneof(
  fc
    .tuple(
      name,
      fc.constantFrom('mouse', 'touch', 'key'),
      fc.boolean(),
      fc.constantFrom('change', 'change', 'elsewhere', 'nothing'),
      fc.constantFrom('button', 'link', 'shipping'),
      fc.tuple(fc.constantFrom(10, 30, 900), fc.constantFrom(10, 20)),
    )
    .map(
      ([on, pointer, decision, expects, role, place]) =>
        (at: number) =>
          press(target(on, { role }), { pointer, decision, expects, place }).at(at),
    ),
  fc.tuple(fc.constantFrom('change', 'resource', 'focus', 'selection'), fc.boolean()).map(
    ([what, near]) =>
      (at: number) =>
        response({ what, near }).at(at),
  ),
  fc.constantFrom('TypeError', 'RangeError').map((name) => (at: number) => fault(name).at(at)),
  fc.tuple(pixel, pixel).map(
    ([x, y]) =>
      (at: number) =>
        moves([at, x, y]),
  ),
  fc.tuple(fc.option(name), pixel).map(
    ([over, x]) =>
      (at: number) =>
        hover(over, [x, x]).at(at),
  ),
  fc.tuple(pixel, fc.boolean()).map(
    ([y, pressed]) =>
      (at: number) =>
        leave(y, { pressed }).at(at),
  ),
  fc.constantFrom(comeBack.at, wheel.at, resize.at, show.at, hide.at, moment('other').at),
  fc.tuple(name, fc.boolean()).map(
    ([on, seen]) =>
      (at: number) =>
        view(on, seen).at(at),
  ),
  fc.tuple(name, few, fc.boolean()).map(
    ([on, length, byShopper]) =>
      (at: number) =>
        focus(on, { length, byShopper }).at(at),
  ),
  fc.tuple(name, few).map(
    ([on, length]) =>
      (at: number) =>
        blur(on, length).at(at),
  ),
  fc.tuple(name, few, few, few, fc.boolean(), fc.constantFrom('insert', 'delete', 'other')).map(
    ([on, length, inserted, erased, sensitive, change]) =>
      (at: number) =>
        input(field(on, { sensitive }), { length, inserted, erased }, change).at(at),
  ),
  fc.tuple(name, few, fc.double({ min: 0, max: 1, noNaN: true })).map(
    ([on, words, overlap]) =>
      (at: number) =>
        commit(on, { words, overlap }).at(at),
  ),
  fc.boolean().map((hadErrors) => (at: number) => submit('#form', { hadErrors }).at(at)),
  fc.constantFrom(gone('#form').at, moment('hesitation').at, moment('back-on-checkout', { to: 'cart' }).at),
  fc.integer({ min: 0, max: 40 * 60_000 }).map((ms) => (at: number) => showAfter(ms).at(at)),
  fc.boolean().map((hadErrors) => (at: number) => invalid('#form', { hadErrors }).at(at)),
  fc.tuple(pixel, fc.boolean(), fc.boolean()).map(
    ([y, byShopper, root]) =>
      (at: number) =>
        scroll(y, { byShopper, root }).at(at),
  ),
  fc.tuple(page, page, fc.boolean(), fc.integer({ min: 0, max: 9000 }), fc.boolean()).map(
    ([from, to, back, visibleMs, failed]) =>
      (at: number) =>
        (back ? goBack : go)(from, to, {
          stays: [stay(to, 9000, at - visibleMs), stay(from, visibleMs, at, failed)],
        }).at(at),
  ),
  fc.tuple(few, few).map(
    ([added, removed]) =>
      (at: number) =>
        cart({ added, removed }).at(at),
  ),
)
/** What shoppers really do, so that the soup has moments in it. */
const doings: fc.Arbitrary<(at: number) => Signal[]> = fc.constantFrom<((at: number) => Signal[])[]>(
  (at) => enter('#buy', at),
  (at) => [focus('#promo').at(at)],
  (at) => {
    const hand = typist('#promo', { everyMs: 1, at })
    return [4, 4, 4, 4].flatMap((length, i) => (i ? hand.typesOver(length) : hand.types(length)))
  },
  (at) => [moves([at, 9, 300], [at + 50, 9, 10]), leave(-1).at(at + 50)],
  (at) => [goBack('checkout', 'cart').at(at)],
  (at) => [goBack('checkout', 'checkout').at(at)],
  (at) => [goBack('support', 'product', { stays: [stay('product', 9000), stay('support', 900)] }).at(at)],
  (at) => [hide.at(at), showAfter(6000).at(at + 6000)],
  (at) => [
    ...typist(field('#name', { form: idOf('#form') }), { everyMs: 1, at }).types(4),
    goBack('pricing', 'product').at(at + 9),
  ],
  (at) => [go('product', 'cart').at(at), cart({ added: 1 }).at(at + 1), cart({ removed: 1 }).at(at + 2)],
  (at) => [moment('hesitation', { dwellMs: 2000 }).at(at)],
  (at) => [0, 140, 280, 420].map((ms) => press('#more').at(at + ms)),
  (at) => [0, 140, 280, 420].flatMap((ms) => [press('#more').at(at + ms), response().at(at + ms + 20)]),
  (at) => [press('#buy').at(at), fault().at(at + 10)],
  (at) => Array.from({ length: 28 }, (_, i) => moves([at + i * 20, i % 2 ? 900 : 100, 300])),
)
const gap = fc.oneof(
  fc.integer({ min: 60, max: 400 }),
  fc.constantFrom(60, 199, 200, 1999, 2000, 5000, 6000, 31_000),
)
const step = fc.oneof(
  { weight: 4, arbitrary: doing.map((make) => (at: number) => [make(at)]) },
  { weight: 1, arbitrary: doings },
)
const soup = fc.array(fc.tuple(gap, step), { maxLength: 60 }).map((steps) => {
  let at = 0
  return steps.flatMap(([after, make]) => {
    const made = make(at + after)
    at = made.at(-1)?.at ?? at
    return made
  })
})

const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
/** The detector, its state and its signals frozen: a step that writes into them throws. */
const frozen = (detector: Detector<unknown>): Detector<unknown> => ({
  ...detector,
  start: deepFreeze(detector.start),
  step: (state, signal) => deepFreeze(detector.step(deepFreeze(state), deepFreeze(signal))),
})

const play = (detector: Detector<unknown>, signals: readonly Signal[]) => {
  const it = watch(detector).hear(signals)
  it.hear(show.at(it.clock.now())).until(it.clock.now() + 120_000)
  return it
}

describe.each(Object.entries(catalogue))('%s', (_name, make) => {
  test('the soup is rich enough to find it', () => {
    const tries = fc.sample(soup, { numRuns: 300, seed: 1 }).map((signals) => play(make(), signals))
    expect(tries.filter((it) => it.confirmed().length > 0).length).toBeGreaterThan(3)
  })

  test('never throws, never writes into its state or its signals', () => {
    fc.assert(
      fc.property(soup, (signals) => {
        expect(play(frozen(make()), signals).faults).toEqual([])
      }),
    )
  })

  test('the same signals in, the same moments out', () => {
    const detector = make()
    fc.assert(
      fc.property(soup, (signals) => {
        expect(play(detector, signals).found).toEqual(play(make(), signals).found)
      }),
    )
  })

  test('no moment without its evidence, none before it began, none from the future', () => {
    const honest = ({ phase, at, onset, heardAt, evidence }: Found) =>
      heardAt >= at &&
      (phase === 'ended' ||
        (at >= onset &&
          Object.keys(evidence).length > 0 &&
          Object.values(evidence).every((figure) => typeof figure !== 'number' || Number.isFinite(figure))))
    fc.assert(
      fc.property(soup, (signals) => {
        expect(play(make(), signals).found.filter((moment) => !honest(moment))).toEqual([])
      }),
    )
  })

  test('an end follows its beginning, in order; when all is quiet nothing waits', () => {
    fc.assert(
      fc.property(soup, (signals) => {
        const it = play(make(), signals)
        const times = it.found.map(({ at }) => at)
        expect(times).toEqual([...times].sort((a, b) => a - b))
        const told = it.found.map(({ phase }) => phase).filter((phase) => phase !== 'suspect')
        expect(told.filter((phase, i) => phase === 'ended' && told[i - 1] !== 'confirmed')).toEqual([])
        expect(it.clock.pending()).toBe(0)
      }),
    )
  })
})
