import { describe, expect, it } from 'vitest'
import { readOptions } from './read-options'

describe('the options of the command line', () => {
  it('are none where none are given', () => {
    expect(readOptions([])).toEqual({})
  })

  it('name store, target and rate', () => {
    expect(readOptions(['--store', 'a', '--forward=b', '--rate', '50'])).toEqual({
      store: 'a',
      forward: 'b',
      rate: { perSecond: 50, burst: 500 },
    })
    expect(readOptions(['--rate', '0']).rate?.perSecond).toBe(Infinity)
  })

  it.each([
    [['--rate', 'fast'], /^--rate: wanted requests per second \(a number, 0 for no limit\), found "fast"$/],
    [['--rate=-1'], /^--rate: wanted .* found "-1"$/],
    [['--stroe', 'x'], /^Unknown option '--stroe'\. Known are:\n\n {2}--store clickhouse:/],
    [['--store'], /^Option '--store <value>' argument missing/],
    [['x'], /^Unexpected argument 'x'/],
  ])('are refused by what is wrong with them: %j', (argv, message) => {
    expect(() => readOptions(argv)).toThrow(message)
  })
})
