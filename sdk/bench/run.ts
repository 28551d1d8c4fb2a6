/** `node --import tsx sdk/bench/run.ts [--only …] [--tries N] [--events N] [--json FILE]`; BENCH_BROWSER is the browser's path. */
import { writeFileSync } from 'node:fs'
import { openLab, type Lab } from './lab'
import { readMachine } from './read-machine'
import { machineText, sectionText } from './print-report'
import { clearProgress } from './progress'
import { readArguments, type Arguments, type SectionName } from './read-arguments'
import type { Report, Section } from './report'
import { boot } from './sections/boot'
import { bytes } from './sections/bytes'
import { collector } from './sections/collector'
import { decide } from './sections/decide'
import { delivery } from './sections/delivery'
import { detect } from './sections/detect'
import { events } from './sections/events'
import { paint } from './sections/paint'
import { ruleset } from './sections/ruleset'

/** Measured in the lab; `delivery` has a browser of its own. */
const inLab = /^(boot|events|paint)$/

async function bench({ only, tries, events: sent, json }: Arguments): Promise<void> {
  const start = Date.now()
  const executablePath = process.env['BENCH_BROWSER']
  const wantsLab = only.some((name) => inLab.test(name))
  if ((wantsLab || only.includes('delivery')) && !executablePath)
    throw Error(
      'no browser: run it by `npm run bench`, which finds one, or set BENCH_BROWSER to a Chromium (`--only detect,decide,ruleset,bytes,collector` needs none)',
    )
  const lab = wantsLab && executablePath ? await openLab(executablePath) : undefined
  const machine = readMachine(lab?.browser)
  console.log(machineText(machine))
  const measure: Record<SectionName, (lab: Lab) => Section | Promise<Section>> = {
    boot: (it) => boot(it, tries),
    events: (it) => events(it, tries),
    detect: () => detect(tries),
    decide: () => decide(tries),
    ruleset: () => ruleset(tries),
    paint: (it) => paint(it, tries),
    bytes,
    collector: () => collector(sent ?? 50_000),
    delivery: () => delivery(String(executablePath), sent ?? 10_000),
  }
  const sections: Section[] = []
  try {
    for (const name of only) {
      const section = await measure[name](lab as Lab)
      sections.push(section)
      clearProgress()
      console.log(sectionText(section))
    }
  } finally {
    clearProgress()
    await lab?.close()
  }
  const tookSeconds = Math.round((Date.now() - start) / 1000)
  const figures = sections.flatMap(({ tables }) =>
    tables.flatMap(({ rows }) => rows.flatMap((row) => row.figures)),
  )
  const wanted = figures.flatMap((it) => it?.goal ?? [])
  console.log(
    `\n${wanted.filter(({ met }) => met).length} of ${wanted.length} goals met, in ${tookSeconds} s`,
  )
  const report: Report = { at: new Date(start).toISOString(), machine, tookSeconds, sections }
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
}

try {
  await bench(readArguments(process.argv.slice(2)))
} catch (error) {
  console.error(`\x1b[31m✗\x1b[0m ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
