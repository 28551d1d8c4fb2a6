import { HTTP, type CloudEvent } from 'cloudevents'
import { expect, test } from 'vitest'
import { cloudevents } from './cloudevents'
import { context, everyKind } from './events.fixture'

test('the receiver of the CloudEvents SDK takes every event, valid and whole', () => {
  const { body, url } = cloudevents.encode(everyKind, context)
  const got = HTTP.toEvent({ headers: { 'content-type': cloudevents.contentType }, body }) as CloudEvent[]
  expect(got.map((it) => it.validate())).toEqual(everyKind.map(() => true))
  expect(got.map(({ data }) => data)).toEqual(everyKind)
  expect(got.map(({ id }) => id)).toEqual(everyKind.map(({ id }) => id))
  expect(new Set(got.map(({ source, id }) => source + id)).size).toBe(everyKind.length)
  expect(got[3]).toMatchObject({
    type: 'splitsecond.nudge.shown',
    time: new Date(everyKind[3]!.at).toISOString(),
  })
  expect(new URL(url!).searchParams.get('key')).toBe('k')
})
