import { describe, expect, it } from 'vitest'
import { collectorForEach } from '../test-collector'
import { pageEvent } from '../test-events'
import { cloudEvent } from '../test-wire'

const { poster, stored } = collectorForEach()
const batch = poster('/v1/events', 'application/cloudevents-batch+json')
const single = poster('/v1/events', 'application/cloudevents+json; charset=utf-8')

describe('CloudEvents', () => {
  it('names what is refused by its place in the batch, and takes the rest', async () => {
    const good = pageEvent()
    const other = pageEvent()
    const { session: _, ...noSession } = pageEvent()
    const answer = await batch([
      cloudEvent(other, { specversion: '0.3' }),
      cloudEvent(other, { source: '' }),
      cloudEvent(other, { datacontenttype: 'application/xml' }),
      cloudEvent(other, { data: undefined, data_base64: 'e30=' }),
      cloudEvent(other, { data: undefined }),
      cloudEvent(other, { data: noSession }),
      cloudEvent(other, { id: good.id }),
      cloudEvent(other, { type: 'splitsecond.nudge' }),
      'event',
      cloudEvent(good, { id: good.id.toUpperCase(), subject: 'free', extension: 1 }),
    ])
    expect(answer).toEqual({
      status: 200,
      body: {
        accepted: 1,
        rejected: [
          'specversion: wanted "1.0", found "0.3"',
          'source: wanted a URI-reference (text that is not empty), found ""',
          'datacontenttype: wanted "application/json" or nothing, found "application/xml"',
          'data_base64: wanted the event as JSON in data, found bytes',
          'data: wanted object, found nothing',
          'data.session: wanted string, found nothing',
          `id: wanted that of data, "${other.id}", found "${good.id}"`,
          'type: wanted "splitsecond.page", found "splitsecond.nudge"',
          'wanted a CloudEvent (object), found string',
        ].map((reason, index) => ({ index, reason })),
      },
    })
    expect(await stored()).toEqual([good])
  })

  it('answers 400 to a single one that is refused, and to a body that is none', async () => {
    expect(await single(cloudEvent(pageEvent(), { specversion: 1 }))).toEqual({
      status: 400,
      body: { error: 'specversion: wanted "1.0", found 1' },
    })
    expect(await batch(cloudEvent(pageEvent()))).toEqual({
      status: 400,
      body: { error: 'body: wanted an array of CloudEvents, found object' },
    })
    expect((await batch('[')).status).toBe(400)
    expect(await batch(Buffer.from([0x22, 0xff, 0x22]))).toEqual({
      status: 400,
      body: { error: 'body: wanted UTF-8, found other bytes' },
    })
  })
})
