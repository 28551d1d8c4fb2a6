import type { Ruleset } from '../schema/ruleset'
import { maxBytes, parse as parseRuleset } from '../src/decide/ruleset-cache'
import { errorsOf } from './errors-of'
import { pathOf, type Problem } from './problem'
import { warningsOf, type WarnOptions } from './warnings-of'
import { readWrittenJson, type JsonFault, type Place } from './written-json'

export interface PlacedProblem extends Problem, Place {
  /** `rules[3].limits.perVisitor` */
  readonly path: string
  /** The rule that it is in, by its id. */
  readonly rule?: string
}

export interface Examined {
  /** In the order of the file. */
  readonly problems: readonly PlacedProblem[]
  /** How many rules are written. */
  readonly rules: number
  /** No rule is in force. */
  readonly refused: boolean
  /** Ids of the rules that are left out; their place, where they have none. */
  readonly leftOut: readonly string[]
}

/** All that is to be said about the text of a ruleset. */
export function examine(text: string, options: WarnOptions): Examined {
  const unread = (fault: Partial<Problem> & { message: string }, place: Place): Examined => ({
    problems: [{ severity: 'error', code: 'no-json', keys: [], path: '', ...fault, ...place }],
    rules: 0,
    refused: true,
    leftOut: [],
  })
  const start: Place = { line: 1, column: 1, length: 1 }
  const bytes = Buffer.byteLength(text)
  if (bytes > maxBytes)
    return unread({ code: 'too-big', message: `wanted at most ${maxBytes} bytes, found ${bytes}` }, start)
  try {
    // A browser asks for the depth before anything else, and so must whoever reads it level by level.
    parseRuleset(text)
  } catch (error) {
    const { message } = error as Error
    if (message.includes('levels')) return unread({ code: 'too-deep', message }, start)
  }
  let written
  try {
    written = readWrittenJson(text)
  } catch (error) {
    const { place, wanted, found } = error as JsonFault
    return unread({ message: `wanted ${wanted}, found ${found}`, wanted, found }, place)
  }
  const { value, placeOf, repeated } = written
  const { errors, refused, leftOut } = errorsOf(value)
  const rules = refused ? [] : (value as Ruleset).rules
  const idOf = (index: number) => {
    const id = (rules[index] as { id?: unknown } | null)?.id
    return typeof id === 'string' ? id : `rules[${index}]`
  }
  const placed = (problem: Problem): PlacedProblem => {
    const { keys, part } = problem
    const rule = keys[0] === 'rules' && typeof keys[1] === 'number' && !refused ? { rule: idOf(keys[1]) } : {}
    return { ...problem, path: pathOf(keys), ...rule, ...placeOf(keys, part) }
  }
  const problems = [...errors, ...(refused ? [] : warningsOf(value as Ruleset, leftOut, options))].map(placed)
  for (const { path, place } of repeated)
    problems.push({
      ...placed({
        severity: 'warning',
        code: 'repeated-key',
        keys: path,
        message: `${JSON.stringify(path.at(-1))} stands twice in this object: the last one counts`,
      }),
      ...place,
    })
  return {
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
    rules: rules.length,
    refused,
    leftOut: [...leftOut].map(idOf),
  }
}
