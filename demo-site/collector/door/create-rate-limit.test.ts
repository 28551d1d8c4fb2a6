import { describe, expect, it } from 'vitest'
import { createRateLimit } from './create-rate-limit'

const limited = (perSecond: number, burst: number) => {
  const clock = { now: 1_000_000 }
  const { take } = createRateLimit({ perSecond, burst }, () => clock.now)
  return { clock, take, times: (n: number) => Array.from({ length: n }, () => take('a')) }
}

describe('a rate limit', () => {
  it('lets a burst in, then as many as a second has, and says how long to wait', () => {
    const { clock, times } = limited(2, 3)
    expect(times(4)).toEqual([0, 0, 0, 1])
    clock.now += 1000
    expect(times(3)).toEqual([0, 0, 1])
    clock.now += 60_000
    expect(times(4)).toEqual([0, 0, 0, 1])
  })

  it('waits longer than a second where requests are rarer than that', () => {
    const { clock, times } = limited(0.1, 1)
    expect(times(2)).toEqual([0, 10])
    clock.now += 9_000
    expect(times(1)).toEqual([1])
    clock.now += 1_000
    expect(times(1)).toEqual([0])
  })

  it('keeps a bucket for each name', () => {
    const { take } = limited(1, 1)
    expect([take('a'), take('b'), take('a')]).toEqual([0, 0, 1])
  })

  it('gains nothing from a clock that is set back', () => {
    const { clock, times } = limited(1, 1)
    expect(times(1)).toEqual([0])
    clock.now -= 60_000
    expect(times(1)).toEqual([1])
  })
})
