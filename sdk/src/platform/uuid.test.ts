import { expect, test } from 'vitest'
import { seeded } from '../../test/seeded'
import { createUuid } from './uuid'

const random = seeded(1)
const uuid = createUuid((size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)))

test('is a UUID of version 7 and variant 10', () => {
  for (let i = 0; i < 200; i++)
    expect(uuid(1_760_000_000_000 + i)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
})

test('carries the millisecond it was made in', () => {
  const [high, low] = uuid(1_760_000_000_123).split('-')
  expect(Number.parseInt(`${high}${low}`, 16)).toBe(1_760_000_000_123)
  expect(uuid(0).startsWith('00000000-0000-7')).toBe(true)
  expect(uuid(2 ** 48 - 1).startsWith('ffffffff-ffff-7')).toBe(true)
})

test('sorts by time as text, and is never the same', () => {
  const times = Array.from({ length: 500 }, (_none, index) => 1_760_000_000_000 + index * 37)
  const made = times.map(uuid)
  expect([...made].sort()).toEqual(made)
  expect(new Set(Array.from({ length: 2_000 }, () => uuid(1))).size).toBe(2_000)
})
