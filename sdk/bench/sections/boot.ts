import { goals } from '../goals'
import { inject, type Script, untilArmed } from '../inject'
import type { Bed, Lab } from '../lab'
import { spent, type Reading } from '../meter'
import { progress } from '../progress'
import { atMost, figure, type Row, type Section, type Table } from '../report'
import { median } from '../stats'
import { wait } from '../wait'

const subjects = {
  'an empty script': { file: 'empty.js' },
  'twelve empty listeners': { file: 'listeners.js' },
  'web-vitals': { file: 'web-vitals.js' },
  Splitsecond: { file: 'splitsecond.js' },
  // The vitals part is web-vitals itself, and loads when the page is idle: here it would be beside itself.
  'Splitsecond with a collector': {
    file: 'splitsecond.js',
    data: { collector: '/v1/events', consent: 'granted', vitals: 'false' },
  },
} satisfies Record<string, Script>
type Subject = keyof typeof subjects
const names = Object.keys(subjects) as Subject[]

const settleMs = 150
const speeds = [
  { rate: 1, tries: 9, windowMs: 250 },
  { rate: 6, tries: 5, windowMs: 700 },
]

/** What evaluating and initialising a script costs the page's main thread. */
export async function boot(lab: Lab, asked?: number): Promise<Section> {
  const tables: Table[] = []
  for (const speed of speeds) {
    const tries = asked ?? speed.tries
    const readings: Record<string, Reading[]> = Object.fromEntries(names.map((name) => [name, []]))
    for (let round = 0; round < tries; round++) {
      progress(`boot, CPU ${speed.rate}×: round ${round + 1} of ${tries}`)
      const beds = await Promise.all(names.map(() => lab.open('shop.html')))
      await wait(settleMs)
      for (const [index, name] of names.entries()) {
        const bed = beds[index]!
        readings[name]!.push(await bootOnce(bed, subjects[name], speed))
        await bed.page.close()
      }
    }
    tables.push(table(speed.rate, tries, readings))
  }
  return {
    name: 'Boot',
    how: `CPU time of the page's main thread over that of an empty script, from the injection of the script at an address of its own into a settled page in a fresh browser context to ${speeds.map(({ windowMs, rate }) => `${windowMs} ms later (${rate}×)`).join(', ')}, by when it is armed: its parts, their compilation and what they do when idle are in it. The goal is on "all"; "script" knows nothing of microtasks, in which parts arrive. Medians; heap after garbage collection. All subjects take turns.`,
    tables,
  }
}

async function bootOnce(
  bed: Bed,
  script: Script,
  { rate, windowMs }: { rate: number; windowMs: number },
): Promise<Reading> {
  const { meter } = bed
  await meter.collectGarbage()
  await meter.throttle(rate)
  const before = await meter.read()
  await inject(bed, script)
  await wait(windowMs)
  // On a busy machine loading may take longer; waiting longer costs the page next to nothing.
  if (script.file === 'splitsecond.js') await untilArmed(bed, windowMs / 2)
  const after = await meter.read()
  await meter.throttle(1)
  await meter.collectGarbage()
  const { heapKb } = await meter.read()
  return spent(before, { ...after, heapKb })
}

function table(rate: number, tries: number, readings: Record<string, Reading[]>): Table {
  const over = (name: Subject, field: keyof Reading) =>
    median(readings[name]!.map((one) => one[field])) -
    median(readings['an empty script']!.map((one) => one[field]))
  const row = (name: Subject): Row => {
    const task = over(name, 'task')
    const ratio = task / over('web-vitals', 'task')
    const heap = over(name, 'heapKb')
    const isOurs = name.startsWith('Splitsecond')
    return {
      name,
      figures: [
        figure(task),
        figure(over(name, 'script')),
        isOurs ? atMost(ratio, goals.boot.overWebVitals, 2) : figure(ratio, 2),
        isOurs ? atMost(heap, goals.boot.heapKb, 0) : figure(heap, 0),
        figure(over(name, 'listeners'), 0),
      ],
    }
  }
  return {
    title: `CPU ${rate}×, ${tries} loads each`,
    columns: ['all ms', 'script ms', '× web-vitals', 'heap KB', 'listeners'],
    rows: names.filter((name) => name !== 'an empty script').map(row),
  }
}
