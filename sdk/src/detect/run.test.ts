import { describe, expect, test } from 'vitest'
import { cart, go, hide, moment, move, moves, press, show } from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import type { Detector, Step } from './detector'
import { cooldownMs } from './run'

type Answer = Partial<Step<null>> | undefined

/** A detector that answers by a function, and remembers what it heard. */
function listening(
  hears: Detector<null>['hears'],
  answer: (signal: Signal) => Answer = () => undefined,
  name = 'test',
) {
  const heard: Signal[] = []
  const detector: Detector<null> = {
    name,
    options: {},
    hears,
    start: null,
    step(_state, signal) {
      heard.push(signal)
      return { state: null, ...answer(signal) }
    },
  }
  return { detector, heard, times: () => heard.map(({ kind, at }) => `${kind}@${at}`) }
}
const at = (ms: number) => ms as PageTime
const confirmed: Answer = { phase: 'confirmed', evidence: { seen: 1 } }
const pressed = (ms: number) => press('#buy').at(ms)

describe('who hears what', () => {
  test('each detector hears the kinds it names, in list order', () => {
    const order: string[] = []
    const one = listening(['press'], () => void order.push('one'))
    const two = listening(['press', 'cart'], () => void order.push('two'))
    watch([one.detector, two.detector]).hear(pressed(10), cart({ added: 1 }).at(20), go(null, 'home').at(30))
    expect(order).toEqual(['one', 'two', 'two'])
    expect(two.times()).toEqual(['press@10', 'cart@20'])
  })

  test('what is found carries when we heard of it', () => {
    const it = watch(listening(['press'], () => ({ ...confirmed, onset: at(40) })).detector)
    it.clock.to(130)
    it.runner.hear(pressed(100), it.clock.now())
    expect(it.found).toEqual([
      { name: 'test', phase: 'confirmed', at: 100, onset: 40, heardAt: 130, evidence: { seen: 1 } },
    ])
  })

  test('a behaviour with no beginning of its own began with the signal', () => {
    const it = watch(listening(['press'], () => ({ phase: 'suspect' })).detector).hear(pressed(100))
    expect(it.found).toMatchObject([{ at: 100, onset: 100, evidence: {} }])
  })
})

describe('waking', () => {
  test('at the time that was asked for, once', () => {
    const { detector, times } = listening(['press', 'wake'], ({ kind }) =>
      kind === 'press' ? { wakeAt: at(500) } : undefined,
    )
    const it = watch(detector).hear(pressed(100)).until(499)
    expect(times()).toEqual(['press@100'])
    it.until(5000)
    expect(times()).toEqual(['press@100', 'wake@500'])
    expect(it.clock.pending()).toBe(0)
  })

  test('late by a busy page, the signal still bears the time asked for', () => {
    const { detector, times } = listening(['press', 'wake'], ({ kind }) =>
      kind === 'press' ? { wakeAt: at(500) } : confirmed,
    )
    const it = watch(detector).hear(pressed(100))
    it.clock.block(900)
    expect(times()).toEqual(['press@100', 'wake@500'])
    expect(it.found).toMatchObject([{ at: 500, heardAt: 1000 }])
  })

  test('the last wish counts; none takes the one before back', () => {
    const wishes = [500, 300, undefined]
    const { detector, times } = listening(['press'], () => ({
      wakeAt: wishes.shift() as PageTime | undefined,
    }))
    const it = watch(detector).hear(pressed(10), pressed(20))
    expect(it.clock.pending()).toBe(1)
    it.hear(pressed(30))
    expect(it.clock.pending()).toBe(0)
    it.until(1000)
    expect(times()).toEqual(['press@10', 'press@20', 'press@30'])
  })

  test('one timer for all of them', () => {
    const wishing = (ms: number) =>
      listening(['press', 'wake'], ({ kind }) => (kind === 'press' ? { wakeAt: at(ms) } : undefined))
    const all = [wishing(700), wishing(300), wishing(500)]
    const it = watch(all.map(({ detector }) => detector)).hear(pressed(100))
    expect(it.clock.pending()).toBe(1)
    it.until(500)
    expect(all.map(({ heard }) => heard.length)).toEqual([1, 2, 2])
    expect(it.clock.pending()).toBe(1)
    it.until(700)
    expect(it.clock.pending()).toBe(0)
  })

  test('a time that has passed wakes in a later task', () => {
    const { detector, times } = listening(['press', 'wake'], ({ kind }) =>
      kind === 'press' ? { wakeAt: at(1) } : undefined,
    )
    const it = watch(detector).hear(pressed(100))
    expect(times()).toEqual(['press@100'])
    it.clock.advance(0)
    expect(times()).toEqual(['press@100', 'wake@1'])
  })

  test('nobody is woken before having heard what capture stored', () => {
    const stored: Signal[] = []
    const { detector, times } = listening(['press', 'pointer', 'wake'], ({ kind }) =>
      kind === 'press' ? { wakeAt: at(500) } : kind === 'pointer' ? { wakeAt: at(800) } : undefined,
    )
    const it = watch(detector, { stored }).hear(pressed(100))
    stored.push(move(1, 1).at(300))
    it.until(500)
    expect(times()).toEqual(['press@100', 'pointer@300'])
    it.until(800)
    expect(times()).toEqual(['press@100', 'pointer@300', 'wake@800'])
    expect(it.clock.pending()).toBe(0)
  })
})

