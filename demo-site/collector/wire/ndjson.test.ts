import { describe, expect, it, vi } from 'vitest'
import { collectorForEach, lines } from '../test-collector'
import { momentEvent, outcomeEvent, pageEvent, shownEvent, testTime } from '../test-events'

const { ask, close, ids, post, restart, send, received } = collectorForEach()

describe('POST /v1/events', () => {
  it('stores a batch and gives every event back as it came', async () => {
    const sent = [
      pageEvent({
        seq: 1,
        at: testTime,
        page: { type: 'pricing', path: '/preise/größe?', extra: { deep: [1] } },
      }),
      momentEvent({}, { seq: 2, at: testTime + 1, newerKey: 'kept' }),
      outcomeEvent({ seq: 3, at: testTime + 2, data: { note: 'line\nbreak \u0000 "quoted" 🛒' } }),
    ]
    const before = Date.now()
    expect(await send(lines(...sent))).toEqual({ accepted: 3, rejected: [] })

    const back = await received()
    expect(back).toEqual(sent.map((event) => ({ ...event, receivedAt: expect.any(Number) as number })))
    for (const { receivedAt } of back) expect(receivedAt).toBeGreaterThanOrEqual(before)
  })

  it('says when it received an event, whatever the event claims about that', async () => {
    await send(lines(pageEvent({ receivedAt: 5 })))
    expect((await received())[0]?.receivedAt).toBeGreaterThan(5)
  })

  it('names the line, the place, the wanted and the found, and keeps the good lines', async () => {
    const good = [pageEvent({ seq: 1 }), pageEvent({ seq: 2 })] as const
    const shown = shownEvent()
    const { session: _, ...noSession } = pageEvent()
    const answer = await send(
      [
        JSON.stringify(good[0]),
        JSON.stringify({ ...shown, splits: { ...shown.splits, paint: '9.8' } }),
        '{"type":"page"',
        '[]',
        JSON.stringify({ ...pageEvent(), type: 'pagina' }),
        JSON.stringify({ ...shownEvent(), phase: 'seen' }),
        JSON.stringify(noSession),
        JSON.stringify({ ...pageEvent(), id: 'one', at: 1.5, seq: -1, session: '' }),
        JSON.stringify(good[1]),
      ].join('\n'),
    )
    expect(answer.accepted).toBe(2)
    expect(answer.rejected.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8])
    const reasons = answer.rejected.map(({ reason }) => reason)
    expect(reasons[0]).toBe('splits.paint: wanted number, found string')
    expect(reasons[1]).toMatch(/^line: wanted one JSON object, found text that is not JSON \(/)
    expect(reasons[2]).toBe('line: wanted object, found array')
    expect(reasons[3]).toMatch(/^type: wanted "page" \| "moment" \| .*, found "pagina"$/)
    expect(reasons[4]).toMatch(/^phase: wanted "shown" \| .*, found "seen"$/)
    expect(reasons[5]).toBe('session: wanted string, found nothing')
    expect(reasons[6]).toBe(
      'id: wanted uuid, found "one"; seq: wanted at least 0, found -1; at: wanted whole number, found 1.5 (and 1 more)',
    )
    expect(await ids()).toEqual(good.map(({ id }) => id))
  })

  it('takes CRLF, blank lines, a byte order mark and a missing last newline; counts lines as an editor', async () => {
    const body = `\uFEFF${lines(pageEvent())}\r\n\r\n  \n${lines(pageEvent())}\r\nnope\r\n\n${lines(pageEvent())}`
    const answer = await send(body)
    expect(answer.accepted).toBe(3)
    expect(answer.rejected.map(({ line }) => line)).toEqual([5])
  })

  it.each(['', '\n', '\r\n\r\n'])('is content with an empty body (%j)', async (body) => {
    expect(await send(body)).toEqual({ accepted: 0, rejected: [] })
  })

  it('rejects the line whose bytes are not UTF-8, and no other', async () => {
    const broken = Buffer.from(lines(pageEvent({ session: 'sss' })))
    broken[broken.indexOf('sss')] = 0xff
    const answer = await send(
      Buffer.concat([Buffer.from(`${lines(pageEvent())}\n`), broken, Buffer.from('\n')]),
    )
    expect(answer).toEqual({
      accepted: 1,
      rejected: [{ line: 2, reason: 'line: wanted UTF-8, found other bytes' }],
    })
  })

  it('accepts a repeated id again and stores it once: in one batch, later, in capitals, after a restart', async () => {
    const one = pageEvent({ seq: 1 })
    const other = pageEvent({ seq: 2 })
    expect((await send(lines(one, one, other))).accepted).toBe(3)
    expect((await send(lines(one, { ...one, id: one.id.toUpperCase() }))).accepted).toBe(2)
    await restart()
    expect((await send(lines(one, other))).accepted).toBe(2)
    expect(await ids()).toEqual([one.id, other.id])
  })

  it('keeps every event of many clients at once', async () => {
    const batches = Array.from({ length: 40 }, (_, client) =>
      Array.from({ length: 5 }, (_, seq) => pageEvent({ session: `s-${client}`, seq })),
    )
    const answers = await Promise.all(batches.map((batch) => send(lines(...batch))))
    expect(answers.map(({ accepted }) => accepted)).toEqual(batches.map(() => 5))
    const expected = batches.flat().map(({ id }) => id)
    expect((await ids()).sort()).toEqual(expected.sort())
  })

  it('refuses more than a megabyte, declared or streamed, and more lines than it could hold', async () => {
    const huge = await post('x'.repeat(1024 * 1024 + 1))
    expect(huge.status).toBe(413)
    expect(await huge.json()).toEqual({ error: 'a batch may have 1048576 bytes: send it in smaller ones' })

    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
    })
    const streamed = new Request('http://localhost/v1/events', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect((await ask(streamed)).status).toBe(413)

    expect((await post('x\n'.repeat(10_001))).status).toBe(413)
    expect(await ids()).toEqual([])
  })

  it('lets a shop on another origin send, and not read', async () => {
    const anyOrigin = 'access-control-allow-origin'
    expect((await post(lines(pageEvent()))).headers.get(anyOrigin)).toBe('*')
    expect((await post('x'.repeat(2_000_000))).headers.get(anyOrigin)).toBe('*')
    const preflight = await ask('/v1/events', { method: 'OPTIONS' })
    expect([preflight.status, preflight.headers.get(anyOrigin)]).toEqual([204, '*'])
    expect((await ask('/v1/events')).headers.get(anyOrigin)).toBeNull()
  })

  it('acknowledges nothing that it could not store', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await close()
    expect((await post(lines(pageEvent()))).status).toBe(503)
    vi.restoreAllMocks()
    await restart()
    expect(await ids()).toEqual([])
  })
})
