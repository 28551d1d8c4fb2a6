/** What a decision is asked about, as it is given on the command line. */
import type { Shown } from '../src/decide'
import type { Consent, Evidence } from '../src/terms'
import { usageFault, type Io } from './command'
import { readInput, readJson } from './read-files'

/** Options of all commands that decide. */
export const caseOptions = {
  moment: { type: 'string' },
  evidence: { type: 'string', multiple: true, default: [] as string[] },
  visitor: { type: 'string' },
  shown: { type: 'string' },
  consent: { type: 'string' },
  busy: { type: 'boolean', default: false },
  now: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

export const caseHelp = `  --evidence <name=value>  what the moment has found, any number of them; or a JSON object, or a file with one
  --visitor <id>           the id by which buckets are taken; without it nobody is held out
  --shown <shown.json>     nudges shown before, for limits: [{ "rule", "agoMs", "session"?, "group"?, "step"?, … }]
  --consent <granted | denied | pending>   default: granted
  --busy                   something else has the stage
  --now <date>             decides as of then; default: now`

const isObject = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it)

/** `dwellMs=2210`, `{"dwellMs":2210}`, or a file with that. */
export function readEvidence(given: readonly string[], io: Io): Evidence {
  return Object.assign({}, ...given.map((text) => readOneEvidence(text, io))) as Evidence
}

function readOneEvidence(text: string, io: Io): Record<string, unknown> {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? []
  if (name !== undefined) return { [name]: asJson(value!) ?? value }
  const found = text.trimStart().startsWith('{') ? asJson(text) : readJson(text, io)
  if (isObject(found)) return found
  throw usageFault(`--evidence: wanted name=value or a JSON object, found ${text}`)
}

const asJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** One object of attributes, or a list of such: `[{ "cart": { "total": 40 } }, …]`; also as JSON lines. */
export function readContexts(path: string, io: Io): Record<string, unknown>[] {
  const text = readInput(path, io)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const each = lines.length > 1 ? lines.map(asJson) : []
  const found = each.length > 0 && each.every(isObject) ? each : readJson(path, { ...io, input: () => text })
  const all = Array.isArray(found) ? (found as unknown[]) : [found]
  if (all.every(isObject)) return all
  throw Error(`${path}: wanted an object of attributes, or a list of them, found something else`)
}

/** Consent of the visitor. */
export function readConsent(given: string | undefined): Consent | undefined {
  if (given === undefined || given === 'granted' || given === 'denied' || given === 'pending') return given
  throw usageFault(`--consent: wanted granted, denied or pending, found ${given}`)
}

/** Nudges shown before; where no session is named, in the one that is going on. */
export function readShown(path: string | undefined, now: number, io: Io): Shown[] {
  if (path === undefined) return []
  const found = readJson(path, io)
  if (!Array.isArray(found)) throw Error(`${path}: wanted a list of shown nudges, found something else`)
  return (found as unknown[]).map((it, index) => {
    const { rule, agoMs, at, session = 'now', ...more } = (it ?? {}) as Record<string, unknown>
    if (typeof rule !== 'string') throw Error(`${path}: [${index}].rule: wanted the id of a rule, found ${JSON.stringify(rule) ?? 'nothing'}`) // prettier-ignore
    const when = typeof at === 'number' ? at : now - Number(agoMs ?? Number.NaN)
    if (Number.isNaN(when)) throw Error(`${path}: [${index}].agoMs: wanted a number, found ${JSON.stringify(agoMs) ?? 'nothing'}`) // prettier-ignore
    return { rule, ...(more as Partial<Shown>), at: when, session: String(session) }
  })
}
