import { expect, test, vi } from 'vitest'
import { readGa4 } from '../../capture/ga4'
import { datalayer } from './datalayer'
import { everyKind, shown } from './events.fixture'

interface Entry {
  readonly event: string
  readonly splitsecond: Readonly<Record<string, unknown>>
}
const onPage = (dataLayer?: unknown[]) => {
  const page = { dataLayer }
  vi.stubGlobal('window', page)
  return page as { dataLayer?: Entry[] }
}
const none = new Map<string, () => unknown>()

test('what tag managers have a use for is pushed, flat, under one key, each with the same names', () => {
  const page = onPage()
  datalayer.hand(everyKind, none)
  expect(page.dataLayer!.map(({ event }) => event)).toEqual([
    'splitsecond_moment_confirmed',
    'splitsecond_decision_show',
    'splitsecond_nudge_shown',
    'splitsecond_nudge_ghost',
    'splitsecond_nudge_clicked',
    'splitsecond_nudge_missed',
    'splitsecond_outcome',
  ])
  const names = page.dataLayer!.map(({ splitsecond }) => Object.keys(splitsecond))
  for (const own of names) expect(own).toEqual(names[0])
  for (const entry of page.dataLayer!) {
    expect(Object.keys(entry)).toEqual(['event', 'splitsecond'])
    expect(entry.event.length).toBeLessThanOrEqual(40)
  }
  expect(page.dataLayer![2]!.splitsecond).toMatchObject({
    id: shown.id,
    rule: 'pricing-help',
    surface: 'toast',
    fit: 'in-moment',
    total: 11.8,
  })
})

test('none of it is an e-commerce event of the shop', () => {
  const page = onPage([])
  datalayer.hand(everyKind, none)
  expect(page.dataLayer!.map((entry) => readGa4(entry)).filter(Boolean)).toEqual([])
})

test('what the shop’s tags throw is theirs: what is in was delivered', () => {
  const layer: unknown[] = []
  const page = onPage(
    Object.assign(layer, {
      push(entry: unknown) {
        layer[layer.length] = entry
        throw Error('a tag')
      },
    }),
  )
  datalayer.hand([shown], none)
  expect(page.dataLayer).toHaveLength(1)
})

test('what cannot be pushed was not', () => {
  onPage(Object.freeze([]) as unknown as unknown[])
  expect(() => datalayer.hand([shown], none)).toThrow(TypeError)
})
