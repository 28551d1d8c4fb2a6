import { parseArgs } from 'node:util'

export const sectionNames = ['boot', 'events', 'detect', 'decide', 'ruleset', 'paint', 'bytes'] as const
export type SectionName = (typeof sectionNames)[number]

export interface Arguments {
  readonly only: readonly SectionName[]
  /** Replaces each section's own number of tries. */
  readonly tries: number | undefined
  readonly json: string | undefined
}

const isSection = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name)

/** `--only boot,paint --tries 10 --json report.json`; throws one sentence that names what is wrong. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: { only: { type: 'string' }, tries: { type: 'string' }, json: { type: 'string' } },
  })
  const only = values.only?.split(',') ?? sectionNames
  const unknown = only.find((name) => !isSection(name))
  if (unknown !== undefined) throw Error(`--only: wanted some of ${sectionNames.join()}, found "${unknown}"`)
  const tries = values.tries === undefined ? undefined : Number(values.tries)
  if (tries !== undefined && !(Number.isInteger(tries) && tries > 0))
    throw Error(`--tries: wanted a whole number above 0, found "${values.tries}"`)
  return { only: only.filter(isSection), tries, json: values.json }
}
