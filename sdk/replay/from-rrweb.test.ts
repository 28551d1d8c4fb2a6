import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fromRrweb, parseTrace, replay } from './index'

const here = (name: string) => join(import.meta.dirname, name)
const recorded = () => JSON.parse(readFileSync(here('../test/shop.rrweb.json'), 'utf8')) as unknown
const ruleset = JSON.parse(readFileSync(here('../../demo-site/rules/default.json'), 'utf8')) as {
  pages: Record<string, string[]>
}
const { pages } = ruleset

describe('a recording of the demo shop', () => {
  test('holds the moments that the shopper had', () => {
    const { moments, decisions } = replay(fromRrweb(recorded(), { pages }), { ruleset })
    expect(moments.filter(({ phase }) => phase === 'confirmed')).toMatchObject([
      { name: 'hesitation', evidence: { dwellMinMs: 2000 } },
      { name: 'rage-typing', evidence: { cycles: 3 } },
    ])
    expect(decisions).toMatchObject([
      { verdict: 'show', rule: 'pricing-help' },
      { verdict: 'show', rule: 'support-shortcut' },
    ])
  })

  test('holds nothing of what was typed, nor any text of the page', () => {
    const trace = fromRrweb(recorded(), { pages })
    expect(JSON.stringify(recorded())).toContain('Wrong lid')
    expect(trace).not.toMatch(/wrong|lid|kettle/i)
  })

  test('tells pages by their path, and their type by the globs of the ruleset', () => {
    const went = parseTrace(fromRrweb(recorded(), { pages })).lines.filter(({ kind }) => kind === 'navigate')
    expect(went).toMatchObject([
      { from: null, to: { type: 'pricing', path: '/pricing' }, how: 'load' },
      { from: { type: 'pricing' }, to: { type: 'support', path: '/support' } },
    ])
  })
})

/** A page with a form, a button that opens a list, and a ticker. */
const element = (id: number, tagName: string, attributes: object = {}, childNodes: object[] = []) => ({
  id,
  tagName,
  attributes,
  childNodes,
})
const document = element(1, '', {}, [
  element(2, 'html', { lang: 'nl' }, [
    element(3, 'form', {}, [
      element(4, 'input', { type: 'text' }),
      element(5, 'input', { type: 'password' }),
      element(6, 'button'),
    ]),
    element(7, 'div', {}, [element(8, 'button', { type: 'button' }), element(9, 'ul')]),
    element(10, 'p'),
    element(11, 'a', { href: 'tel:1', 'data-splitsecond-ignore': 'rage-click' }),
  ]),
])
const begin = [
  { type: 4, timestamp: 1000, data: { href: 'https://shop.example/a?q=secret', width: 1280, height: 800 } },
  { type: 2, timestamp: 1001, data: { node: document } },
]
const at = (ms: number, data: object) => ({ type: 3, timestamp: 1000 + ms, data })
const hand = (ms: number, type: number, id: number) => at(ms, { source: 2, type, id, x: 5, y: 6 })
const pressed = (ms: number, id: number) => [hand(ms, 1, id), hand(ms + 50, 0, id), hand(ms + 51, 2, id)]
const typed = (ms: number, id: number, text: string, more: object = {}) =>
  at(ms, { source: 5, id, text, ...more })
const signals = (...events: object[]) =>
  parseTrace(fromRrweb([...begin, ...events])).lines.filter(({ kind }) => !/^(navigate|end)$/.test(kind))

describe('what becomes of an event', () => {
  test('a press is where the hand let go, with what it fell on', () => {
    expect(signals(...pressed(100, 11))).toEqual([
      {
        kind: 'press',
        at: 150,
        heardAt: 150,
        pointer: 'mouse',
        x: 5,
        y: 6,
        target: { id: 11, role: 'link', ignore: ['rage-click'] },
        decision: null,
        expects: 'elsewhere',
      },
    ])
  })

  test('a click that no hand made is the keyboard\u2019s, and one on a submit button sends the form', () => {
    expect(signals(hand(100, 2, 6))).toMatchObject([
      { kind: 'press', pointer: 'key', decision: { id: 6 }, expects: 'change' },
      { kind: 'form', form: 3, action: 'submit', hadErrors: false },
    ])
  })

  test('of inputs only lengths, of sensitive ones not even those', () => {
    const seen = signals(
      typed(100, 4, 'a'),
      typed(200, 4, 'abcdef'),
      typed(300, 4, 'abcde'),
      typed(400, 4, 'x'),
      typed(500, 5, 'secret'),
    )
    expect(seen).toMatchObject([
      { length: 1, inserted: 1, erased: 0, change: 'insert' },
      { length: 6, inserted: 5, erased: 0, change: 'other' },
      { length: 5, inserted: 0, erased: 1, change: 'delete' },
      { length: 1, inserted: 1, erased: 5, change: 'insert' },
      { length: 0, inserted: 0, erased: 0, field: { sensitive: true } },
    ])
  })

  test('what a script wrote into a field was not the shopper', () => {
    expect(signals(typed(100, 4, 'hello', { userTriggered: false }))).toEqual([])
  })

  test('what changes after a press is a response, near it or elsewhere; a ticker is none', () => {
    const tick = (ms: number) => at(ms, { source: 0, texts: [{ id: 10 }] })
    const open = at(300, { source: 0, adds: [{ parentId: 9, node: element(20, 'li') }] })
    const far = at(400, { source: 0, attributes: [{ id: 3, attributes: { class: 'x' } }] })
    const seen = signals(
      tick(50),
      ...pressed(100, 8),
      tick(200),
      open,
      far,
      at(9000, { source: 0, texts: [{ id: 3 }] }),
    )
    expect(seen).toMatchObject([
      { kind: 'press' },
      { kind: 'response', at: 300, what: 'change', near: true },
      { kind: 'response', at: 400, near: false },
    ])
  })

  test('the mouse\u2019s way stands at its own time, before what came after it', () => {
    const way = at(500, {
      source: 1,
      positions: [
        { x: 1, y: 1, id: 10, timeOffset: -450 },
        { x: 2, y: 2, id: 6, timeOffset: -400 },
      ],
    })
    expect(signals(...pressed(200, 10), way)).toMatchObject([
      { kind: 'pointer', at: 100, samples: [{ at: 50 }, { at: 100 }] },
      { kind: 'hover', at: 100, target: { id: 6 } },
      { kind: 'press', at: 250 },
    ])
  })

  test('a query is not taken along', () => {
    expect(fromRrweb(begin)).not.toContain('secret')
  })

  test('a client-side route comes as a wrapper of rrweb tells it', () => {
    const route = {
      type: 5,
      timestamp: 1200,
      data: { tag: 'route', payload: { href: 'https://shop.example/b' } },
    }
    const { lines } = parseTrace(fromRrweb([...begin, route]))
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'navigate', how: 'push', at: 200 }))
    expect(lines.map(({ kind }) => kind)).not.toContain('armed')
  })
})

test.each([
  ['an object', {}, 'wanted events of rrweb, each with a type, a timestamp and data, found object'],
  ['odd events', [{ type: 'x' }], '[0]: wanted events of rrweb'],
  ['no snapshot', [begin[0]], 'wanted a full snapshot among the events, found none'],
])('%s is no recording', (_what, given, message) => {
  expect(() => fromRrweb(given)).toThrow(message)
})
