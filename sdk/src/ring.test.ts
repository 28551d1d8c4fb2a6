import { expect, test } from 'vitest'
import { createRing } from './ring'

test('holds the last, the newest first', () => {
  const ring = createRing<number>(3)
  expect(ring.all()).toEqual([])
  const seen = [1, 2, 3, 4, 5, 6, 7].map((item) => {
    ring.put(item)
    return ring.all()
  })
  expect(seen.slice(0, 5)).toEqual([[1], [2, 1], [3, 2, 1], [4, 3, 2], [5, 4, 3]])
  expect(seen.at(-1)).toEqual([7, 6, 5])
})
