import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { GrowthBook } from '@growthbook/growthbook'
import jsonLogic from 'json-logic-js'
import { Engine } from 'json-rules-engine'
import type * as Decide from '../../src/decide'
import { goals } from '../goals'
import { dist } from '../lab'
import { progress } from '../progress'
import { atLeast, atMost, figure, type Section, type Table } from '../report'
import { median } from '../stats'
import { batchMs, collectGarbage, timed } from '../timed'

const sizes = [100, 10_000]
const attributes = { cart: { total: 120 }, page: { type: 'checkout' }, visitor: { segment: 'last' } }

/** The same three conditions in each language. Two hold for every rule, the third for the last rule alone. */
const segment = (index: number, count: number) => (index === count - 1 ? 'last' : `segment-${index}`)
const when = (index: number, count: number) => ({
  'cart.total': { $gte: 40 },
  'page.type': 'checkout',
  'visitor.segment': segment(index, count),
})
const logic = (index: number, count: number) => ({
  and: [
    { '>=': [{ var: 'cart.total' }, 40] },
    { '===': [{ var: 'page.type' }, 'checkout'] },
    { '===': [{ var: 'visitor.segment' }, segment(index, count)] },
  ],
})
const engineRule = (index: number, count: number) => ({
  conditions: {
    all: [
      { fact: 'cart', path: '$.total', operator: 'greaterThanInclusive', value: 40 },
      { fact: 'page', path: '$.type', operator: 'equal', value: 'checkout' },
      { fact: 'visitor', path: '$.segment', operator: 'equal', value: segment(index, count) },
    ],
  },
  event: { type: `rule-${index}` },
})

const peers = ['GrowthBook', 'json-logic-js', 'json-rules-engine'] as const
type Contender = (typeof peers)[number] | 'Splitsecond' | 'Splitsecond, a moment that no rule names'
/** The decision; json-rules-engine makes its own only in a promise. */
type Run = () => unknown

/** One decision: local, synchronous, in Node, with nothing of a browser in it. */
export async function decide(asked = 15): Promise<Section> {
  const core = (await import(pathToFileURL(join(dist, 'decide.js')).href)) as typeof Decide
  const tables: Table[] = []
  for (const count of sizes) {
    const contenders = contend(core, count)
    const us: Record<string, number[]> = {}
    for (let round = -1; round < asked; round++) {
      progress(`decide, ${count} rules: round ${Math.max(1, round + 1)} of ${asked}`)
      for (const [name, run] of Object.entries(contenders)) {
        // Nobody clears up after the one before.
        collectGarbage()
        const took = await timed(run)
        // The first round warms the engine up.
        if (round >= 0) (us[name] ??= []).push(took)
      }
    }
    tables.push(table(count, asked, (name) => median(us[name]!)))
  }
  return {
    name: 'A decision',
    how: `In Node, ${asked} rounds in which all take turns, each for at least ${batchMs} ms of CPU time; medians. The same rules for all: three conditions, of which two always hold; the last rule is the one that matches.`,
    tables,
  }
}

function contend(core: typeof Decide, count: number): Record<Contender, Run> {
  const indices = Array.from({ length: count }, (_, index) => index)
  const last = `rule-${count - 1}`

  const { ruleset, rejected } = core.compile({
    version: 1,
    rules: indices.map((index) => ({
      id: `rule-${index}`,
      on: 'hesitation',
      when: when(index, count),
      variants: [{ id: 'a', nudge: { surface: 'toast', copy: { en: { title: 'Still thinking?' } } } }],
    })),
  })
  if (rejected.length) throw Error(`the bench's own rule is refused: ${rejected[0]!.reason}`)
  const input = {
    moment: { name: 'hesitation', evidence: {} },
    attributes,
    visitor: { id: 'visitor', shown: [] },
    now: Date.now(),
  } as Decide.DecideInput
  const unnamed = { ...input, moment: { name: 'nobody', evidence: {} } }

  const growthBook = new GrowthBook({
    attributes,
    features: {
      nudge: {
        rules: indices.map((index) => ({ condition: when(index, count), force: `rule-${index}` })),
      },
    },
  })
  const logics = indices.map((index) => logic(index, count))
  const engine = new Engine(indices.map((index) => engineRule(index, count)))

  const expect = (name: string, found: unknown, wanted: unknown) => {
    if (found !== wanted) throw Error(`${name} decided ${String(found)}, wanted ${String(wanted)}`)
  }
  return {
    GrowthBook: () => expect('GrowthBook', growthBook.evalFeature('nudge').value, last),
    'json-logic-js': () =>
      expect(
        'json-logic-js',
        logics.findIndex((it) => jsonLogic.apply(it, attributes)),
        count - 1,
      ),
    'json-rules-engine': async () => {
      const { events } = await engine.run(attributes)
      expect('json-rules-engine', events[0]?.type, last)
    },
    Splitsecond: () => expect('Splitsecond', core.decide(ruleset, input).rule, last),
    'Splitsecond, a moment that no rule names': () =>
      expect('Splitsecond', core.decide(ruleset, unnamed).reason, 'no-rule'),
  }
}

function table(count: number, rounds: number, us: (name: Contender) => number): Table {
  const faster = (name: Contender) => us('GrowthBook') / us(name)
  return {
    title: `${count.toLocaleString('en')} rules, ${rounds} rounds`,
    columns: ['µs', '× faster than GrowthBook'],
    rows: [
      ...peers.map((name) => ({
        name,
        figures: [figure(us(name)), figure(faster(name))],
      })),
      {
        name: 'Splitsecond',
        figures: [figure(us('Splitsecond')), atLeast(faster('Splitsecond'), goals.decide.overGrowthBook, 1)],
      },
      {
        name: 'Splitsecond, a moment that no rule names',
        figures: [atMost(us('Splitsecond, a moment that no rule names'), goals.decide.unnamedUs, 3), null],
      },
    ],
  }
}
