import { serialize } from 'node:v8'
import { catalogue } from '../../src/detect/catalogue'
import type { Detector } from '../../src/detect/detector'
import { createRunner } from '../../src/detect'
import { createGuard } from '../../src/guard'
import type { Signal } from '../../src/terms'
import type { PageTime } from '../../src/time'
import { field, go, hover, input, leave, moves, press, response, scroll, wheel } from '../../test/signals'
import { goals } from '../goals'
import { progress } from '../progress'
import { atMost, figure, type Section } from '../report'
import { median } from '../stats'

const signalsMost = 20_000
const name = field('#message')

/** Ten seconds of a shopper who moves the mouse, presses, types and scrolls without a break, again and again. */
function session(count: number, pointersOnly = false): Signal[] {
  const others: ((at: number, i: number) => Signal)[] = [
    (at, i) => press(`#item-${i % 7}`, { place: [(i * 13) % 900, 300] }).at(at),
    (at, i) => hover(i % 2 ? `#item-${i % 7}` : null).at(at),
    (at, i) => input(name, { length: i % 20, inserted: 1 }).at(at),
    (at, i) => scroll((i * 37) % 3000).at(at),
    (at) => response().at(at),
    (at) => wheel.at(at),
    (at) => leave(5).at(at),
    (at, i) => go('list', i % 2 ? 'product' : 'list').at(at),
  ]
  return Array.from({ length: count }, (_, i) => {
    const at = 6000 + i * 5
    if (pointersOnly || i % 5) return moves([at, (i * 7) % 1200, (i * 3) % 700])
    return others[(i / 5) % others.length]!(at, i)
  })
}

const still = {
  now: () => 0 as PageTime,
  toEpoch: () => 0 as never,
  resolution: () => 0,
  after: () => () => {},
}

/** Gives all signals to the runner; ns for one, and what the detectors hold at the end. */
function play(detectors: readonly Detector<unknown>[], signals: readonly Signal[]) {
  const states = new Map<string, unknown>()
  const watched = detectors.map((it) => ({
    ...it,
    step(state: unknown, signal: Signal) {
      const step = it.step(state, signal)
      states.set(it.name, step.state)
      return step
    },
  }))
  const runner = createRunner({
    clock: still,
    guard: createGuard((part, error) => {
      throw Error(`${part}: ${String(error)}`)
    }),
    detectors: watched,
    visible: true,
    drain: () => {},
    found: () => {},
  })
  // CPU time: what else the machine does meanwhile is not counted.
  const start = process.cpuUsage()
  for (const signal of signals) runner.hear(signal, signal.at)
  const { user, system } = process.cpuUsage(start)
  const ns = ((user + system) * 1000) / signals.length
  const bytes = [...states.values()].reduce<number>((sum, state) => sum + serialize(state).length, 0)
  return { ns, bytes }
}

/** What watching costs: each detector by itself and all together, in Node, behind the real runner. */
export function detect(asked = 15): Section {
  const mixed = session(signalsMost)
  const pointers = session(signalsMost, true)
  const make = (names: readonly string[]) => names.map((it) => catalogue[it]!())
  const measure = (names: readonly string[], signals: readonly Signal[]) => {
    const tries = Array.from({ length: asked + 1 }, () => play(make(names), signals))
    // The first try warms the engine up.
    return { ns: median(tries.slice(1).map(({ ns }) => ns)), bytes: tries.at(-1)!.bytes }
  }
  const all = Object.keys(catalogue)
  const rows = all.map((detector, index) => {
    progress(`detect, ${detector}: ${index + 1} of ${all.length}`)
    const { ns, bytes } = measure([detector], mixed)
    return { name: detector, figures: [figure(ns, 0), figure(bytes, 0), null] }
  })
  progress('detect, all together')
  const together = measure(all, mixed)
  const pointer = measure(all, pointers)
  return {
    name: 'Watching',
    how: `In Node, ${asked} tries of ${signalsMost.toLocaleString('en')} signals without a pause through the real runner, medians; the state as V8 serialises it, at the end. Of the mixed signals 80 % are of the pointer.`,
    tables: [
      {
        title: `${all.length} detectors`,
        columns: ['ns per signal', 'bytes of state', '% of a core at 1,000 signals/s'],
        rows: [
          ...rows,
          {
            name: 'all together',
            figures: [
              figure(together.ns, 0),
              figure(together.bytes, 0),
              atMost(together.ns / 10_000, goals.detect.corePercent, 2),
            ],
          },
          {
            name: 'all together, pointer signals alone',
            figures: [atMost(pointer.ns, goals.detect.pointerNs, 0), figure(pointer.bytes, 0), null],
          },
        ],
      },
    ],
  }
}
