import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRunner, type Detector, type Found } from '../src/detect'
import { catalogue } from '../src/detect/catalogue'
import { cooldownMs } from '../src/detect/run'
import { createGuard } from '../src/guard'
import type { Signal } from '../src/terms'
import type { PageTime } from '../src/time'
import { createFakeClock } from '../test/fake-clock'
import {
  blur,
  cart,
  comeBack,
  commit,
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
  view,
  wheel,
} from '../test/signals'
import { median, took } from '../test/growth'

/**
 * Whatever a browser tells, in whatever order and at whatever time: all detectors at once, in the real runner. A small
 * generator of its own, since a million signals are wanted and each failure must be found again by its seed.
 */
const createDice = (seed: number) => {
  const state = { seed }
  const roll = () => {
    state.seed = (Math.imul(state.seed, 1664525) + 1013904223) >>> 0
    return state.seed / 2 ** 32
  }
  return {
    roll,
    of: <Value>(...values: readonly Value[]): Value => values[Math.floor(roll() * values.length)]!,
    upTo: (most: number) => Math.floor(roll() * most),
  }
}
type Dice = ReturnType<typeof createDice>

const things = Array.from({ length: 40 }, (_thing, i) => `#thing-${i}`)
things.forEach(idOf)

/** A place, sometimes none that there is. */
const place = ({ roll, of, upTo }: Dice) =>
  roll() < 0.02 ? of(NaN, Infinity, -Infinity, -1e9) : upTo(2000) - 20

interface Told {
  readonly dice: Dice
  readonly at: number
  readonly name: string
  readonly form: string
  readonly yes: boolean
}
const kinds: readonly ((told: Told) => { at(ms: number): Signal })[] = [
  ({ dice, dice: { of }, name, yes }) =>
    press(target(name, { role: of('button', 'link', 'shipping') }), {
      pointer: of('mouse', 'touch', 'pen', 'key'),
      decision: yes,
      expects: of('change', 'elsewhere', 'nothing'),
      place: [place(dice), place(dice)],
    }),
  ({ dice: { of }, yes }) => response({ what: of('change', 'resource', 'focus', 'selection'), near: yes }),
  ({ dice: { of, upTo } }) => fault(of('TypeError', 'RangeError', `Error${upTo(500)}`)),
  ({ dice }) => ({
    at: (ms) => moves([ms - 16, place(dice), place(dice)], [ms, place(dice), place(dice)]),
  }),
  ({ dice }) => ({
    at: (ms) => moves([ms, place(dice), place(dice)]),
  }),
  ({ dice, dice: { of }, name }) => hover(of(name, null), [place(dice), place(dice)]),
  ({ dice, dice: { roll }, yes }) => leave(place(dice), { pressed: yes, inField: roll() < 0.2 }),
  () => comeBack,
  ({ name, yes }) => view(name, yes),
  () => wheel,
  ({ dice, dice: { roll }, yes }) => scroll(place(dice), { byShopper: yes, root: roll() < 0.9 }),
  ({ dice: { roll, upTo }, name, form, yes }) =>
    focus(field(name, { form: idOf(form), sensitive: roll() < 0.1 }), { length: upTo(3), byShopper: yes }),
  ({ dice: { upTo }, name, form }) => blur(field(name, { form: idOf(form) }), upTo(20)),
  ({ dice: { of, roll, upTo }, name, form }) =>
    input(
      field(name, { form: idOf(form), minor: roll() < 0.1 }),
      { length: upTo(12), inserted: upTo(12), erased: upTo(12) },
      of('insert', 'delete', 'other'),
    ),
  ({ dice: { roll, upTo }, name }) => commit(name, { words: upTo(10), overlap: roll() }),
  ({ form, yes }) => submit(form, { hadErrors: yes }),
  ({ form, yes }) => invalid(form, { hadErrors: yes }),
  ({ form }) => gone(form),
  ({ dice: { of } }) => go(of('cart', 'checkout', 'list'), of('cart', 'checkout', 'product')),
  ({ dice: { of, roll, upTo }, at }) =>
    goBack(of('cart', 'checkout', 'list'), of('cart', 'checkout', 'product'), {
      ordered: roll() < 0.1,
      paying: roll() < 0.1,
      stays: [stay('list', 9000, at - 9000), stay('product', upTo(20_000), at, roll() < 0.1)],
    }),
  ({ dice: { roll } }) => (roll() < 0.2 ? hide : show),
  ({ dice: { upTo } }) => showAfter(upTo(20_000)),
  () => resize,
  ({ dice: { upTo } }) => cart({ added: upTo(2), removed: upTo(2) }),
  ({ dice: { of } }) => moment(of('hesitation', 'back-on-checkout', 'other')),
]

