import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { startCollector } from '../../../demo-site/collector/test-process'
import { launchOptions } from '../../../e2e/kit/browser'
import { numbersOf } from '../../../e2e/kit/kept'
import { killBrowser } from '../../../e2e/kit/kill-browser'
import { leadLife, type Act, type Life } from '../../../e2e/kit/lead-a-life'
import { serveFront } from '../../../e2e/kit/serve-front'
import type { BeaconEvent } from '../../schema/event'
import { progress } from '../progress'
import { atMost, figure, type Section } from '../report'

const seed = 20_261_121
/** More than so many at once the database does not hold, and this browser makes them faster than any shopper. */
const perLife = 900

/** How often the collector's store holds each number, and what the pages told of their losses. */
async function readStore(url: string) {
  const text = await (await fetch(`${url}/v1/events`)).text()
  const events = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as BeaconEvent)
  const stored = new Map<number, number>()
  for (const n of numbersOf(events)) stored.set(n, (stored.get(n) ?? 0) + 1)
  const losses = events.flatMap((it) => (it.type === 'loss' ? Object.values(it.counts) : []))
  return { stored, counted: losses.reduce((total, count) => total + count, 0) }
}

/** What becomes of events whose pages come and go, with the network and with a browser that is killed. */
export async function delivery(executablePath: string, events: number): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'splitsecond-bench-'))
  const profile = mkdtempSync(join(tmpdir(), 'splitsecond-profile-'))
  const collector = await startCollector(dataDir, ['--rate', '0'])
  const front = await serveFront(collector.url)
  const start = performance.now()
  try {
    const lives: Life[] = []
    for (let from = 0; from < events; from += perLife) {
      lives.push(
        await leadLife({
          launch: () =>
            chromium.launchPersistentContext(profile, { ...launchOptions(), executablePath, headless: true }),
          kill: () => killBrowser(profile),
          front,
          events: Math.min(perLife, events - from),
          from,
          seed: seed + from,
          isKilled: from === 0,
          onProgress: (made) => progress(`delivery: ${(from + made).toLocaleString('en')} events`),
        }),
      )
    }
    const committed = lives.flatMap((life) => [...life.committed])
    const did = (act: Act) => lives.reduce((sum, { acts }) => sum + acts[act].times, 0)
    const lostBy = (act: Act) => lives.reduce((sum, { acts }) => sum + acts[act].lost, 0)
    const seconds = (performance.now() - start) / 1000
    const { stored, counted } = await readStore(collector.url)
    const arrivals = [...front.taken.values()].reduce((total, times) => total + times, 0)
    const missing = committed.filter((n) => !stored.has(n)).length
    const twice = [...stored.values()].filter((times) => times > 1).length
    return {
      name: 'delivery',
      how:
        `${events.toLocaleString('en')} numbered events of a browser with a profile of its own, three tabs, seed ${seed}: ` +
        `${did('navigate')} navigations, ${did('close')} closed tabs, ${did('offline')} spells offline, ${did('kill')} SIGKILL, each right after ` +
        `events were made, with no wait for their commit; after each ${perLife} a last visit, ten minutes later by the page’s clock. Committed: ` +
        'seen in IndexedDB by a page without the script, or taken by the collector. Arrived: in the store of the demo’s collector. Dropped: taken again, and ' +
        'told apart there. Never committed: made so shortly before their page died that nothing had been written.',
      tables: [
        {
          title: 'events',
          columns: [
            'created',
            'committed',
            'arrived',
            'dropped',
            'committed, not arrived',
            'stored twice',
            'never committed',
            'counted lost',
            'seconds',
          ],
          rows: [
            {
              name: 'DuckDB',
              figures: [
                figure(events, 0),
                figure(committed.length, 0),
                figure(stored.size, 0),
                figure(arrivals - front.taken.size, 0),
                atMost(missing, 0, 0),
                atMost(twice, 0, 0),
                figure(events - committed.length, 0),
                figure(counted, 0),
                figure(seconds, 0),
              ],
            },
          ],
        },
        {
          title: 'pages that went',
          columns: ['times', 'never committed'],
          rows: (
            [
              ['by navigation', 'navigate'],
              ['closed', 'close'],
              ['closed offline, or back online', 'offline'],
              ['killed', 'kill'],
            ] as const
          ).map(([name, act]) => ({ name, figures: [figure(did(act), 0), figure(lostBy(act), 0)] })),
        },
      ],
    }
  } finally {
    // Where it failed on its way the browser is there still.
    await killBrowser(profile)
    await front.close()
    await collector.end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
