import { describe, expect, it } from 'vitest'
import { collectorForEach } from '../test-collector'
import { momentEvent, pageEvent, shownEvent } from '../test-events'
import { cloudEvent, logRecord, logRequest } from '../test-wire'

const { poster, stored, text } = collectorForEach()
const lines = poster('/v1/events', 'text/plain')
const batch = poster('/v1/events', 'application/cloudevents-batch+json')
const single = poster('/v1/events', 'application/cloudevents+json; charset=utf-8')
const logs = poster('/v1/logs', 'application/json')

describe('the same event in each form', () => {
  it('is the same in the store, and there once', async () => {
    const event = shownEvent({ seq: 1, newer: { key: 'kept, 🛒' } })
    await lines(JSON.stringify(event))
    const asLine = await text()
    expect(await batch([cloudEvent(event)])).toEqual({ status: 200, body: { accepted: 1, rejected: [] } })
    expect(await single(cloudEvent(event))).toEqual({ status: 200, body: { accepted: 1, rejected: [] } })
    expect(await logs(logRequest(logRecord(event)))).toEqual({ status: 200, body: {} })
    expect(await text()).toBe(asLine)
    expect(await stored()).toEqual([event])
  })

  it('arrives by each of them alone', async () => {
    const [a, b, c] = [pageEvent({ seq: 1 }), momentEvent({}, { seq: 2 }), shownEvent({ seq: 3 })] as const
    await batch([cloudEvent(a)])
    await single(cloudEvent(b))
    await logs(logRequest(logRecord(c)))
    expect(await stored()).toEqual([a, b, c])
  })

  it('may be called by more than its type, and by no less', async () => {
    const [a, b] = [shownEvent({ seq: 1 }), shownEvent({ seq: 2 })] as const
    const name = 'splitsecond.nudge.shown'
    await batch([cloudEvent(a, { type: name }), cloudEvent(pageEvent(), { type: 'splitsecond.pages' })])
    await logs(logRequest(logRecord(b, { 'event.name': name, 'log.record.uid': b.id })))
    await logs(logRequest(logRecord(pageEvent(), { 'log.record.uid': b.id })))
    expect(await stored()).toEqual([a, b])
  })

  it('stays one line, however its JSON was laid out', async () => {
    const event = pageEvent()
    await logs(logRequest({ body: { stringValue: JSON.stringify(event, null, 2) } }))
    expect(await stored()).toEqual([event])
  })
})
