import { describe, expect, test } from 'vitest'
import { ask, createRule } from './rules.fixture'
import { createWallClock, isOpen } from './schedule'

/** 2026-11-23 is a Monday. */
const at = (text: string) => Date.parse(`2026-11-${text}:00Z`)

describe('the shop’s wall clock', () => {
  test.each([
    ['UTC', '23T09:30', 'mon 09:30'],
    ['Europe/Brussels', '23T23:30', 'tue 00:30'],
    ['America/New_York', '23T04:05', 'sun 23:05'],
    ['Asia/Kolkata', '23T18:29', 'mon 23:59'],
    ['Asia/Kolkata', '23T18:30', 'tue 00:00'],
  ])('in %s at %s says %s', (zone, time, said) => expect(createWallClock(zone)(at(time))).toBe(said))

  test('goes forward in the night when summer time begins', () => {
    const clock = createWallClock('Europe/Brussels')
    expect(clock(Date.parse('2026-03-29T00:59:00Z'))).toBe('sun 01:59')
    expect(clock(Date.parse('2026-03-29T01:00:00Z'))).toBe('sun 03:00')
  })
})

test.each([
  [{ days: ['mon', 'tue'] }, 'mon 00:00', true],
  [{ days: ['mon', 'tue'] }, 'wed 00:00', false],
  [{ hours: ['09:00-18:00'] }, 'sun 09:00', true],
  [{ hours: ['09:00-18:00'] }, 'sun 18:00', false],
  [{ hours: ['09:00-12:00', '13:00-24:00'] }, 'sun 12:30', false],
  [{ hours: ['09:00-12:00', '13:00-24:00'] }, 'sun 23:59', true],
  // Friday night is a part of Friday.
  [{ days: ['fri'], hours: ['22:00-02:00'] }, 'fri 22:00', true],
  [{ days: ['fri'], hours: ['22:00-02:00'] }, 'sat 01:59', true],
  [{ days: ['fri'], hours: ['22:00-02:00'] }, 'fri 01:59', false],
  [{ days: ['fri'], hours: ['22:00-02:00'] }, 'sat 02:00', false],
  [{ days: ['sun'], hours: ['22:00-02:00'] }, 'mon 00:00', true],
  [{}, 'mon 12:00', true],
] as const)('%j at %s: %s', (schedule, said, open) =>
  expect(isOpen(schedule as Parameters<typeof isOpen>[0], said)).toBe(open),
)

test('a rule outside its hours holds, by the clock of the shop, and says so', () => {
  const rule = createRule({ schedule: { days: ['mon'], hours: ['09:00-18:00'] } })
  const inBrussels = (time: string) =>
    ask([rule], { ruleset: { timeZone: 'Europe/Brussels' }, now: at(time) })
  expect(inBrussels('23T08:00').reason).toBe('shown')
  expect(inBrussels('23T16:59').reason).toBe('shown')
  const closed = inBrussels('23T17:00')
  expect(closed.reason).toBe('expired')
  expect(closed.trace).toContainEqual({
    rule: 'r1',
    clause: 'schedule',
    observed: 'mon 18:00',
    wanted: 'mon 09:00-18:00',
    passed: false,
  })
  // A ruleset that names no zone means UTC.
  expect(ask([rule], { now: at('23T17:00') }).reason).toBe('shown')
})
