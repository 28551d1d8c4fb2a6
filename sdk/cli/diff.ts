import { parseArgs } from 'node:util'
import { parseTrace, replay } from '../replay'
import { compile, decide, type Compiled, type DecideInput, type Decision } from '../src/decide'
import { exits, usageFault, type Command, type Io } from './command'
import { shortly } from './problem'
import { caseHelp, caseOptions, readConsent, readContexts, readEvidence, readShown } from './read-case'
import { filesOf, readJson, readText } from './read-files'
import { readNow } from './read-now'
import { rulesetChanges, type RulesetChange } from './ruleset-changes'
import { differenceOf, entriesOf } from './timeline'

const help = `Usage: splitsecond diff <a.json> <b.json> [trace.jsonl | folder…] [options]

Says what changes from one ruleset to the other: keys and rules, and, for the shoppers in traces and contexts, decisions.

  --context <ctx.json>     a shopper: the attributes that conditions read; a file may hold a list of them. Any number
  --moment <name>          decides this moment; default: each that a rule of either answers
  --visitors <number>      decides for so many visitors instead of one, and says for what share of them it changes
${caseHelp}
  --json                   the same for programs

Exit codes: 0 done, nothing differs; 1 something does, or a file is not right; 2 called wrongly.`

const options = {
  ...caseOptions,
  context: { type: 'string', multiple: true, default: [] as string[] },
  visitors: { type: 'string' },
} as const

/** What the shopper of one context gets instead. */
interface DecisionChange {
  readonly context: string
  readonly moment: string
  readonly before: string
  readonly after: string
  /** Of the visitors asked about, those for whom it is so (0–1). */
  readonly share: number
}

export const diff: Command = {
  summary: 'what changes from one ruleset to another, and for whom',
  help,
  run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [one, two, ...paths] = positionals
    if (one === undefined || two === undefined)
      throw usageFault(`wanted two rulesets, found ${positionals.length} (see --help)`)
    const now = readNow(values.now)
    const rulesets = [one, two].map((file) => compiled(file, io)) as [Compiled, Compiled]
    const visitors = visitorsOf(values.visitors, values.visitor)
    const contexts = values.context.flatMap((file) =>
      readContexts(file, io).map((attributes, index, { length }) => ({
        name: length > 1 ? `${file}[${index}]` : file,
        attributes,
      })),
    )
    const plans = rulesets.map(({ ruleset }) => ruleset.plans)
    const moments =
      values.moment === undefined ? [...new Set(plans.flatMap((it) => [...it.keys()]))] : [values.moment]
    const visitor = {
      shown: readShown(values.shown, now, io),
      session: 'now',
      consent: readConsent(values.consent),
    }
    const evidence = readEvidence(values.evidence, io)
    const decisions = contexts.flatMap(({ name: context, attributes }) =>
      moments.flatMap((name) => {
        const input = { moment: { name, evidence }, attributes, visitor, now, busy: values.busy }
        return decisionChanges(rulesets, input, visitors).map((change) => ({
          context,
          moment: name,
          ...change,
        }))
      }),
    )
    const sources = rulesets.map(({ ruleset }) => ruleset.source)
    const faults: string[] = []
    const traces = filesOf(paths).flatMap((file) => {
      try {
        return [{ file, lines: traceChanges(file, sources) }]
      } catch (error) {
        faults.push((error as Error).message)
        return []
      }
    })
    for (const fault of faults) io.err(fault)
    const changes = rulesetChanges(...rulesets)
    const report = { changes, decisions, traces, faults }

    if (values.json) io.out(JSON.stringify({ files: [one, two], ...report }, null, 2))
    else print([one, two], report, { asked: contexts.length * moments.length, visitors: visitors.length }, io)
    const differs = changes.length + decisions.length + traces.flatMap(({ lines }) => lines).length > 0
    return differs || faults.length > 0 ? exits.fault : exits.done
  },
}

function compiled(file: string, io: Io): Compiled {
  const source = readJson(file, io)
  try {
    const found = compile(source)
    for (const { rule, reason } of found.rejected)
      io.err(`${file}: rule ${JSON.stringify(rule)} is left out: ${reason}`)
    return found
  } catch (error) {
    throw Error(`${file}: ${(error as Error).message} (splitsecond validate tells more)`, { cause: error })
  }
}

