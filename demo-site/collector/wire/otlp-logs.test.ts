import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { collectorForEach } from '../test-collector'
import { pageEvent } from '../test-events'
import { logRecord, logRequest } from '../test-wire'

const { poster, stored } = collectorForEach()
const logs = poster('/v1/logs', 'application/json')

const nonsense = (text: string): string => {
  try {
    return String(JSON.parse(text))
  } catch (error) {
    return (error as Error).message
  }
}

describe('OTLP logs', () => {
  it('counts what is refused, and says why of the first three', async () => {
    const good = pageEvent()
    const other = pageEvent()
    const answer = await logs({
      resourceLogs: [
        { scopeLogs: [{ logRecords: [logRecord(good), { body: { intValue: '7' } }] }] },
        {
          scopeLogs: [
            {},
            {
              logRecords: [
                { body: { stringValue: 'GET /' } },
                logRecord(other, { 'event.id': good.id }),
                logRecord(other, { 'event.name': 'splitsecond.nudge' }),
                { body: { stringValue: JSON.stringify({ ...other, seq: 'one' }) } },
              ],
            },
          ],
        },
      ],
    })
    expect(answer.status).toBe(200)
    const { partialSuccess } = answer.body as {
      partialSuccess: { rejectedLogRecords: string; errorMessage: string }
    }
    expect(partialSuccess.rejectedLogRecords).toBe('5')
    expect(partialSuccess.errorMessage).toBe(
      [
        'resourceLogs.0.scopeLogs.0.logRecords.1.body.stringValue: wanted an event as a JSON string, found nothing',
        `resourceLogs.1.scopeLogs.1.logRecords.0.body.stringValue: wanted an event as JSON, found text that is not JSON (${nonsense('GET /')})`,
        `resourceLogs.1.scopeLogs.1.logRecords.1.attributes event.id: wanted that of the body, "${other.id}", found "${good.id}" (and 2 more)`,
      ].join('; '),
    )
    expect(await stored()).toEqual([good])
  })

  it('names the place inside the event', async () => {
    const { status, body } = await logs(logRequest(logRecord({ ...pageEvent(), seq: -1 })))
    expect(status).toBe(200)
    expect(body).toEqual({
      partialSuccess: {
        rejectedLogRecords: '1',
        errorMessage:
          'resourceLogs.0.scopeLogs.0.logRecords.0.body.stringValue.seq: wanted at least 0, found -1',
      },
    })
  })

  it('is content with nothing, and answers a failure as the protocol wants it', async () => {
    expect(await logs({})).toEqual({ status: 200, body: {} })
    const broken = [{ resourceLogs: 'x' }, { resourceLogs: [7] }, { resourceLogs: [{ scopeLogs: {} }] }]
    const answers = await Promise.all(broken.map((body) => logs(body)))
    expect(answers.map(({ body }) => body)).toEqual(
      [
        'resourceLogs: wanted array, found string',
        'resourceLogs.0: wanted object, found number',
        'resourceLogs.0.scopeLogs: wanted array, found object',
      ].map((errorMessage) => ({ partialSuccess: { rejectedLogRecords: '1', errorMessage } })),
    )
    expect(await logs([])).toEqual({
      status: 400,
      body: { message: 'body: wanted an ExportLogsServiceRequest (object), found array' },
    })
    const binary = await poster('/v1/logs', 'application/x-protobuf')('x')
    expect(binary).toEqual({
      status: 415,
      body: { message: 'Content-Type: wanted application/json, found "application/x-protobuf"' },
    })
  })

  it('takes them compressed, as exporters send them', async () => {
    const event = pageEvent()
    const body = gzipSync(JSON.stringify(logRequest(logRecord(event))))
    const answer = await logs(body, { 'Content-Encoding': 'gzip' })
    expect(answer).toEqual({ status: 200, body: {} })
    expect(await stored()).toEqual([event])
  })
})
