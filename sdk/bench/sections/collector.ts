import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report as Stored } from '../../../demo-site/collector/report'
import { startCollector } from '../../../demo-site/collector/test-process'
import { hasClickhouse, startClickhouse } from '../../../demo-site/collector/test-servers'
import { sendLoad } from '../load'
import { progress } from '../progress'
import { atMost, figure, type Row, type Section } from '../report'
import { quantile } from '../stats'

const clients = 16
const perRequest = 20
const megabyte = 1024 * 1024

/** Of that process, MB; not known where there is no /proc. */
function residentMb(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return (Number(kilobytes) * 1024) / megabyte
  } catch {
    return NaN
  }
}

const sum = (counts: Readonly<Record<string, number>>) =>
  Object.values(counts).reduce((total, count) => total + count, 0)

/** A report counts each event that was sent here in one place, and once. */
async function askStored(url: string): Promise<{ stored: number; tookMs: number }> {
  const from = performance.now()
  const report = (await (await fetch(`${url}/v1/report`)).json()) as Stored
  const stored = sum(report.moments) + sum(report.reasons) + report.splits.total.n
  return { stored, tookMs: performance.now() - from }
}

async function measure(name: string, flags: readonly string[], events: number): Promise<Row> {
  const dataDir = mkdtempSync(join(tmpdir(), 'splitsecond-bench-'))
  const { url, child, end } = await startCollector(dataDir, ['--rate', '0', ...flags])
  try {
    const resident: { at: number; mb: number }[] = []
    const onAnswer = (acknowledged: number) => {
      if (acknowledged < ((resident.length + 1) * events) / 20) return
      resident.push({ at: acknowledged / events, mb: residentMb(child.pid) })
      progress(`collector, ${name}: ${acknowledged.toLocaleString('en')} events`)
    }
    const { tookMs, answers, acknowledged, again } = await sendLoad({
      url,
      events,
      clients,
      perRequest,
      onAnswer,
    })
    const { stored, tookMs: reportMs } = await askStored(url)
    const mbAt = (share: number) => resident.find(({ at }) => at >= share)?.mb ?? NaN
    return {
      name,
      figures: [
        figure(acknowledged / (tookMs / 1000), 0),
        figure(quantile(answers, 0.5)),
        figure(quantile(answers, 0.99)),
        figure(again, 0),
        atMost(acknowledged - stored, 0, 0),
        figure(mbAt(0.2), 0),
        figure(mbAt(0.5), 0),
        figure(mbAt(1), 0),
        figure(reportMs, 0),
      ],
    }
  } finally {
    await end('SIGTERM')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function onClickhouse(events: number): Promise<Row> {
  if (!hasClickhouse) return { name: 'ClickHouse (not installed: skipped)', figures: [] }
  const server = await startClickhouse()
  try {
    await fetch(`http://127.0.0.1:${server.port}/`, { method: 'POST', body: 'CREATE DATABASE bench' })
    return await measure('ClickHouse', ['--store', `clickhouse://127.0.0.1:${server.port}/bench`], events)
  } finally {
    await server.stop()
  }
}

export const collector = async (events: number): Promise<Section> => ({
  name: 'collector',
  how:
    `${events.toLocaleString('en')} events to each store over loopback: ${clients} clients, ${perRequest} events a request, each client ` +
    'waits for its answer. Clients, collector and server share the cores. Lost: acknowledged, and not in the report. Memory: resident, of the ' +
    'collector alone, when that share of the events was in.',
  tables: [
    {
      title: 'store',
      columns: [
        'events/s',
        'answer p50, ms',
        'p99, ms',
        'sent again',
        'lost',
        'MB at 20 %',
        'at 50 %',
        'at the end',
        'report, ms',
      ],
      rows: [await measure('DuckDB', [], events), await onClickhouse(events)],
    },
  ],
})
