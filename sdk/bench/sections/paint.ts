import { goals } from '../goals'
import { untilArmed } from '../inject'
import type { Bed, Lab } from '../lab'
import type { Page } from '../launch-browser'
import type { Act, Box, Try } from '../page/paint-probe'
import { rates, stayMs, type Rate } from '../pages'
import { progress } from '../progress'
import { atMost, figure, type Figure, type Row, type Section, type Table } from '../report'
import { surfaces, type SurfaceName } from '../rulesets'
import { mean, median, quantile } from '../stats'
import { wait } from '../wait'

const warmTries = 40
const coldTries = 8
/** In the page's margin: the mouse must not come to rest on a nudge, which would then wait for it. */
const press = { x: 12, y: 600, button: 'left', clickCount: 1 } as const

interface Measured extends Try {
  readonly reported: number | undefined
}
type Tries = Record<'floor' | SurfaceName, Measured[]>
const none = (): Tries => ({ floor: [], toast: [], bar: [], modal: [], 'slide-in': [], tip: [] })

/** From the click that decides to the frame that shows. */
export async function paint(lab: Lab, asked?: number): Promise<Section> {
  const tables: Table[] = []
  for (const rate of rates) {
    const warm = await warmPage(lab, rate, asked ?? warmTries)
    tables.push(table(rate, `${asked ?? warmTries} tries each`, warm))
    const cold = await freshPages(lab, rate, asked ?? coldTries, warm.box)
    tables.push(table(rate, `the first of a fresh page, ${asked ?? coldTries} tries each`, cold))
  }
  return {
    name: 'Signal → paint',
    how: `A real click's handler either appends a bare div with the same place and size as the toast (the floor), or raises a moment that an inline ruleset answers. The page measures both by the same lines: from the event's own time to the first task after the frame in which at least half of it is in view, opaque. "reported" is our own split \`total\`. "Own work" is what the handler took: to decide and to mount. Extra frames: mean of frames beyond the very next one. "The first of a fresh page" is by code that has never run before, which is what shoppers get. Floor and surfaces take turns, at random instants within a frame. A nudge leaves by itself after ${rates.map((rate) => stayMs[rate]).join(' or ')} ms, the modal by Escape.`,
    tables,
  }
}

/** One page for the floor, one for the nudges: both have seen it all before. */
async function warmPage(lab: Lab, rate: Rate, count: number) {
  const [floor, nudge] = await Promise.all([lab.open('floor.html'), openArmed(lab, rate)])
  const tries = none()
  for (const surface of surfaces) await once(nudge, { surface })
  await once(nudge, { surface: 'toast' })
  const box = (await nudge.page.evaluate(() => window.bench.box()))!
  await once(floor, { floor: box })
  await Promise.all([floor, nudge].map(({ meter }) => meter.throttle(rate)))
  for (let round = 0; round < count; round++) {
    progress(`paint, CPU ${rate}×: round ${round + 1} of ${count}`)
    tries.floor.push(await once(floor, { floor: box }))
    for (const surface of surfaces) tries[surface].push(await once(nudge, { surface }))
  }
  await Promise.all([floor, nudge].map((bed) => bed.page.close()))
  return { tries, box }
}

/** What a shopper gets: the page's first nudge, by code that never ran before. */
async function freshPages(lab: Lab, rate: Rate, count: number, box: Box) {
  const tries = none()
  for (let round = 0; round < count; round++) {
    progress(`paint, CPU ${rate}×, fresh pages: round ${round + 1} of ${count}`)
    const [floor, nudge] = await Promise.all([lab.open('floor.html'), openArmed(lab, rate)])
    await wait(100)
    await Promise.all([floor, nudge].map(({ meter }) => meter.throttle(rate)))
    tries.floor.push(await once(floor, { floor: box }))
    tries.toast.push(await once(nudge, { surface: 'toast' }))
    await Promise.all([floor, nudge].map((bed) => bed.page.close()))
  }
  return { tries, box }
}

async function openArmed(lab: Lab, rate: Rate): Promise<Bed> {
  const bed = await lab.open(`nudge-${rate}.html`)
  await untilArmed(bed)
  return bed
}

/** On a starved machine a nudge may be gone before a frame was made: that measures nothing, so it is tried anew. */
async function once(bed: Bed, act: Act, attempt = 1): Promise<Measured> {
  try {
    return await tryOnce(bed, act)
  } catch (error) {
    if (attempt === 4) throw error
    return once(bed, act, attempt + 1)
  }
}

async function tryOnce({ page }: Bed, act: Act): Promise<Measured> {
  await page.evaluate((it) => window.bench.arm(it), act)
  await wait(20 + Math.random() * 34)
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...press })
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...press })
  const seen = await page.evaluate(() => window.bench.result())
  // A modal has the focus, and with it all the time in the world.
  if ('surface' in act && act.surface === 'modal') await pressEscape(page)
  return { ...seen, reported: await page.evaluate(() => window.bench.gone()) }
}

async function pressEscape({ send }: Page) {
  const key = { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 }
  await send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
  await send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}

function table(rate: Rate, what: string, { tries }: { tries: Tries }): Table {
  const ms = (of: readonly Measured[]) => of.map((one) => one.ms)
  const { overFloorMs, extraFrames, ownMs } = goals.paint
  const floor = { p50: median(ms(tries.floor)), p95: quantile(ms(tries.floor), 0.95) }
  const row = (name: keyof Tries): Row[] => {
    const of = tries[name]
    if (of.length === 0) return []
    const isFloor = name === 'floor'
    const within = (value: number, least: number): Figure =>
      isFloor ? figure(value) : atMost(value, least + overFloorMs)
    const p50 = median(ms(of))
    const extra = mean(of.map(({ frames }) => frames)) - 1
    const reported = of.flatMap((one) => one.reported ?? [])
    const own = of.map((one) => one.ownMs)
    const ownP95 = quantile(own, 0.95)
    return [
      {
        name: isFloor ? 'floor: a bare div' : `Splitsecond, ${name}`,
        figures: [
          within(p50, floor.p50),
          within(quantile(ms(of), 0.95), floor.p95),
          isFloor ? null : figure(p50 - floor.p50),
          isFloor ? figure(extra, 2) : atMost(extra, extraFrames, 2),
          figure(median(own), 2),
          isFloor ? figure(ownP95, 2) : atMost(ownP95, ownMs[rate], 2),
          reported.length ? figure(median(reported)) : null,
          reported.length ? figure(quantile(reported, 0.95)) : null,
        ],
      },
    ]
  }
  return {
    title: `CPU ${rate}×, ${what}`,
    columns: ['p50 ms', 'p95 ms', 'over floor', 'extra frames', 'own work p50', 'p95', 'reported p50', 'p95'],
    rows: (Object.keys(tries) as (keyof Tries)[]).flatMap(row),
  }
}
