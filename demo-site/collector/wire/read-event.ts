/** Checks one event against the schema. What is wrong comes back as a text that names the place. */
import { event } from '../../../sdk/schema/event'
import type { Received } from '../columns'
import { explainIssue } from './explain-issue'

interface Arrival {
  readonly receivedAt: number
  /** The event's place in its body, where it has one. */
  readonly within?: string
  /** Its text, where it came as a line of its own. */
  readonly line?: string
}

const issuesNamed = 3

export const readEvent = (value: unknown, { receivedAt, within, line }: Arrival): Received | string => {
  const checked = event.safeParse(value)
  if (checked.success) return { event: checked.data, line: line ?? JSON.stringify(value), receivedAt }
  const issues = checked.error.issues
  const named = issues.slice(0, issuesNamed).map((issue) => explainIssue(issue, value, within))
  const rest = issues.length - named.length
  return named.join('; ') + (rest > 0 ? ` (and ${rest} more)` : '')
}

/** An envelope may say more than the type: `splitsecond.nudge`, `splitsecond.nudge.shown`. */
export const isNameOf = (name: unknown, type: string): boolean =>
  typeof name === 'string' && `${name}.`.startsWith(`splitsecond.${type}.`)

/** Ids are the same in either case. */
export const isSameId = (one: unknown, id: string): boolean =>
  typeof one === 'string' && one.toLowerCase() === id.toLowerCase()
