import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Decide from '../../src/decide'
import { parse } from '../../src/decide/ruleset-cache'
import { goals } from '../goals'
import { dense, hostile, valid } from '../hostile'
import { dist } from '../lab'
import { progress } from '../progress'
import { atMost, figure, type Section, type Table } from '../report'
import { median } from '../stats'
import { collectGarbage, timed } from '../timed'

const maxBytes = 1_000_000

type Core = typeof Decide

/** What a ruleset costs: to load, to keep, to be asked for its reasons, and what one costs that wants to do harm. */
export async function ruleset(asked = 15): Promise<Section> {
  const core = (await import(pathToFileURL(join(dist, 'decide.js')).href)) as Core
  return {
    name: 'A ruleset',
    how: `In Node, ${asked} tries each; medians of CPU time. Memory is the heap's after a collection, without the ruleset as published. Hostile rulesets are loaded as from the network (length, levels, JSON, compile), and each moment decided on texts made for it.`,
    tables: [await compiling(core, asked), await snapshots(core, asked), hostileOnes(core, asked)],
  }
}

const copy = { surface: 'toast', copy: { en: { title: 'Still thinking?' } } }
const rule = (index: number, when: object) => ({ id: `rule-${index}`, on: 'hesitation', when, variants: [{ id: 'a', nudge: copy }] }) // prettier-ignore
const rules = (count: number) =>
  JSON.stringify({
    version: 1,
    rules: Array.from({ length: count }, (_, index) =>
      rule(index, { 'cart.total': { $gte: 40 }, 'page.type': 'checkout', 'visitor.segment': `segment-${index}` }),
    ),
  }) // prettier-ignore

const cpuMs = (run: () => unknown) => {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** KB that stay when `make` has made so many. */
function keptKb(count: number, make: (index: number) => unknown): number {
  const kept: unknown[] = Array.from({ length: count })
  collectGarbage()
  const before = process.memoryUsage().heapUsed
  for (let index = 0; index < count; index++) kept[index] = make(index)
  collectGarbage()
  const kb = (process.memoryUsage().heapUsed - before) / 1024
  // Else they might be gone by then.
  if (kept.length !== count) throw Error('nothing was kept')
  return kb
}

async function compiling(core: Core, asked: number): Promise<Table> {
  const rows: Table['rows'][number][] = []
  for (const count of [100, 1000, 10_000]) {
    const text = rules(count)
    const fresh: unknown = JSON.parse(text)
    const first = cpuMs(() => core.compile(fresh))
    const tries: number[] = []
    for (let round = 0; round < asked; round++) {
      progress(`compiling ${count} rules: ${round + 1} of ${asked}`)
      const source: unknown = JSON.parse(text)
      collectGarbage()
      tries.push((await timed(() => core.compile(source))) / 1000)
    }
    const ms = median(tries)
    const sources = [0, 1, 2].map(() => JSON.parse(text) as unknown)
    const kb = keptKb(sources.length, (index) => core.compile(sources[index])) / sources.length
    rows.push({
      name: `${count.toLocaleString('en')} rules`,
      figures: [
        count === 1000 ? atMost(ms, goals.ruleset.compileThousandMs) : figure(ms),
        figure(first),
        figure((ms * 1000) / count),
        figure((kb * 1024) / count, 0),
      ],
    })
  }
  return {
    title: 'Compiling',
    columns: ['ms', 'ms, the first time', 'µs per rule', 'bytes per rule'],
    rows,
  }
}

/** What each decision takes down for `explain()`: of the attributes those that the rules ask for. */
async function snapshots(core: Core, asked: number): Promise<Table> {
  const items = Array.from({ length: 20 }, (_, index) => ({
    name: `Thing ${index}`,
    price: index,
    quantity: 1,
  }))
  const attributes = { cart: { total: 120, items }, page: { type: 'checkout' }, visitor: { segment: 'a' } }
  const asking: Record<string, object> = {
    'a rule that asks nothing': {},
    'three attributes: a number, two texts': { 'cart.total': { $gte: 40 }, 'page.type': 'checkout', 'visitor.segment': 'a' },
    'a cart of 20 lines, copied': { 'cart.items': { $elemMatch: { price: 19 } } },
  } // prettier-ignore
  const rows: Table['rows'][number][] = []
  for (const [name, when] of Object.entries(asking)) {
    progress(`snapshots, ${name}`)
    const { ruleset } = core.compile({ version: 1, rules: [rule(0, when)] })
    const input = { moment: { name: 'hesitation', evidence: {} }, attributes, visitor: { id: 'v', shown: [] }, now: 0 } // prettier-ignore
    const decide = () => core.decide(ruleset, input)
    const explain = () => decide().trace.length
    const us: Record<'decide' | 'explain', number[]> = { decide: [], explain: [] }
    for (let round = -1; round < asked; round++) {
      const [one, both] = [await timed(decide), await timed(explain)]
      if (round < 0) continue
      us.decide.push(one)
      us.explain.push(both - one)
    }
    const count = 1000
    const bytes = (keptKb(count, decide) * 1024) / count
    rows.push({
      name,
      figures: [figure(median(us.decide), 2), figure(median(us.explain), 2), figure(bytes, 0)],
    })
  }
  return {
    title: 'A decision that can be explained',
    columns: ['µs', 'µs more to read why', 'bytes kept'],
    rows,
  }
}

const shopper = {
  cart: { total: 120 },
  page: { type: 'checkout', path: 'a'.repeat(256) },
  visitor: { segment: 'last' },
  a: 'a'.repeat(256),
}

/** As it comes from the network: `ms` to load, `decideMs` for a decision if there is anything to decide with. */
function load(core: Core, text: string) {
  let compiled: Decide.Compiled | undefined
  const ms = cpuMs(() => {
    // What `send` does with an answer that is too long.
    if (text.length > maxBytes) return
    try {
      compiled = core.compile(parse(text))
    } catch (error) {
      if (!/wanted/.test(String(error))) throw error
    }
  })
  const decideMs = cpuMs(() => {
    if (compiled)
      core.decide(compiled.ruleset, { moment: { name: 'hesitation', evidence: {} }, attributes: shopper, now: 0 }) // prettier-ignore
  })
  return { ms, decideMs, left: compiled?.ruleset.plans.get('hesitation')?.rules.length ?? 0 }
}

function hostileOnes(core: Core, asked: number): Table {
  const measure = (name: string, text: string) => {
    progress(`hostile, ${name}`)
    const tries = Array.from({ length: Math.min(asked, 5) + 1 }, () => load(core, text)).slice(1)
    return {
      name,
      ms: median(tries.map(({ ms }) => ms)),
      decideMs: median(tries.map(({ decideMs }) => decideMs)),
      left: tries[0]!.left,
    }
  }
  const allowed = { 'valid: three conditions a rule': valid, 'valid: one rule with all conditions': dense }
  const good = Object.entries(allowed).map(([name, text]) => measure(name, text))
  const bad = Object.entries(hostile).map(([name, text]) => measure(name, text))
  const dearest = Math.max(...good.map(({ ms, decideMs }) => ms + decideMs))
  return {
    title: '1 MB of rules',
    columns: ['ms to load', 'ms a decision', 'rules left', '× the dearest valid one'],
    rows: [...good, ...bad].map((one) => {
      const over = (one.ms + one.decideMs) / dearest
      const figures = [figure(one.ms), figure(one.decideMs, 2), figure(one.left, 0)]
      return {
        name: one.name,
        figures: [...figures, good.includes(one) ? figure(over, 2) : atMost(over, goals.ruleset.hostileOverValid, 2)],
      } // prettier-ignore
    }),
  }
}
