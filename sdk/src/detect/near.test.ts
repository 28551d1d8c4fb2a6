import { describe, expect, test } from 'vitest'
import {
  blur,
  comeBack,
  commit,
  enter,
  exit,
  focus,
  goBack,
  input,
  leave,
  moves,
  press,
  submit,
  typist,
  wheel,
} from '../../test/signals'
import { watch } from '../../test/watch'
import { backOnCheckout } from './back-on-checkout'
import type { Own } from './detector'
import { exitIntent } from './exit-intent'
import { hesitation } from './hesitation'
import { rageTyping } from './rage-typing'

describe('how near a moment was that did not come', () => {
  test('hesitation: a rest that a press ends, beside the rest that was wanted', () => {
    const it = watch(hesitation()).hear(enter('#buy', 1000), press('#buy').at(2500))
    expect(it.found).toEqual([])
    expect(it.runner.near()).toEqual([
      {
        name: 'hesitation',
        at: 2500,
        share: 0.75,
        evidence: { dwellMs: 1500, dwellMinMs: 2000 },
        why: 'press',
      },
    ])
  })

  test('hesitation: the wheel, or leaving, starts the rest anew; who hardly paused was not near', () => {
    const it = watch(hesitation()).hear(enter('#buy', 1000), wheel.at(2000), exit(2300))
    expect(it.missed.map(({ share, why }) => [share, why])).toEqual([[0.5, 'wheel']])
  })

  test('hesitation: an empty field that is filled in the end', () => {
    const it = watch(hesitation()).hear(
      focus('#promo').at(1000),
      input('#promo', { length: 1, inserted: 1 }).at(5000),
    )
    expect(it.runner.near()[0]).toMatchObject({ share: 0.8, evidence: { emptyMs: 4000, emptyMinMs: 5000 } })
  })

  test('exit-intent: the mouse came back, was too early, or had a button down', () => {
    const out = [press('#buy').at(100), moves([5900, 9, 300], [5990, 9, 4])]
    const back = watch(exitIntent()).hear(...out, leave(-1).at(6000), comeBack.at(6150))
    expect(back.runner.near()[0]).toMatchObject({
      share: 0.75,
      why: 'came back',
      evidence: { outsideMs: 150, outsideMinMs: 200 },
    })
    const early = watch(exitIntent()).hear(press('#buy').at(100), leave(-1).at(3000))
    expect(early.runner.near()[0]).toMatchObject({ share: 1, why: 'too early', evidence: { onPageMs: 3000 } })
    const held = watch(exitIntent()).hear(...out, leave(-1, { pressed: true }).at(6000))
    expect(held.runner.near()[0]).toMatchObject({ why: 'button down' })
  })

  test('rage-typing: two cycles of three, one try of two, a third of the words', () => {
    const hand = typist('#message')
    const typed = watch(rageTyping()).hear(
      [5, 5, 5].flatMap((n, i) => (i ? hand.typesOver(n) : hand.types(n))),
    )
    expect(typed.runner.near()[0]).toMatchObject({ share: 2 / 3, evidence: { cycles: 2, cyclesMin: 3 } })
    const tried = watch(rageTyping()).hear(submit('#form', { hadErrors: true }).at(1000))
    expect(tried.runner.near()[0]).toMatchObject({ share: 0.5, evidence: { resubmits: 1, resubmitsMin: 2 } })
    const told = watch(rageTyping()).hear(commit('#message', { words: 8, overlap: 0.375 }).at(1000))
    expect(told.runner.near()[0]).toMatchObject({ share: 0.75, evidence: { overlap: 0.38, overlapMin: 0.5 } })
  })

  test('back-on-checkout: who has ordered or is paying only looks like it', () => {
    const it = watch(backOnCheckout()).hear(goBack('checkout', 'cart', { ordered: true }).at(1000))
    expect(it.runner.near()[0]).toMatchObject({ name: 'back-on-checkout', share: 1, why: 'has ordered' })
  })

  test('the nearest counts, and a moment that came begins anew', () => {
    const it = watch(hesitation()).hear(
      enter('#buy', 1000),
      press('#buy').at(2600),
      enter('#buy', 4000),
      press('#buy').at(5000),
    )
    expect(it.runner.near().map(({ share }) => share)).toEqual([0.8])
    it.hear(enter('#ask', 20_000)).until(30_000)
    expect(it.phases()).toContain('confirmed@22000')
    expect(it.runner.near()).toEqual([])
  })
})

describe('a shopper\u2019s own measure', () => {
  const own =
    (median: number, samples = 5): Own =>
    () => ({ median, samples })

  test('what is usual is observed: the rest before a press on the very element, the wait before a word', () => {
    const it = watch(hesitation()).hear(
      enter('#buy', 1000),
      press('#buy').at(1700),
      enter('#buy', 4000),
      press('#ask').at(4300),
      focus('#promo').at(6000),
      input('#promo', { length: 1, inserted: 1 }).at(7200),
    )
    expect(it.samples).toEqual({ 'hesitation.dwell': [700], 'hesitation.empty': [1200] })
  })

  test('who takes his time must take twice that; who is quick is held to the option', () => {
    const rest = (measure?: Own) => watch(hesitation({}, measure)).hear(enter('#buy', 1000)).until(12_000)
    expect(rest().phases()[0]).toBe('confirmed@3000')
    expect(rest(own(1800)).phases()[0]).toBe('confirmed@4600')
    expect(rest(own(1800)).confirmed()[0]!.evidence).toMatchObject({ dwellMs: 3600, dwellMinMs: 3600 })
    expect(rest(own(300)).phases()[0]).toBe('confirmed@3000')
    expect(rest(own(1800, 4)).phases()[0]).toBe('confirmed@3000')
  })

  test('typing: cycles in a field that was left calmly; who always retypes needs twice his usual', () => {
    const retypes = (times: number, measure?: Own) => {
      const hand = typist('#message')
      const signals = Array.from({ length: times + 1 }, (_, i) => (i ? hand.typesOver(5) : hand.types(5)))
      return watch(rageTyping({}, measure)).hear(...signals.flat(), blur('#message', 5).at(hand.at() + 100))
    }
    expect(retypes(2).samples).toEqual({ 'rage-typing.cycles': [2] })
    expect(retypes(3).confirmed()).toHaveLength(1)
    expect(retypes(3).samples).toEqual({})
    expect(retypes(3, own(2)).confirmed()).toEqual([])
    expect(retypes(4, own(2)).confirmed()[0]!.evidence).toMatchObject({ cycles: 4, cyclesMin: 4 })
  })
})