describe('visible time', () => {
  const wishing = () =>
    listening(['press', 'pointer', 'wake'], ({ kind }) =>
      kind === 'press' ? { wakeAt: at(1000) } : kind === 'wake' ? { ...confirmed, onset: at(0) } : undefined,
    )

  test('the span in which the page was hidden is taken out, and put back in what is found', () => {
    const { detector, times } = wishing()
    const it = watch(detector).hear(pressed(0), hide.at(400), show.at(5400)).until(5999)
    expect(it.found).toEqual([])
    it.until(6000)
    expect(times()).toEqual(['press@0', 'wake@1000'])
    // The wait is of visible time: 1 s.
    expect(it.found).toMatchObject([{ at: 6000, onset: 5000, heardAt: 6000 }])
  })

  test('while the page is hidden there is no timer', () => {
    const it = watch(wishing().detector).hear(pressed(0), hide.at(400))
    expect(it.clock.pending()).toBe(0)
    expect(it.until(60_000).found).toEqual([])
  })

  test('several hidden spans add up, in samples too', () => {
    const { detector, heard } = wishing()
    const spans = [hide.at(100), show.at(300), hide.at(400), hide.at(450), show.at(700), show.at(710)]
    watch(detector).hear(spans, moves([800, 1, 1], [810, 2, 2]))
    expect(heard).toMatchObject([{ at: 310, samples: [{ at: 300 }, { at: 310 }] }])
  })

  test('what is confirmed while nobody looks is told when the page is shown, once', () => {
    const it = watch(listening(['press'], () => confirmed).detector)
    it.hear(hide.at(100), pressed(200), pressed(300))
    expect(it.phases()).toEqual([])
    it.hear(show.at(5000), hide.at(6000), show.at(7000))
    expect(it.phases()).toEqual(['confirmed@5000'])
  })

  test('what is over by then is not told', () => {
    const answer = ({ kind }: Signal): Answer => (kind === 'press' ? confirmed : { phase: 'ended' })
    const it = watch(listening(['press', 'cart'], answer).detector)
    it.hear(hide.at(100), pressed(200), cart({ added: 1 }).at(300), show.at(5000))
    expect(it.phases()).toEqual([])
  })

  test('a page that starts hidden starts its time as it is shown', () => {
    const { detector, times } = wishing()
    watch(detector, { visible: false }).hear(show.at(8000), pressed(8100))
    expect(times()).toEqual(['press@100'])
  })

  test('what a page does while it is hidden happens, for a detector, as it was hidden: time never runs back', () => {
    const { detector, heard } = listening(['cart', 'press'])
    watch(detector).hear(hide.at(100), cart({ added: 1 }).at(5000), show.at(6000), pressed(6100))
    const times = heard.map((signal) => signal.at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })
})

describe('phases', () => {
  const saying = (...answers: Answer[]) => watch(listening(['press'], () => answers.shift()).detector)

  test('a confirmed moment stays quiet for 30 s, whatever its detector says', () => {
    const again = () => [confirmed, confirmed, confirmed]
    expect(cooldownMs).toBe(30_000)
    expect(
      saying(...again())
        .hear(pressed(1000), pressed(30_999))
        .phases(),
    ).toEqual(['confirmed@1000'])
    expect(
      saying(...again())
        .hear(pressed(1000), pressed(31_000))
        .phases(),
    ).toEqual(['confirmed@1000', 'confirmed@31000'])
  })

  test('of a moment that was not told, no end is told', () => {
    const ended: Answer = { phase: 'ended' }
    expect(saying(ended).hear(pressed(10)).phases()).toEqual([])
    const quiet = saying(confirmed, ended, confirmed, ended).hear([1, 2, 3, 4].map(pressed))
    expect(quiet.phases()).toEqual(['confirmed@1', 'ended@2'])
  })

  test('a moment that is confirmed again while it lasts ends once', () => {
    const twice = saying(confirmed, confirmed, { phase: 'ended' }).hear([1, 2, 3].map(pressed))
    expect(twice.phases()).toEqual(['confirmed@1', 'ended@3'])
  })

  test('a suspect in between takes nothing from the end', () => {
    const it = saying(confirmed, { phase: 'suspect' }, { phase: 'ended' }).hear([1, 2, 3].map(pressed))
    expect(it.phases()).toEqual(['confirmed@1', 'suspect@2', 'ended@3'])
  })

  test('each moment has its own cooldown', () => {
    const both = ['one', 'two'].map((name) => listening(['press'], () => confirmed, name).detector)
    expect(
      watch(both)
        .hear(pressed(1))
        .found.map(({ name }) => name),
    ).toEqual(['one', 'two'])
  })
})

describe('moments made of others', () => {
  const ofOne = (signal: Signal) =>
    signal.kind === 'moment' && signal.name === 'one' ? confirmed : undefined

  test('a confirmed moment is a signal to those who hear moments, at its own time', () => {
    const one = listening(['press'], () => confirmed, 'one')
    const made = listening(['moment'], ofOne, 'made')
    const it = watch([one.detector, made.detector]).hear(pressed(50))
    expect(made.heard[0]).toEqual({ kind: 'moment', at: 50, name: 'one', evidence: { seen: 1 } })
    expect(it.found.map(({ name, at }) => [name, at])).toEqual([
      ['one', 50],
      ['made', 50],
    ])
  })

  test('a suspect is none, nor is one that is kept quiet', () => {
    const answers: Answer[] = [{ phase: 'suspect' }, confirmed, confirmed]
    const one = listening(['press'], () => answers.shift(), 'one')
    const made = listening(['moment'])
    watch([one.detector, made.detector]).hear(pressed(1), pressed(2), pressed(3))
    expect(made.times()).toEqual(['moment@2'])
  })

  test('hidden time is taken out for them too, and only once', () => {
    const one = listening(['press'], () => confirmed, 'one')
    const made = listening(['moment'], ofOne, 'made')
    const it = watch([one.detector, made.detector]).hear(hide.at(100), show.at(600), pressed(700))
    expect(made.times()[0]).toBe('moment@200')
    expect(it.found.map(({ at }) => at)).toEqual([700, 700])
  })

  test('a detector that hears its own moment does not chase its tail', () => {
    const it = watch(listening(['press', 'moment'], () => confirmed).detector)
    expect(it.hear(pressed(1), moment('other').at(2)).phases()).toEqual(['confirmed@1'])
  })
})

describe('a detector that throws', () => {
  test('is switched off and told once; the others go on', () => {
    const bad = listening(['press'], () => {
      throw Error('bad')
    }, 'bad') // prettier-ignore
    const good = listening(['press'])
    const it = watch([bad.detector, good.detector]).hear(pressed(1), pressed(2), pressed(3))
    expect(bad.heard).toHaveLength(1)
    expect(good.heard).toHaveLength(3)
    expect(it.faults).toEqual([{ part: 'detect/bad', error: Error('bad') }])
  })

  test('leaves no timer behind', () => {
    const answers: (() => Answer)[] = [
      () => ({ wakeAt: at(5000) }),
      () => {
        throw Error('bad')
      },
    ]
    const it = watch(listening(['press'], () => answers.shift()?.()).detector)
    expect(it.hear(pressed(1)).clock.pending()).toBe(1)
    expect(it.hear(pressed(2)).clock.pending()).toBe(0)
  })
})

describe('another runner takes over', () => {
  const taught = () =>
    listening(['press', 'scroll'], (it) => (it.kind === 'press' ? confirmed : { phase: 'ended' }))

  test('what was confirmed is told as ended, once; what was not, is not', () => {
    const it = watch([taught().detector, listening(['cart'], () => confirmed, 'other').detector]).hear(
      pressed(100),
    )
    it.until(400)
    it.runner.handOver()
    expect(it.found).toMatchObject([
      { name: 'test', phase: 'confirmed', at: 100 },
      { name: 'test', phase: 'ended', at: 400 },
    ])
  })

  test('a moment stays quiet as long as it would have', () => {
    const before = watch(taught().detector).hear(pressed(1_000))
    before.until(11_000)
    const it = watch(taught().detector, { quiet: before.runner.handOver() })
    it.hear(pressed(19_000))
    expect(it.phases()).toEqual([])
    expect(it.hear(pressed(20_000)).phases()).toEqual(['confirmed@20000'])
  })

  test('in visible time, as a cooldown goes', () => {
    const before = watch(taught().detector).hear(pressed(1_000), hide.at(2_000), show.at(500_000))
    before.hear(hide.at(501_000))
    before.until(900_000)
    const quiet = before.runner.handOver()
    expect(quiet.get('test')).toBe(cooldownMs - 2_000)
    const it = watch(taught().detector, { visible: false, quiet })
    it.hear(show.at(50_000), pressed(77_000))
    expect(it.phases()).toEqual([])
    expect(it.hear(pressed(78_000)).phases()).toEqual(['confirmed@78000'])
  })
})

describe('stop', () => {
  test('leaves no timer, and nobody hears any more', () => {
    const { detector, heard } = listening(['press', 'wake'], () => ({ wakeAt: at(500) }))
    const it = watch(detector).hear(pressed(1))
    it.runner.stop()
    it.runner.stop()
    expect(it.clock.pending()).toBe(0)
    it.hear(pressed(2), show.at(3)).until(5000)
    expect(heard).toHaveLength(1)
    expect(it.clock.pending()).toBe(0)
  })
})
