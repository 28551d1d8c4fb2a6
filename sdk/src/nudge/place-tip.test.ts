import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isInView, placeTip } from './place-tip'

const view = { width: 1000, height: 800 }
const tip = { width: 300, height: 120 }

test('below the middle of its anchor, the arrow on it', () => {
  const anchor = { x: 400, y: 100, width: 200, height: 40 }
  expect(placeTip(anchor, tip, view)).toEqual({ side: 'below', x: 350, y: 150, arrow: 150 })
})

test('above where there is no room below', () => {
  const anchor = { x: 400, y: 740, width: 200, height: 40 }
  expect(placeTip(anchor, tip, view)).toMatchObject({ side: 'above', y: 610 })
})

test('at the edge it stays within the window, and the arrow follows the anchor', () => {
  expect(placeTip({ x: 940, y: 100, width: 60, height: 40 }, tip, view)).toMatchObject({ x: 692, arrow: 278 })
  expect(placeTip({ x: 0, y: 100, width: 60, height: 40 }, tip, view)).toMatchObject({ x: 8, arrow: 22 })
})

test('wherever the anchor is, a tip that fits is whole within the window', () => {
  const place = fc.integer({ min: -50, max: 1050 })
  fc.assert(
    fc.property(
      place,
      place,
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 300 }),
      (x, y, width, height) => {
        const at = placeTip({ x, y, width, height }, tip, view)
        expect(at.x).toBeGreaterThanOrEqual(8)
        expect(at.y).toBeGreaterThanOrEqual(8)
        expect(at.x + tip.width).toBeLessThanOrEqual(view.width - 8)
        expect(at.y + tip.height).toBeLessThanOrEqual(view.height - 8)
        expect(at.arrow).toBeGreaterThan(0)
        expect(at.arrow).toBeLessThan(tip.width)
      },
    ),
  )
})

test('an anchor is in view while some of it is', () => {
  const size = { width: 10, height: 10 }
  expect(isInView({ x: -9, y: 799, ...size }, view)).toBe(true)
  expect(isInView({ x: -10, y: 5, ...size }, view)).toBe(false)
  expect(isInView({ x: 5, y: 800, ...size }, view)).toBe(false)
})
