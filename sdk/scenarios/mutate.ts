/**
 * Does each threshold matter? Turns every option of every detector, and every constant a detector's file holds, by
 * 30 % up and down, plays all scenarios, and names the ones that nobody misses. Exits with 1 when one survives that is
 * not in the list of those that may.
 *
 *   npm run mutate [moment …]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { MakeDetector } from '../src/detect'
import { catalogue } from '../src/detect/catalogue'
import { scenarios } from '.'
import { judge, play, type MakeRunner } from './play'
import { mayLive } from './survivors'

const folder = resolve('sdk/src/detect')
const known = Object.keys(catalogue)
const dir = mkdtempSync(join(tmpdir(), 'splitsecond-mutate-'))

/** Three tenths more or less; what is counted stays whole, and changes by one at least. */
const turned = (name: string, value: number, by: number) => {
  const counted = Number.isInteger(value) && !/(Ms|Px|PerS)$/.test(name)
  if (!counted) return Math.round(value * (1 + by) * 1000) / 1000
  return by > 0 ? Math.ceil(value * (1 + by)) : Math.floor(value * (1 + by))
}

/** Module constants of a file that are numbers: `const otherMs = 3000`. */
const constantsOf = (file: string) =>
  [...readFileSync(join(folder, file), 'utf8').matchAll(/^(?:export )?const (\w+) = ([\d_.]+)$/gm)].map(
    ([line, name, value]) => ({ line, name: name!, value: Number(value!.replaceAll('_', '')) }),
  )

/** A detector's own file, and those it shares with another one. */
const filesOf = (moment: string) => {
  const own = `${moment}.ts`
  const shared = [...readFileSync(join(folder, own), 'utf8').matchAll(/from '\.\/([\w-]+)'/g)].map(
    ([, name]) => `${name}.ts`,
  )
  return [own, ...shared.filter((file) => file !== 'detector.ts')]
}

interface Alteration {
  /** The module that is wanted, and the file in which a line is exchanged. */
  readonly entry: string
  readonly file: string
  readonly line: string
  readonly name: string
  readonly value: number
}

async function altered<Module>({ entry, file, line, name, value }: Alteration) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [
      {
        name: 'altered',
        setup: ({ onLoad }) =>
          onLoad({ filter: new RegExp(`detect/${file.replace('.', '\\.')}$`) }, ({ path }) => ({
            contents: readFileSync(path, 'utf8').replace(line, `const ${name} = ${value}`),
            loader: 'ts',
          })),
      },
    ],
  })
  const path = join(dir, `${entry}-${name}-${value}.mjs`)
  writeFileSync(path, outputFiles[0]!.contents)
  return (await import(pathToFileURL(path).href)) as Module
}

interface Mutant {
  readonly moment: string
  readonly threshold: string
  readonly from: number
  readonly to: number
  readonly make: Readonly<Record<string, MakeDetector>>
  readonly runner?: MakeRunner
}

const exported = (module: Readonly<Record<string, unknown>>, moment: string) =>
  module[moment.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())] as MakeDetector

async function* mutants(): AsyncGenerator<Mutant> {
  const asked = process.argv.slice(2)
  for (const moment of known.filter((name) => asked.length === 0 || asked.includes(name))) {
    const make = catalogue[moment]!
    for (const [threshold, from] of Object.entries(make().options))
      for (const by of [0.3, -0.3]) {
        const to = turned(threshold, from, by)
        const changed = (() => make({ [threshold]: to } as never)) as MakeDetector
        yield { moment, threshold, from, to, make: { ...catalogue, [moment]: changed } }
      }
    for (const file of filesOf(moment))
      for (const { line, name, value } of constantsOf(file))
        for (const by of [0.3, -0.3]) {
          const to = turned(name, value, by)
          const alteration = { entry: `${moment}.ts`, file, line, name, value: to }
          const changed = exported(await altered<Record<string, unknown>>(alteration), moment)
          yield { moment, threshold: name, from: value, to, make: { ...catalogue, [moment]: changed } }
        }
  }
  if (asked.length > 0) return
  for (const { line, name, value } of constantsOf('run.ts'))
    for (const by of [0.3, -0.3]) {
      const to = turned(name, value, by)
      const { createRunner } = await altered<{ createRunner: MakeRunner }>({
        entry: 'run.ts',
        file: 'run.ts',
        line,
        name,
        value: to,
      })
      yield { moment: 'all', threshold: name, from: value, to, make: catalogue, runner: createRunner }
    }
}

/** The first scenario whose verdict is another one with this mutant. */
const killer = ({ make, runner, moment }: Mutant) => {
  const all = () => known.map((name) => make[name]!())
  // Those that speak of the moment first: they are the likely ones.
  const near = [...scenarios].sort(
    (one, two) => Number(two.expected.includes(moment)) - Number(one.expected.includes(moment)),
  )
  return near.find((scenario) => judge(scenario, play(scenario, all, runner), known).length > 0)
}

/** A scenario that fails by itself would kill every mutant. */
const plain = () => known.map((name) => catalogue[name]!())
const broken = scenarios.filter((scenario) => judge(scenario, play(scenario, plain), known).length > 0)
if (broken.length > 0) throw Error(`these fail unturned: ${broken.map(({ title }) => title).join('; ')}`)

const survivors: string[] = []
let count = 0
for await (const mutant of mutants()) {
  count++
  const { moment, threshold, from, to } = mutant
  const found = killer(mutant)
  const name = `${moment}.${threshold} ${from} → ${to}`
  if (!found) survivors.push(name)
  const reason = mayLive[`${moment}.${threshold} ${to > from ? '+' : '-'}`]
  const verdict = found ? found.title : reason ? `lives: ${reason}` : 'LIVES'
  console.log(`${moment.padEnd(19)} ${threshold.padEnd(15)} ${`${from} → ${to}`.padEnd(22)} ${verdict}`)
  if (!found && !reason) process.exitCode = 1
}
rmSync(dir, { recursive: true, force: true })
console.log(`${count - survivors.length} of ${count} turned thresholds are missed by a scenario`)
for (const name of survivors) console.log(`  survives: ${name}`)
