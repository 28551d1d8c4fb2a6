import { createRunner, type Detector, type Found } from '../src/detect'
import { createGuard } from '../src/guard'
import type { Scenario } from './scenario'
import { simulate } from './simulate'

/** Makes the detectors anew: each page that is loaded has its own. */
export type MakeAll = () => readonly Detector<unknown>[]
export type MakeRunner = typeof createRunner

/** Time on the shopper's watch; a page that is loaded begins its own at 0. */
export interface Played extends Found {
  readonly watchMs: number
}

/** After the last deed nothing happens, but what is under way may come to its end: an exit waits for 200 ms. */
export const settleMs = 400

/** Plays a scenario purely: deeds → signals → the real runner with these detectors, on a clock by hand. */
export function play(
  scenario: Scenario,
  make: MakeAll,
  makeRunner: MakeRunner = createRunner,
): readonly Played[] {
  const played: Played[] = []
  const watch = { before: 0, lastAt: 0 }
  const run = () =>
    makeRunner({
      clock: tab.clock(),
      guard: createGuard((part, error) => {
        throw Error(part, { cause: error })
      }),
      detectors: make(),
      visible: true,
      drain: tab.drain,
      found: (it) => played.push({ ...it, watchMs: watch.before + it.at }),
    })
  const tab = simulate({
    scenario,
    hear: (signal) => {
      watch.lastAt = signal.at
      running.now.hear(signal, tab.now())
    },
    loaded() {
      watch.before += watch.lastAt
      running.now.stop()
      running.now = run()
    },
  })
  const running = { now: run() }
  tab.begin()
  for (const deed of scenario.deeds) tab.act(deed)
  tab.act({ do: 'wait', ms: settleMs })
  running.now.stop()
  return played
}

/** What is wrong with the verdict, in words; empty when it is as expected. `known`: the moments that were watched. */
export function judge(
  { expected, suspected, lasts, counts }: Scenario,
  played: readonly Played[],
  known: readonly string[],
): string[] {
  const named = (phase: Found['phase']) => [
    ...new Set(played.filter((it) => it.phase === phase).map(({ name }) => name)),
  ]
  const compare = (what: string, wanted: readonly string[], found: readonly string[]) => {
    const wish = wanted.filter((name) => known.includes(name))
    return [
      ...wish.filter((name) => !found.includes(name)).map((name) => `${name} is not ${what}`),
      ...found.filter((name) => !wish.includes(name)).map((name) => `${name} is ${what}`),
    ]
  }
  const wrong = compare('confirmed', expected, named('confirmed'))
  if (suspected) wrong.push(...compare('suspected', suspected, named('suspect')))
  for (const name of expected.filter((it) => known.includes(it))) {
    const times = played.filter((it) => it.name === name && it.phase === 'confirmed')
    const count = counts[name] ?? 1
    if (times.length !== count) wrong.push(`${name} is confirmed ${times.length} times`)
    const wanted = lasts[name]
    if (wanted === undefined) continue
    const end = played.find((it) => it.name === name && it.phase === 'ended')
    const lasted = end && times[0] ? end.watchMs - times[0].watchMs : undefined
    if (lasted === undefined || Math.abs(lasted - wanted) > wanted * 0.12)
      wrong.push(`${name} lasts ${lasted ?? 'for ever'}, not ${wanted} ms`)
  }
  return wrong
}
