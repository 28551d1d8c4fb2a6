import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import type { CaptureEvents, CaptureKit, On } from './source'
import { visibility } from './visibility'

const page = {
  hidden: false,
  get visibilityState() {
    return this.hidden ? 'hidden' : 'visible'
  },
}
beforeEach(() => {
  page.hidden = false
  vi.stubGlobal('document', page)
})
afterEach(() => vi.unstubAllGlobals())

const watching = () => {
  const told: Signal[] = []
  const { on = {} } = visibility({ emit: (signal) => told.push(signal) } as Partial<CaptureKit> as CaptureKit)
  const fires = (type: keyof CaptureEvents, ms: number) =>
    (on[type] as On)({} as Event, ms as PageTime, ms as PageTime)
  return {
    fires,
    turns(hidden: boolean, ms: number) {
      page.hidden = hidden
      fires('visibilitychange', ms)
    },
    hidden: () => told.map((it) => it.kind === 'visibility' && [it.visible, it.hiddenMs]),
  }
}

test('how long a page was hidden is told when it is shown again', () => {
  const it = watching()
  it.turns(true, 1000)
  it.turns(false, 7000)
  expect(it.hidden()).toEqual([
    [false, 0],
    [true, 6000],
  ])
})

test('a page that was opened in the background was never left', () => {
  const it = watching()
  it.turns(false, 7000)
  expect(it.hidden()).toEqual([[true, 0]])
})

test.each([
  ['left, then hidden', ['pagehide', 'hide']],
  ['hidden, then left', ['hide', 'pagehide']],
])('a page that was left and comes from the page cache was not hidden: %s', (_name, order) => {
  const it = watching()
  for (const what of order)
    if (what === 'hide') it.turns(true, 1000)
    else it.fires('pagehide', 1000)
  it.turns(false, 60_000)
  it.turns(true, 70_000)
  it.turns(false, 76_000)
  expect(it.hidden()).toEqual([
    [false, 0],
    [true, 0],
    [false, 0],
    [true, 6000],
  ])
})
