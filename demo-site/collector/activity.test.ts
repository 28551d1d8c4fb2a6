import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activity } from './activity'
import { openDuckdb } from './duckdb/open-duckdb'
import type { Store } from './store'
import {
  endEvent,
  missedEvent,
  momentEvent,
  pageEvent,
  shownEvent,
  testSplits,
  testTime,
} from './test-events'
import type { BeaconEvent } from '../../sdk/schema/event'

const minute = 60_000
let dir: string
let store: Store

const add = (...events: BeaconEvent[]): Promise<void> =>
  store.add(events.map((event) => ({ event, line: JSON.stringify(event), receivedAt: testTime })))

const shownAt = (at: number, paint: number) =>
  shownEvent({ at, splits: testSplits({ capture: 0, detect: 0, decide: 0, mount: 0, paint }) })

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'splitsecond-activity-'))
  store = await openDuckdb(join(dir, 'events.duckdb'))
})

afterAll(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

describe('activity', () => {
  it('is empty when nothing was shown', async () => {
    await add(pageEvent())
    expect(await activity(store)).toEqual({ anything: false, step: 1000, series: [], chains: [] })
  })

  it('puts nudges into even spans of time, empty ones included', async () => {
    await add(
      shownAt(testTime, 10),
      shownAt(testTime + 20_000, 20),
      shownAt(testTime + 2 * minute, 40),
      momentEvent(),
    )
    const { anything, step, series } = await activity(store, 0, testTime + 50 * minute)
    expect([anything, step]).toEqual([true, minute])
    expect(series.slice(0, 4)).toEqual([
      { at: testTime, n: 2, p50: 15 },
      { at: testTime + minute, n: 0, p50: null },
      { at: testTime + 2 * minute, n: 1, p50: 40 },
      { at: testTime + 3 * minute, n: 0, p50: null },
    ])
    expect(series).toHaveLength(51)
  })

  it('tells the last nudges with their moment and their end', async () => {
    const at = testTime + 60 * minute
    const shown = shownEvent({ at, momentId: 'm', decisionId: 'd' })
    const missed = missedEvent({ at: at + 1, momentId: 'unheard' })
    await add(
      momentEvent({ name: 'rage-click' }, { momentId: 'm', at }),
      shown,
      endEvent({ momentId: 'm', decisionId: 'd', phase: 'dismissed', at: at + 5 }),
      missed,
    )
    const { chains } = await activity(store, at)
    expect(chains).toEqual([
      { moment: null, nudge: missed, end: null },
      { moment: 'rage-click', nudge: shown, end: 'dismissed' },
    ])
  })
})
