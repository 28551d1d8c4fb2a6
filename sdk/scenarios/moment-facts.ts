import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { moments } from '../schema/moments'
import { scenarios } from '.'
import { catalogue } from '../src/detect/catalogue'
import { play } from './play'

const folder = new URL('../src/detect/', import.meta.url)
const source = (file: string) => readFileSync(new URL(`${file}.ts`, folder), 'utf8')

interface Option {
  readonly description: string
  readonly unit?: string
  readonly default?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** The options of a moment as the schema has them. */
export const optionsOf = (name: string) =>
  Object.entries(
    z.toJSONSchema(moments[name as keyof typeof moments]).properties as Readonly<Record<string, Option>>,
  )

/** Figures that a detector holds and that are no options: constants with their comments, of its file and those it shares. */
function fixedOf(name: string) {
  const own = source(name)
  const shared = [...own.matchAll(/from '\.\/(clicks|step-back)'/g)].map(([, file]) => source(file!))
  return [own, ...shared].flatMap((text) =>
    [...text.matchAll(/\/\*\* ((?:[^*]|\*(?!\/))+) \*\/\nconst (\w+) = ([\d_]+)$/gm)].map(
      ([, meaning, constant, value]) => ({
        meaning: meaning!.replace(/(, ms)?\.$/, ''),
        value: Number(value!.replaceAll('_', '')),
        unit: /Ms$/.test(constant!) ? 'ms' : '',
      }),
    ),
  )
}

/** What a condition can read of each moment: the names of its evidence, as the scenarios bring it forth. */
export function evidenceOf(): Readonly<Record<string, readonly string[]>> {
  const names: Record<string, Set<string>> = {}
  for (const scenario of scenarios)
    for (const { name, phase, evidence } of play(scenario, () =>
      Object.values(catalogue).map((make) => make()),
    ))
      if (phase === 'confirmed') for (const of of Object.keys(evidence)) (names[name] ??= new Set()).add(of)
  return Object.fromEntries(Object.entries(names).map(([name, all]) => [name, [...all].sort()]))
}

const figure = (value: number) => value.toLocaleString('en')

function facts(name: string, evidence: readonly string[]): string {
  const options = optionsOf(name).map(([option, it]) =>
    it.default === undefined
      ? [`\`${option}\``, 'selectors', '', '', it.description]
      : [
          `\`${option}\``,
          it.unit,
          figure(it.default),
          `${figure(it.minimum!)}–${figure(it.maximum!)}`,
          it.description,
        ],
  )
  const fixed = fixedOf(name).map(({ meaning, value, unit }) => ['*fixed*', unit, figure(value), '', meaning])
  const rows = [
    ['option', 'unit', 'default', 'range', 'meaning'],
    ['---', '---', '---', '---', '---'],
    ...options,
    ...fixed,
  ]
  return [
    `![${name}, as a timeline](pictures/moments/${name}.svg)`,
    '',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `Conditions can read, as \`moment.…\`: ${evidence.map((it) => `\`${it}\``).join(', ')}.`,
  ].join('\n')
}

/** `docs/moments.md` with what stands between its marks (`<!-- facts: hesitation -->` … `<!-- end -->`) as the code has it. */
export function withFacts(page: string): string {
  const evidence = evidenceOf()
  return page.replace(
    /(<!-- facts: ([\w-]+) -->\n)[^]*?(<!-- end -->)/g,
    (_all, begin: string, name: string, end: string) =>
      `${begin}\n${facts(name, evidence[name] ?? [])}\n\n${end}`,
  )
}
