import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BeaconEvent } from '../../sdk/schema/event'
import { createCollector } from './index'
import { pageEvent } from './test-events'
import { startCollector, type CollectorProcess } from './test-process'
import { hasClickhouse, startClickhouse } from './test-servers'

const newDir = async (): Promise<string> => {
  const dir = await mkdtemp(join(tmpdir(), 'splitsecond-killed-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

const started = async (...given: Parameters<typeof startCollector>): Promise<CollectorProcess> => {
  const collector = await startCollector(...given)
  // Whatever becomes of this test: no collector stays behind.
  onTestFinished(() => collector.end('SIGKILL'))
  return collector
}

const send = async (url: string, events: readonly BeaconEvent[]): Promise<boolean> => {
  try {
    const body = events.map((one) => JSON.stringify(one)).join('\n')
    const response = await fetch(`${url}/v1/events`, { method: 'POST', body })
    await response.text()
    return response.status === 200
  } catch {
    return false
  }
}

const stored = async (url: string): Promise<string[]> =>
  (await (await fetch(`${url}/v1/events`)).text())
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as BeaconEvent).id)

/** Clients as the script is one: what was not acknowledged comes again, under the same ids. */
const killTwice = async (flags: readonly string[]) => {
  const dataDir = await newDir()
  let collector = await started(dataDir, flags)
  const { url } = collector
  const port = Number(new URL(url).port)
  const acknowledged: string[] = []
  let kills = 0
  let restarting: Promise<void> | undefined

  const killInTheMiddle = async (): Promise<void> => {
    kills += 1
    await collector.end('SIGKILL')
    expect(collector.child.signalCode).toBe('SIGKILL')
    collector = await started(dataDir, flags, port)
  }

  const client = async (): Promise<void> => {
    for (let batch = 0; batch < 40; batch++) {
      const events = Array.from({ length: 10 }, () => pageEvent())
      // The moment of death lies among requests under way: some acknowledged, some not, some stored and not told.
      while (!(await send(url, events))) {
        await restarting
        await pause(20)
      }
      acknowledged.push(...events.map(({ id }) => id))
      if (acknowledged.length >= 500 * (kills + 1) && kills < 2) restarting = killInTheMiddle()
    }
  }
  await Promise.all(Array.from({ length: 6 }, client))
  await restarting
  expect(kills).toBe(2)
  expect(acknowledged).toHaveLength(6 * 40 * 10)
  return { acknowledged: acknowledged.sort(), stored: (await stored(url)).sort() }
}

describe('a collector that is killed twice under load', () => {
  it('has each acknowledged event exactly once, in a file', async () => {
    const { acknowledged, stored } = await killTwice(['--rate', '0'])
    expect(stored).toEqual(acknowledged)
  })

  it.skipIf(!hasClickhouse)('has each acknowledged event exactly once, on clickhouse-server', async () => {
    const server = await startClickhouse()
    onTestFinished(() => server.stop())
    await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST', body: 'CREATE DATABASE shop' })
    const store = `clickhouse://127.0.0.1:${server.port}/shop`
    const { acknowledged, stored } = await killTwice(['--rate', '0', '--store', store])
    expect(stored).toEqual(acknowledged)
  })
})

describe('the command', () => {
  it('ends cleanly, leaves one file, and keeps another from opening it meanwhile', async () => {
    const dataDir = await newDir()
    const collector = await started(dataDir)
    await expect(createCollector({ dataDir })).rejects.toThrow('Another collector is using it')
    const event = pageEvent()
    expect(await send(collector.url, [event])).toBe(true)
    await collector.end('SIGTERM')
    expect([collector.child.exitCode, collector.child.signalCode]).toEqual([0, null])
    const again = await createCollector({ dataDir })
    expect(await (await again.app.request('/v1/events')).text()).toContain(event.id)
    await again.close()
  })

  it('says in one sentence why it does not start', async () => {
    const dataDir = await newDir()
    await expect(startCollector(dataDir, ['--store', 'clickhouse://127.0.0.1:9/shop'])).rejects.toThrow(
      /^--store: wanted a ClickHouse server that answers over HTTP, found none: [^\n]+$/,
    )
  })
})
