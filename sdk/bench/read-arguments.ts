import { parseArgs } from 'node:util'

export const sectionNames = [
  'boot',
  'events',
  'detect',
  'decide',
  'ruleset',
  'paint',
  'bytes',
  'collector',
  'delivery',
] as const
export type SectionName = (typeof sectionNames)[number]

export interface Arguments {
  readonly only: readonly SectionName[]
  /** Replaces each section's own number of tries. */
  readonly tries: number | undefined
  /** Sent to the collector, to each of its stores; made by the pages of `delivery`. @default each section's own */
  readonly events: number | undefined
  readonly json: string | undefined
}

function positive(name: string, text: string | undefined): number | undefined {
  const value = text === undefined ? undefined : Number(text)
  if (value !== undefined && !(Number.isInteger(value) && value > 0))
    throw Error(`--${name}: wanted a whole number above 0, found "${text}"`)
  return value
}

const isSection = (name: string): name is SectionName => (sectionNames as readonly string[]).includes(name)

/** `--only boot,paint --tries 10 --events 1000000 --json report.json`; throws one sentence that names what is wrong. */
export function readArguments(argv: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      tries: { type: 'string' },
      events: { type: 'string' },
      json: { type: 'string' },
    },
  })
  const only = values.only?.split(',') ?? sectionNames
  const unknown = only.find((name) => !isSection(name))
  if (unknown !== undefined) throw Error(`--only: wanted some of ${sectionNames.join()}, found "${unknown}"`)
  return {
    only: only.filter(isSection),
    tries: positive('tries', values.tries),
    events: positive('events', values.events),
    json: values.json,
  }
}
