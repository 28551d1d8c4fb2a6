import { goals } from '../goals'
import { inject, untilArmed } from '../inject'
import type { Bed, Lab } from '../lab'
import { spent } from '../meter'
import { progress } from '../progress'
import { atMost, figure, type Section } from '../report'
import { median } from '../stats'
import { wait } from '../wait'

const subjects = {
  'bare page': 'empty.js',
  'twelve empty listeners': 'listeners.js',
  'Splitsecond, four moments': 'splitsecond.js',
} as const
type Subject = keyof typeof subjects
const names = Object.keys(subjects) as Subject[]

const chunks = 10
const kinds = {
  move: { count: 1500, act: move },
  click: { count: 200, act: click },
  key: { count: 300, act: key },
}
type Kind = keyof typeof kinds
const kindNames = Object.keys(kinds) as Kind[]

/** A winding way over products, links and buttons. */
async function move({ page }: Bed, index: number) {
  const x = 40 + ((index * 11) % 1180)
  const y = 70 + ((index * 7) % 600)
  await page.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y })
}

async function click({ page }: Bed, index: number) {
  const at = { x: 90 + (index % 6) * 205, y: 310, button: 'left', clickCount: 1 } as const
  await page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at })
  await page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at })
}

async function key({ page }: Bed, index: number) {
  const text = 'abcdefghij'[index % 10]!
  const told = { key: text, code: `Key${text.toUpperCase()}` }
  await page.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...told })
  await page.send('Input.dispatchKeyEvent', { type: 'keyUp', ...told })
}

/** What each input event costs the main thread while a shopper moves, clicks and types. */
export async function events(lab: Lab, asked?: number): Promise<Section> {
  const beds = await Promise.all(names.map(() => lab.open('shop.html')))
  await Promise.all(names.map((name, index) => prepare(beds[index]!, subjects[name])))
  const heapBefore = await Promise.all(beds.map(heap))
  const us: Record<Kind, number[][]> = {
    move: names.map(() => []),
    click: names.map(() => []),
    key: names.map(() => []),
  }
  const sizes = Object.fromEntries(
    kindNames.map((kind) => [kind, Math.ceil((asked ?? kinds[kind].count) / chunks)]),
  ) as Record<Kind, number>
  for (const kind of kindNames) {
    if (kind === 'key')
      await Promise.all(
        beds.map(({ page }) => page.evaluate(() => document.querySelector<HTMLElement>('#search')!.focus())),
      )
    for (let chunk = 0; chunk < chunks; chunk++) {
      progress(`events: ${kind}, ${chunk * sizes[kind]} of ${chunks * sizes[kind]}`)
      const before = await Promise.all(beds.map(({ meter }) => meter.read()))
      // Every event goes to all pages before the next: whatever the machine does, it does to all of them.
      for (let index = 0; index < sizes[kind]; index++)
        await Promise.all(beds.map((bed) => kinds[kind].act(bed, chunk * sizes[kind] + index)))
      const after = await Promise.all(beds.map(({ meter }) => meter.read()))
      for (const [at, reading] of after.entries())
        us[kind][at]!.push((spent(before[at]!, reading).script * 1000) / sizes[kind])
    }
  }
  // What waits for a pause (a timer, a flush) is not kept for good.
  await wait(500)
  const heapAfter = await Promise.all(beds.map(heap))
  await Promise.all(beds.map((bed) => bed.page.close()))

  const over = (kind: Kind, at: number) => median(us[kind][at]!) - median(us[kind][0]!)
  const kept = (at: number) => heapAfter[at]! - heapBefore[at]! - (heapAfter[0]! - heapBefore[0]!)
  const ratio = over('move', 2) / over('move', 1)
  const { moveOverListeners, clickUs, keyUs, heapKb } = goals.events
  return {
    name: 'Cost per input event',
    how: `Script time of the main thread (its CPU ticks) for each real input event, over the bare page's; ${kindNames.map((kind) => `${chunks * sizes[kind]} ${kind}s`).join(', ')}, each sent to all pages before the next one; medians of ${chunks} chunks. Heap kept after it, after garbage collection. The ruleset names all four moments and never shows.`,
    tables: [
      {
        title: 'Script over the bare page',
        columns: ['move µs', '× listeners', 'click µs', 'key µs', 'heap KB kept'],
        rows: [
          {
            name: names[1]!,
            figures: [
              figure(over('move', 1)),
              figure(1, 2),
              figure(over('click', 1)),
              figure(over('key', 1)),
              figure(kept(1)),
            ],
          },
          {
            name: names[2]!,
            figures: [
              figure(over('move', 2)),
              atMost(ratio, moveOverListeners, 2),
              atMost(over('click', 2), clickUs),
              atMost(over('key', 2), keyUs),
              atMost(kept(2), heapKb),
            ],
          },
        ],
      },
    ],
  }
}

async function prepare(bed: Bed, file: string) {
  await inject(bed, { file })
  await wait(300)
  if (file === 'splitsecond.js') await untilArmed(bed)
}

async function heap({ meter }: Bed) {
  await meter.collectGarbage()
  return (await meter.read()).heapKb
}
