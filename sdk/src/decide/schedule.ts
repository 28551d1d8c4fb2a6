import type { Rule } from '../../schema/ruleset'
import { DAYS } from './check'

/** What it says at that time (epoch ms). */
export type WallClock = (now: number) => string

/**
 * The time on the shop's wall: `sat 21:40`. What it said last is kept for its minute: asking `Intl` takes longer than
 * all the rest of a decision.
 */
export function createWallClock(timeZone = 'UTC'): WallClock {
  const format = new Intl.DateTimeFormat('en', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
  const last = { minute: NaN, said: '' }
  return (now) => {
    const minute = Math.floor(now / 60_000)
    if (minute !== last.minute) {
      const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
      last.minute = minute
      last.said = `${part['weekday']!.toLowerCase()} ${part['hour']}:${part['minute']}`
    }
    return last.said
  }
}

/** Is it open at that time on the wall? Hours that pass midnight belong to the day on which they begin. */
export function isOpen({ days, hours }: NonNullable<Rule['schedule']>, said: string): boolean {
  const [day, time] = said.split(' ') as [(typeof DAYS)[number], string]
  const yesterday = DAYS[(DAYS.indexOf(day) + 6) % 7]!
  const on = (name: (typeof DAYS)[number]) => !days || days.includes(name)
  return (hours ?? ['00:00-24:00']).some((span) => {
    const [from, to] = span.split('-') as [string, string]
    return from < to
      ? on(day) && time >= from && time < to
      : (on(day) && time >= from) || (on(yesterday) && time < to)
  })
}
