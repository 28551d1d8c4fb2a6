import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FakeInput, fakeFields } from '../../test/fake-fields'
import type { Signal } from '../terms'
import type { PageTime } from '../time'
import { createElements } from './elements'
import { press } from './press'
import type { CaptureEvents, CaptureKit, On } from './source'

beforeEach(fakeFields)
afterEach(() => vi.unstubAllGlobals())

const watching = () => {
  const told: Signal[] = []
  const target = new FakeInput()
  const time = { now: 0 }
  const { on = {} } = press({
    elements: createElements(),
    emit: (signal) => told.push(signal),
  } as Partial<CaptureKit> as CaptureKit)
  return {
    presses: () => told.length,
    /** A finger: the first to touch is the primary one. */
    finger(type: keyof CaptureEvents, pointerId = 1) {
      time.now += 20
      const event = { pointerId, isPrimary: pointerId === 1, button: 0, pointerType: 'touch', target }
      ;(on[type] as On)(event as unknown as Event, time.now as PageTime, time.now as PageTime)
    },
  }
}

test('a finger that comes and goes is a press', () => {
  const it = watching()
  it.finger('pointerdown')
  it.finger('pointerup')
  expect(it.presses()).toBe(1)
})

test('a finger that scrolls is none', () => {
  const it = watching()
  it.finger('pointerdown')
  it.finger('pointercancel')
  it.finger('pointerup')
  expect(it.presses()).toBe(0)
})

test('two fingers that pinch are none, whichever goes first, and the next finger is one again', () => {
  for (const order of [
    [1, 2],
    [2, 1],
  ]) {
    const it = watching()
    it.finger('pointerdown', 1)
    it.finger('pointerdown', 2)
    for (const pointerId of order) it.finger('pointerup', pointerId)
    expect(it.presses()).toBe(0)
    it.finger('pointerdown')
    it.finger('pointerup')
    expect(it.presses()).toBe(1)
  }
})
