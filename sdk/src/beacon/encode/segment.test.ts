import { expect, test } from 'vitest'
import { bodyOf, context, eventOf, everyKind } from './events.fixture'
import { segment } from './segment'

/** https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/ (batch, track, authentication). */
test('each event is a track call as the HTTP API documents it', () => {
  const body = bodyOf(segment) as { batch: Record<string, unknown>[]; sentAt: string }
  expect(Object.keys(body).sort()).toEqual(['batch', 'sentAt'])
  expect(Date.parse(body.sentAt)).toBe(context.sentAt)
  for (const [index, call] of body.batch.entries()) {
    const event = everyKind[index]!
    expect(call).toMatchObject({ type: 'track', messageId: event.id, anonymousId: event.visitor })
    expect(call['event']).toMatch(/^splitsecond_[a-z_]+$/)
    expect(Date.parse(String(call['timestamp']))).toBe(event.at)
    expect(call['properties']).toEqual(event)
  }
  expect(body.batch).toHaveLength(everyKind.length)
})

test('the write key is the user of basic authorization, with no password', () => {
  const { headers } = segment.encode(everyKind, context)
  expect(atob(headers!['authorization']!.replace('Basic ', ''))).toBe('k:')
})

test('RudderStack’s beacon address has it in the query, and is text: no preflight', () => {
  const { url, headers } = segment.encode(everyKind, { ...context, url: 'https://r.example/beacon/v1/batch' })
  expect(url).toBe('https://r.example/beacon/v1/batch?writeKey=k')
  expect(headers).toEqual({ 'content-type': 'text/plain' })
})

test('one of the two ids is there for a shopper who has none', () => {
  const { visitor: _none, ...nobody } = eventOf({ type: 'page' })
  const { batch } = bodyOf(segment, [nobody]) as { batch: { anonymousId: string }[] }
  expect(batch[0]!.anonymousId).toBe(nobody['session'])
})
