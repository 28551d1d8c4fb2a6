import { expect, test } from 'vitest'
import { createFakeBrowser } from '../../test/fake-platform'
import { expire } from './expire'
import type { Mounting } from './surface'

/** A nudge that stays for a second by itself. */
const shown = (durationMs: number | undefined = 1000) => {
  const platform = createFakeBrowser().page()
  const ends: string[] = []
  const mounting = { spec: { durationMs }, used: (end: string) => ends.push(end) }
  const stops = expire(new EventTarget() as HTMLElement, mounting as unknown as Mounting, platform)
  return {
    ...platform,
    ends,
    /** It lets time pass. */
    waits: (ms: number) => platform.clock.advance(ms),
    does: (type: string) => platform.fire(type),
    stop: () => stops.forEach((stop) => stop()),
  }
}

test('it goes when its time is over, once', async () => {
  const it = shown()
  await it.waits(999)
  expect(it.ends).toEqual([])
  await it.waits(1)
  await it.waits(9000)
  expect(it.ends).toEqual(['expired'])
})

test('with no time it stays', async () => {
  const it = shown(0)
  await it.waits(600_000)
  expect(it.ends).toEqual([])
  expect(it.listening()).toEqual([])
})

test.each([
  ['the mouse is on it', 'mouseenter', 'mouseleave'],
  ['the focus is in it', 'focusin', 'focusout'],
])('the clock stands while %s', async (_name, comes, goes) => {
  const it = shown()
  await it.waits(400)
  it.does(comes)
  await it.waits(60_000)
  it.does(goes)
  await it.waits(599)
  expect(it.ends).toEqual([])
  await it.waits(1)
  expect(it.ends).toEqual(['expired'])
})

test('both must have gone', async () => {
  const it = shown()
  it.does('mouseenter')
  it.does('focusin')
  it.does('mouseleave')
  await it.waits(60_000)
  expect(it.ends).toEqual([])
  it.does('focusout')
  await it.waits(1000)
  expect(it.ends).toEqual(['expired'])
})

test('its time is time of being visible', async () => {
  const it = shown()
  await it.waits(400)
  it.hide()
  await it.waits(60_000)
  it.show()
  await it.waits(599)
  expect(it.ends).toEqual([])
  await it.waits(1)
  expect(it.ends).toEqual(['expired'])
})

test('when it is taken down nothing waits and nobody listens', () => {
  const it = shown()
  it.stop()
  expect(it.clock.pending()).toBe(0)
  expect(it.listening()).toEqual([])
})
