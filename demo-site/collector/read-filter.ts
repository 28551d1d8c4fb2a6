/** What a query string asks for, or what is wrong with it. An empty value means no filter. */
import type { BeaconEvent } from '../../sdk/schema/event'

export interface Filter {
  readonly type?: BeaconEvent['type']
  readonly session?: string
  /** Epoch ms: events whose `at` is not before it. */
  readonly since?: number
}

const types: Readonly<Record<BeaconEvent['type'], true>> = {
  page: true,
  moment: true,
  decision: true,
  nudge: true,
  outcome: true,
  vitals: true,
  loss: true,
  error: true,
}

const isType = (text: string): text is BeaconEvent['type'] => Object.hasOwn(types, text)

export const readFilter = (asked: Readonly<Record<string, string>>): Filter | { error: string } => {
  const { type, session, since } = asked
  if (type && !isType(type)) {
    return { error: `type: wanted ${Object.keys(types).join(' | ')}, found ${JSON.stringify(type)}` }
  }
  if (session && session.length > 64) {
    return { error: `session: wanted at most 64 characters, found ${session.length}` }
  }
  if (since && !(/^\d+$/.test(since) && Number.isSafeInteger(Number(since)))) {
    return {
      error: `since: wanted a time in epoch ms, such as ${Date.now()}, found ${JSON.stringify(since)}`,
    }
  }
  return {
    ...(type && isType(type) && { type }),
    ...(session && { session }),
    ...(since && { since: Number(since) }),
  }
}
