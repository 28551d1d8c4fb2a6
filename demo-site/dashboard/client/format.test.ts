import { describe, expect, it } from 'vitest'
import { count, counted, duration, share, title } from './format'

describe('format', () => {
  it.each([
    [null, '–'],
    [0, '0.0 ms'],
    [9.84, '9.8 ms'],
    [99.94, '99.9 ms'],
    [99.96, '100 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [2000, '2.0 s'],
    [300_000, '5.0 min'],
  ])('writes a duration of %s as %s', (ms, text) => expect(duration(ms)).toBe(text))

  it('writes shares, counts and names', () => {
    expect([share(null), share(0), share(0.875)]).toEqual(['–', '0%', '88%'])
    expect([count(12345), counted(1, 'nudge'), counted(0, 'nudge')]).toEqual([
      '12,345',
      '1 nudge',
      '0 nudges',
    ])
    expect(title('back-on-checkout')).toBe('Back on checkout')
  })
})
