import { expect, test } from 'vitest'
import { bodyOf, context, everyKind } from './events.fixture'
import { posthog } from './posthog'

/** https://posthog.com/docs/api/capture (batch). */
test('each event is as the capture API documents it, and makes no person', () => {
  const body = bodyOf(posthog) as Record<string, unknown> & { batch: Record<string, unknown>[] }
  expect(body['api_key']).toBe('k')
  expect(body.batch).toHaveLength(everyKind.length)
  for (const [index, one] of body.batch.entries()) {
    const event = everyKind[index]!
    expect(one['event']).toMatch(/^splitsecond_[a-z_]+$/)
    expect(one['uuid']).toBe(event.id)
    expect(Date.parse(String(one['timestamp']))).toBe(event.at)
    expect(one['properties']).toMatchObject({
      ...event,
      distinct_id: event.visitor,
      $process_person_profile: false,
    })
  }
})

test('the address `/e/` takes it as text: no preflight', () => {
  expect(posthog.encode(everyKind, { ...context, url: 'https://p.example/i/v0/e/' }).headers).toEqual({
    'content-type': 'text/plain',
  })
  expect(posthog.encode(everyKind, { ...context, url: 'https://p.example/batch/' }).headers).toBeUndefined()
})