const any = (dice: Dice, at: number): Signal => {
  const { of, upTo, roll } = dice
  const name = things[upTo(roll() < 0.7 ? 3 : things.length)]!
  return kinds[upTo(kinds.length)]!({ dice, at, name, form: of('#form-a', '#form-b'), yes: roll() < 0.5 }).at(
    at,
  )
}

/** Time goes on, mostly; now and then it stands, leaps, or a signal comes late, or from a clock that was set. */
const nextAt = ({ roll, upTo, of }: Dice, now: number) => {
  const chance = roll()
  if (chance < 0.02) return now + of(5000, 31_000, 3_600_000)
  if (chance < 0.5) return now + upTo(40)
  return now + upTo(600)
}
const told = ({ roll, upTo }: Dice, now: number) => {
  const chance = roll()
  return chance < 0.03 ? Math.max(0, now - upTo(5000)) : chance < 0.031 ? 0 : now
}

/** All detectors at once, what they found, and what of their state can be weighed. */
function createStorm(seed: number) {
  const dice = createDice(seed)
  const clock = createFakeClock()
  const states: unknown[] = []
  const watched = (name: string, place: number): Detector<unknown> => {
    const detector = catalogue[name]!()
    return {
      ...detector,
      step(state, signal) {
        const step = detector.step(state, signal)
        states[place] = step.state
        return step
      },
    }
  }
  const found: Found[] = []
  const faults: unknown[] = []
  const firedHidden: string[] = []
  const page = { visible: true }
  const runner = createRunner({
    clock,
    guard: createGuard((part, error) => faults.push([part, String(error)])),
    detectors: Object.keys(catalogue).map(watched),
    visible: true,
    drain: () => undefined,
    found: (it) => {
      if (found.length < 100_000) found.push(it)
      if (!page.visible && it.phase === 'confirmed') firedHidden.push(it.name)
    },
  })
  return {
    found,
    faults,
    firedHidden,
    /** Of all states as text. */
    size: () => JSON.stringify(states).length,
    blow(count: number) {
      for (let left = count; left > 0; left--) {
        clock.to(nextAt(dice, clock.now()))
        const signal = any(dice, told(dice, clock.now()))
        // A hidden page has no shopper; but its scripts run on.
        if (!page.visible && !/visibility|fault|response|moment|cart|navigate|scroll/.test(signal.kind))
          continue
        if (signal.kind === 'visibility') page.visible = signal.visible
        runner.hear(signal, clock.now())
        if (dice.roll() < 0.05) runner.hear(signal, clock.now())
      }
    },
    stop: runner.stop,
  }
}

function storm(seed: number, count: number) {
  const it = createStorm(seed)
  it.blow(count)
  it.stop()
  return it
}

const seeds = fc.integer({ min: 1, max: 2 ** 31 })

describe('anything at all', () => {
  test('never throws', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(storm(seed, 400).faults).toEqual([])
      }),
    )
  })

  test('a moment is not confirmed twice within its cooldown', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const last = new Map<string, PageTime>()
        for (const { name, at, heardAt, phase } of storm(seed, 400).found) {
          if (phase !== 'confirmed') continue
          const since = heardAt - (last.get(name) ?? -Infinity)
          expect([name, at, since >= cooldownMs]).toEqual([name, at, true])
          last.set(name, heardAt)
        }
      }),
    )
  })

  test('none is confirmed while the page is hidden', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(storm(seed, 400).firedHidden).toEqual([])
      }),
    )
  })

  test('figures of the evidence are numbers', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const odd = storm(seed, 400).found.filter(({ evidence }) =>
          Object.values(evidence).some((figure) => typeof figure === 'number' && !Number.isFinite(figure)),
        )
        expect(odd).toEqual([])
      }),
    )
  })

  test('a million signals: memory and time stay flat', () => {
    const old = createStorm(7)
    const sizes = Array.from({ length: 10 }, () => {
      old.blow(100_000)
      return old.size()
    })
    expect(old.faults).toEqual([])
    expect(Math.max(...sizes)).toBeLessThan(20_000)

    // Against one that has heard little, in turns: whatever else the machine does slows both.
    const young = createStorm(8)
    const share = median(51, () => took(() => old.blow(1000)) / took(() => young.blow(1000)))
    console.log('state, characters:', sizes.join(' '), '· time against a young one:', share.toFixed(2))
    expect(share).toBeLessThan(2)
  }, 120_000)
})
