import { describe, expect, it } from 'vitest'
import { collectorForEach, lines } from './test-collector'
import { pageEvent, shownEvent, testTime } from './test-events'

const { ask, ids, send } = collectorForEach()

describe('GET /v1/events', () => {
  it('orders by time, then by number', async () => {
    const [a, b, c] = [
      pageEvent({ at: testTime, seq: 1 }),
      pageEvent({ at: testTime, seq: 10 }),
      pageEvent({ at: testTime + 1, seq: 0 }),
    ]
    await send(lines(c, b, a))
    expect(await ids()).toEqual([a.id, b.id, c.id])
  })

  it('filters by type, session and time, alone and together', async () => {
    const early = pageEvent({ at: testTime - 1 })
    const exact = pageEvent({ at: testTime })
    const nudge = shownEvent({ at: testTime + 5 })
    const other = pageEvent({ at: testTime + 9, session: "s'2" })
    await send(lines(early, exact, nudge, other))
    expect(await ids('?type=nudge')).toEqual([nudge.id])
    expect(await ids("?session=s'2")).toEqual([other.id])
    expect(await ids(`?since=${testTime}`)).toEqual([exact.id, nudge.id, other.id])
    expect(await ids(`?type=page&session=s-1&since=${testTime}`)).toEqual([exact.id])
    expect(await ids('?type=&session=&since=')).toHaveLength(4)
    expect(await ids('?session=nobody')).toEqual([])
  })

  it.each([
    ['type=nudges', 'type: wanted page | moment'],
    ['type=constructor', 'type: wanted page'],
    ['since=yesterday', 'since: wanted a time in epoch ms'],
    ['since=-1', 'since: wanted'],
    ['since=1e400', 'since: wanted'],
    [`session=${'x'.repeat(65)}`, 'session: wanted at most 64 characters, found 65'],
  ])('answers 400 to %s', async (query, wanted) => {
    const response = await ask(`/v1/events?${query}`)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { error: string }).error).toContain(wanted)
  })

  it('gives back more events than one page of the store', async () => {
    const many = Array.from({ length: 10_500 }, (_, seq) => pageEvent({ seq, at: testTime + (seq % 7) }))
    for (let from = 0; from < many.length; from += 2_500) await send(lines(...many.slice(from, from + 2_500)))
    const back = await ids()
    expect(back).toHaveLength(10_500)
    expect(new Set(back).size).toBe(10_500)
  })
})
