import { describe, expect, test } from 'vitest'
import {
  cart,
  field,
  focus,
  go,
  goBack,
  gone,
  hide,
  idOf,
  invalid,
  press,
  showAfter,
  submit,
  target,
  typist,
} from '../../test/signals'
import { watch } from '../../test/watch'
import type { Signal } from '../terms'
import { formAbandonment, type FormAbandonmentOptions } from './form-abandonment'

const watching = (options?: Partial<FormAbandonmentOptions>) => watch(formAbandonment(options))
const name = field('#name', { form: idOf('#quote') })
const mail = field('#mail', { form: idOf('#quote'), sensitive: true })
/** Five keys, the last one at 5000. */
const typed = (named = name) => typist(named, { everyMs: 1000 }).types(5)
const leaves = go('quote', 'home')
const minute = 60_000

describe('a form that was begun', () => {
  test('and stalls for 30 s is a suspect', () => {
    expect(watching().hear(typed()).until(34_999).found).toEqual([])
    expect(watching().hear(typed()).until(35_000).found).toMatchObject([
      {
        name: 'form-abandonment',
        phase: 'suspect',
        at: 35_000,
        onset: 5000,
        evidence: { changes: 5, changesMin: 1, fields: 1, stalledMs: 30_000, stalledMinMs: 30_000 },
      },
    ])
  })

  test('and is left for another page is abandoned', () => {
    const it = watching().hear(typed(), leaves.at(40_000)).until(41_000)
    expect(it.phases()).toEqual(['suspect@35000', 'confirmed@40300'])
    expect(it.found.at(-1)).toMatchObject({ onset: 5000, evidence: { by: 'another page', changes: 5 } })
  })

  test('by a step back, too, even at once after a press on a button', () => {
    const it = watching().hear(typed(), press('#cancel').at(6000), goBack('quote', 'home').at(6500))
    expect(it.until(7000).phases()).toEqual(['confirmed@6800'])
  })

  test('and is come back to after half an hour is abandoned', () => {
    const it = watching().hear(typed(), hide.at(6000))
    it.hear(showAfter(30 * minute - 1).at(6000 + 30 * minute - 1))
    expect(it.found).toEqual([])
    const later = watching().hear(typed(), hide.at(6000), showAfter(30 * minute).at(6000 + 30 * minute))
    expect(later.found).toMatchObject([
      {
        phase: 'confirmed',
        evidence: { by: 'time away', hiddenMs: 30 * minute, hiddenMinMs: 30 * minute },
      },
    ])
  })

  test('time away does not make it stall', () => {
    const it = watching().hear(typed(), hide.at(6000), showAfter(20 * minute).at(6000 + 20 * minute))
    expect(it.until(34_999 + 20 * minute).found).toEqual([])
    expect(it.until(35_000 + 20 * minute).found).toHaveLength(1)
  })

  test('fields are counted, whatever they hold', () => {
    const both = [...typed(), ...typist(mail, { at: 5000 }).types(2)]
    expect(watching().hear(both).until(60_000).found).toMatchObject([{ evidence: { changes: 7, fields: 2 } }])
  })

  test('the options are heard', () => {
    expect(watching({ stallMs: 100 }).hear(typed()).until(5100).phases()).toContain('suspect@5100')
    const soon = watching({ awayMs: 1000 }).hear(typed(), hide.at(6000), showAfter(1000).at(7000))
    expect(soon.confirmed()).toHaveLength(1)
    expect(watching({ changes: 6 }).hear(typed(), leaves.at(40_000)).until(90_000).found).toEqual([])
    const brief = watching({ lastsMs: 100 }).hear(typed(), leaves.at(6000)).until(90_000)
    expect(brief.phases()).toEqual(['confirmed@6300', 'ended@6400'])
  })
})

describe('silent', () => {
  const minor = field('#search', { form: idOf('#find'), minor: true })
  const formless = field('#note')

  test.each<[string, (Signal | Signal[])[]]>([
    ['a field was only focused', [focus(name).at(1000), leaves.at(40_000)]],
    ['a search or a newsletter', [typed(minor), leaves.at(40_000)]],
    ['a field of no form', [typed(formless), leaves.at(40_000)]],
    ['submitted', [typed(), submit('#quote').at(6000), leaves.at(8000)]],
    ['answered by the network, and gone', [typed(), gone('#quote').at(6000), leaves.at(8000)]],
    ['gone a moment after the route that followed', [typed(), leaves.at(8000), gone('#quote').at(8200)]],
    ['its own button leads on', [typed(), press('#next').at(8000), leaves.at(10_000)]],
    ['it put something into the cart', [typed(), cart({ added: 1 }).at(8000), leaves.at(20_000)]],
    ['from one page of the checkout to the next', [typed(), go('checkout', 'checkout').at(9000)]],
    ['ordered', [typed(), go('checkout', 'order-complete', { ordered: true }).at(9000)]],
    ['a filter that changes the query', [typed(), go('list', 'list').at(9000)]],
    ['the page put itself right', [typed(), go('quote', 'home', { how: 'replace' }).at(9000)]],
    ['back on it from the page cache', [typed(), goBack('home', 'quote', { how: 'restore' }).at(9000)]],
  ])('%s', (_name, signals) => {
    const it = watching()
      .hear(...signals)
      .until(34_999)
    expect(it.found).toEqual([])
  })

  test('what the browser refused is not sent', () => {
    const it = watching().hear(typed(), invalid('#quote').at(6000), leaves.at(9000)).until(10_000)
    expect(it.confirmed()).toHaveLength(1)
  })

  test('another form that was sent is not this one', () => {
    const it = watching().hear(typed(), submit('#other').at(6000), leaves.at(9000)).until(10_000)
    expect(it.confirmed()).toHaveLength(1)
  })

  test('a link is no button of the form', () => {
    const link = press(target('#home', { role: 'link' })).at(8000)
    expect(watching().hear(typed(), link, leaves.at(8100)).until(9000).confirmed()).toHaveLength(1)
  })

  test('a route long after a press on a button is no answer to it', () => {
    const it = watching().hear(typed(), press('#help').at(6000), leaves.at(8001)).until(9000)
    expect(it.confirmed()).toHaveLength(1)
  })
})

test('how near it was', () => {
  const it = watching().hear(typed(), submit('#quote').at(20_000))
  expect(it.runner.near()).toMatchObject([{ share: 0.5, why: 'submitted' }])
})

describe('the end', () => {
  const abandoned = () => watching().hear(typed(), leaves.at(6000)).until(6500)

  test('he fills in again', () => {
    const it = abandoned()
      .hear(typist(name, { at: 9000 }).types(1))
      .until(20_000)
    expect(it.phases()).toEqual(['confirmed@6300', 'ended@9100'])
  })
  test('yet another page', () => {
    expect(abandoned().hear(go('home', 'list').at(9000)).until(90_000).phases()).toEqual([
      'confirmed@6300',
      'ended@9000',
    ])
  })
  test('after 30 s', () => {
    expect(abandoned().until(90_000).phases()).toEqual(['confirmed@6300', 'ended@36300'])
  })
})
