import { expect, test } from 'vitest'
import { unheeded } from './unheeded'

const watched = [
  { name: 'hesitation', options: { dwellMs: 2000, visits: 3 } },
  { name: 'tab-return', options: { awayMs: 5000 } },
]
const moments = ['hesitation', 'tab-return', 'quick-back', 'sizing-doubt']
const isSelector = (text: string) => !text.includes('[')
const lines = (settings: Record<string, Record<string, unknown>>) =>
  unheeded(watched, settings, { moments, isSelector })

test.each<[string, Record<string, Record<string, unknown>>, string[]]>([
  ['what is in force is not named', { hesitation: { dwellMs: 2000, targets: ['#buy', '.cta'] } }, []],
  ['nor are options of what is not watched', { 'quick-back': { stayMs: 'long' } }, []],
  ['nor of a moment of the page\u2019s own', { 'sizing-doubt': { sizes: 3 } }, []],
  [
    'a wrong value',
    { 'tab-return': { awayMs: -1 } },
    ['ruleset moments.tab-return.awayMs: wanted a number ≥ 0, found -1'],
  ],
  [
    'an option that there is none of',
    { hesitation: { dwell: 9 } },
    ['ruleset moments.hesitation.dwell: wanted one of dwellMs, visits, found 9'],
  ],
  [
    'a moment that there is none of',
    { hesitaton: { dwellMs: 9 } },
    [`ruleset moments: wanted one of ${moments.join(', ')}, found "hesitaton"`],
  ],
  [
    'a selector that is none, among others',
    { hesitation: { targets: ['#buy', '#buy['] } },
    ['ruleset moments.hesitation.targets[1]: wanted a selector, found "#buy["'],
  ],
  [
    'no selector at all',
    { hesitation: { targets: [] } },
    ['ruleset moments.hesitation.targets: wanted a list of selectors, found []'],
  ],
  [
    'a text that is no list',
    { hesitation: { targets: '#buy' } },
    ['ruleset moments.hesitation.targets: wanted a list of selectors, found "#buy"'],
  ],
  [
    'targets of a moment that has none',
    { 'tab-return': { targets: ['#buy'] } },
    ['ruleset moments.tab-return.targets: wanted one of awayMs, found ["#buy"]'],
  ],
])('%s', (_name, settings, wanted) => {
  expect(lines(settings)).toEqual(wanted)
})

test('a name in `observe` that is no moment', () => {
  const observed = ['quick-back', 'hesitaton', 'sizing-doubt']
  expect(unheeded(watched, {}, { moments, observed })).toEqual([
    `ruleset observe: wanted one of ${moments.join(', ')}, found "hesitaton"`,
  ])
  expect(unheeded(watched, {}, { observed })).toEqual([])
})

test('away from a browser every text may be a selector, and every name a moment', () => {
  expect(unheeded(watched, { hesitation: { targets: ['#buy['] }, other: { a: 1 } })).toEqual([])
})
