/** All that a browser would refuse in a ruleset, not only the first of it. */
import type { z } from 'zod'
import { rule, ruleset, rulesetFile } from '../schema/ruleset'
import { compile } from '../src/decide'
import { conditionOperators } from '../src/decide/condition'
import type { Fault, Path } from '../src/decide/demand'
import { conditionFaults } from './condition-faults'
import { nearest } from './nearest'
import { shortly, type Problem } from './problem'
import { homesOf, keysAt, textsAt, wantedAt } from './schema-words'

export interface Verdict {
  readonly errors: readonly Problem[]
  /** No rule is in force. */
  readonly refused: boolean
  /** Rules (by their index) that are left out. */
  readonly leftOut: ReadonlySet<number>
}

/** The verdict is that of `compile`, which is what a browser runs; the schema lists every reason for it. */
export function errorsOf(value: unknown): Verdict {
  const issues = (schema: z.ZodType, of: unknown, base: Path) =>
    (schema.safeParse(of).error?.issues ?? []).flatMap((issue) => problemsOf(issue, value, base))
  const rules = rulesOf(value)
  const errors = [
    ...issues(ruleset, value, []),
    ...rules.flatMap((it, index) => issues(rule, it, ['rules', index])),
  ]
  // Options that nobody would heed: the rest of the ruleset goes on without them.
  const raised = new Set(rules.map((it) => (it as { on?: unknown } | null)?.on))
  if (errors.every(({ keys }) => keys[0] !== 'moments'))
    for (const problem of issues(rulesetFile, value, []))
      // Of a moment that the page raises itself the options are the page's affair.
      if (problem.keys[0] === 'moments' && !(problem.keys.length === 2 && raised.has(problem.keys[1])))
        errors.push(problem)

  const leftOut = new Set<number>()
  const add = (problem: Problem) => {
    const { keys } = problem
    const told = errors.some((it) => keys.every((key, depth) => it.keys[depth] === key))
    if (!told) errors.push(problem)
  }
  try {
    for (const { path, reason } of compile(value).rejected) {
      const keys = keysOf(path, value)
      leftOut.add(keys[1] as number)
      add(fromReason(reason, keys, value))
    }
    return { errors: unique(errors), refused: false, leftOut }
  } catch (error) {
    const { keys = [], message } = error as Fault
    add(fromReason(message, keys, value))
    return { errors: unique(errors), refused: true, leftOut }
  }
}

const rulesOf = (value: unknown): readonly unknown[] => {
  const rules = (value as { rules?: unknown } | null)?.rules
  return Array.isArray(rules) ? rules : []
}

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (here, key) => (here instanceof Object ? (here as Record<string, unknown>)[key] : undefined),
    value,
  )

function problemsOf(issue: z.core.$ZodIssue, root: unknown, base: Path): Problem[] {
  const keys = [...base, ...(issue.path as Path)]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, keys))
  const when = keys.indexOf('when')
  if (issue.code === 'custom' && when >= 0) {
    const place = keys.slice(0, when + 1)
    return conditionFaults(at(root, place), place).map((fault) => fromReason(fault.message, fault.keys, root))
  }
  const found = at(root, keys)
  const [, told] = /wanted (.*?)(?:, found .*)?$/s.exec(issue.message) ?? []
  const wanted = issue.code === 'custom' ? (told ?? issue.message) : wantedAt(keys)
  return [wrongValue(wanted || issue.message, found, keys)]
}

function unknownKey(key: string, object: Path): Problem {
  const known = keysAt(object)
  const home = homesOf(key)[0]
  const near = home ? undefined : nearest(key, known)
  const quoted = JSON.stringify(key)
  return {
    severity: 'error',
    code: 'unknown-key',
    keys: [...object, key],
    part: 'key',
    message: home
      ? `no key is called ${quoted} here: it belongs into ${home}`
      : near
        ? `no key is called ${quoted} here`
        : `wanted only ${known.join(', ')}, found ${quoted}`,
    wanted: known.join(', '),
    found: key,
    suggestion: near,
  }
}

function wrongValue(wanted: string, found: unknown, keys: Path): Problem {
  const missing = found === undefined
  return {
    severity: 'error',
    code: missing ? 'missing-key' : 'wrong-value',
    keys,
    message: `wanted ${wanted}, found ${shortly(found)}`,
    wanted,
    found,
    suggestion: typeof found === 'string' ? nearest(found, textsAt(keys)) : undefined,
  }
}

/** From a browser's own line: `rules[3].when.cart.total.$gtt: wanted …, found …`. */
function fromReason(reason: string, keys: Path, root: unknown): Problem {
  const [, wanted = reason] = /wanted (.*), found /s.exec(reason) ?? []
  const last = String(keys.at(-1))
  if (!last.startsWith('$') || !/operator/.test(wanted)) return wrongValue(wanted, at(root, keys), keys)
  return {
    severity: 'error',
    code: 'unknown-operator',
    keys,
    part: 'key',
    message: `wanted ${wanted}, found ${JSON.stringify(last)}`,
    wanted,
    found: last,
    suggestion: nearest(last, conditionOperators),
  }
}

/** Back from `rules[3].when.cart.total.$gtt` to keys, some of which have dots in them. */
function keysOf(path: string, value: unknown): Path {
  if (path === '') return []
  const index = /^\[(\d+)\]/.exec(path)
  const key = index
    ? Number(index[1])
    : Object.keys(value instanceof Object ? value : {})
        .filter((it) => path === it || path.startsWith(`${it}.`) || path.startsWith(`${it}[`))
        .sort((a, b) => b.length - a.length)[0]
  if (key === undefined) return [path]
  const rest = path.slice(index ? index[0].length : String(key).length).replace(/^\./, '')
  return [key, ...keysOf(rest, (value as Record<string, unknown>)[key])]
}

/** One line for a place, the first: what is no text is also no date. */
const unique = (problems: readonly Problem[]): Problem[] => {
  const seen = new Set<string>()
  return problems.filter(({ keys }) => {
    const place = JSON.stringify(keys)
    return !seen.has(place) && seen.add(place)
  })
}