function visitorsOf(count: string | undefined, id: string | undefined): (string | undefined)[] {
  if (count === undefined) return [id]
  if (id !== undefined)
    throw usageFault('--visitors: wanted either a number of visitors or --visitor, found both')
  const length = Number(count)
  if (!Number.isInteger(length) || length < 1 || length > 100_000)
    throw usageFault(`--visitors: wanted a whole number from 1 to 100000, found ${count}`)
  return Array.from({ length }, (_, index) => `visitor-${index}`)
}

/** The pairs of answers that differ, the most frequent first. */
function decisionChanges(
  [one, two]: readonly [Compiled, Compiled],
  input: DecideInput,
  ids: readonly (string | undefined)[],
) {
  const counts = new Map<string, { before: string; after: string; count: number }>()
  for (const id of ids) {
    const asked = { ...input, visitor: { ...input.visitor, id } }
    const [before, after] = [decide(one.ruleset, asked), decide(two.ruleset, asked)]
    const same = JSON.stringify(effectOf(before)) === JSON.stringify(effectOf(after))
    if (same) continue
    const [was, is] = [answerOf(before), answerOf(after)]
    const key = JSON.stringify([was, is])
    const pair = counts.get(key) ?? { before: was, after: was === is ? `${is}, another nudge` : is, count: 0 }
    pair.count++
    counts.set(key, pair)
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ count, ...change }) => ({ ...change, share: count / ids.length }))
}

/** All of a decision but its explanation, and who answers for it. */
const effectOf = ({ trace: _trace, owner: _owner, ...effect }: Decision) => effect

function answerOf(decision: Decision): string {
  const { verdict, reason, rule } = decision
  if (decision.verdict !== 'hold')
    return `${verdict} ${[rule, decision.step, decision.variant].filter((it) => it !== undefined).join('/')}`
  return `hold: ${reason}${rule === undefined ? '' : ` (${rule})`}`
}

/** The lines of the timelines that only one of them has. */
function traceChanges(file: string, rulesets: readonly unknown[]): string[] {
  try {
    const trace = parseTrace(readText(file))
    const [before, after] = rulesets.map((ruleset) => entriesOf(replay(trace, { ruleset })))
    return differenceOf(before!, after!).filter((line) => !line.startsWith(' '))
  } catch (error) {
    const { message } = error as Error
    throw message.startsWith(file) ? error : Error(`${file}: ${message}`, { cause: error })
  }
}

interface Report {
  readonly changes: readonly RulesetChange[]
  readonly decisions: readonly DecisionChange[]
  readonly traces: readonly { readonly file: string; readonly lines: readonly string[] }[]
}

function print(
  [one, two]: readonly [string, string],
  { changes, decisions, traces }: Report,
  { asked, visitors }: { asked: number; visitors: number },
  { out }: Io,
) {
  out(`--- ${one}\n+++ ${two}`)
  if (changes.length === 0) out('the rulesets are the same')
  for (const change of changes) out(changeLine(change))
  if (asked > 0) {
    const of = visitors > 1 ? ` of ${visitors} visitors each` : ''
    out(
      `\n${asked} decision${asked === 1 ? '' : 's'}${of}: ${decisions.length === 0 ? 'none differs' : 'these differ'}`,
    )
    for (const { context, moment, before, after, share } of decisions)
      out(
        `${context}, ${moment}: ${before} → ${after}${visitors > 1 ? ` (${Math.round(share * 1000) / 10} %)` : ''}`,
      )
  }
  for (const { file, lines } of traces) {
    out(`\n${file}: ${lines.length === 0 ? 'nothing differs' : ''}`.trimEnd())
    for (const line of lines) out(line)
  }
}

function changeLine({ kind, rule, path, before, after }: RulesetChange): string {
  const sign = { added: '+', removed: '-', changed: '~' }[kind]
  const subject = [rule && `rule ${JSON.stringify(rule)}`, path].filter(Boolean).join(': ')
  if (path === '') return `${sign} ${subject}`
  const say = (it: unknown) =>
    it instanceof Object && JSON.stringify(it).length <= 60 ? JSON.stringify(it) : shortly(it)
  const values =
    kind === 'added' ? say(after) : kind === 'removed' ? say(before) : `${say(before)} → ${say(after)}`
  return `${sign} ${subject}: ${values}`
}
