import { parseArgs } from 'node:util'
import type { Rule } from '../schema/ruleset'
import { compile, decide, type DecideInput, type Decision, type TraceEntry } from '../src/decide'
import { allMoments } from '../src/moments'
import { exits, usageFault, type Command, type Io } from './command'
import { nearest } from './nearest'
import { caseHelp, caseOptions, readConsent, readContexts, readEvidence, readShown } from './read-case'
import { readJson } from './read-files'
import { readNow } from './read-now'
import { branchesOf, treeOf } from './tree'

const help = `Usage: splitsecond explain <rules.json | -> --moment <name> [options]

Decides one moment, and says why: every rule that answers it, every clause with what was observed, what was wanted, and how far
it was away.

  --moment <name>          the moment
  --context <ctx.json>     the attributes that conditions read: { "cart": { "total": 12 }, "page": { "type": "cart" } };
                           what is not in it is missing
${caseHelp}
  --json                   the same for programs

Exit codes: 0 done; 1 a file is not right; 2 called wrongly.`

const options = { ...caseOptions, context: { type: 'string' } } as const

/** What became of one rule. */
interface Answered {
  readonly rule: string
  readonly state: 'decided' | 'held' | 'not-asked' | 'left-out' | 'parked'
  /** Why it holds, or is left out. */
  readonly reason?: string
  readonly trace: readonly TraceEntry[]
}

export const explain: Command = {
  summary: 'what a ruleset decides for a moment, and why',
  help,
  run(args, io) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0)
      throw usageFault(`wanted one ruleset, found ${positionals.length} (see --help)`)
    if (values.moment === undefined) throw usageFault('--moment: wanted the name of a moment, found none')
    const now = readNow(values.now)
    const consent = readConsent(values.consent)
    const contexts = values.context === undefined ? [{}] : readContexts(values.context, io)
    if (contexts.length !== 1)
      throw usageFault(`--context: wanted one object of attributes, found ${contexts.length}`)
    const moment = { name: values.moment, evidence: readEvidence(values.evidence, io) }
    const source = readJson(file, io)
    const { ruleset, rejected } = inFile(file, () => compile(source))
    const input: DecideInput = {
      moment,
      attributes: contexts[0]!,
      visitor: { id: values.visitor, shown: readShown(values.shown, now, io), session: 'now', consent },
      now,
      busy: values.busy,
    }
    const decision = decide(ruleset, input)
    /** Why a rule holds that did not decide: asked alone, it does. */
    const reasonOf = (rule: Rule) =>
      decide(compile({ ...ruleset.source, rules: [rule] }).ruleset, input).reason
    const all = ruleset.source.rules as readonly Rule[]
    const rules = answersOf(all, rejected, moment.name, decision, reasonOf)
    if (values.json) {
      const { trace: _trace, ...answer } = decision
      io.out(JSON.stringify({ file, moment, decision: answer, rules }, null, 2))
      return exits.done
    }
    const names = [...new Set([...ruleset.plans.keys(), ...allMoments])]
    print(moment.name, decision, rules, names, io)
    return exits.done
  },
}

const inFile = <T>(file: string, act: () => T): T => {
  try {
    return act()
  } catch (error) {
    throw Error(`${file}: ${(error as Error).message} (splitsecond validate tells more)`, { cause: error })
  }
}

/** In the order in which they are asked; behind them those that are not. */
function answersOf(
  rules: readonly Rule[],
  rejected: ReturnType<typeof compile>['rejected'],
  moment: string,
  { rule: decided, trace }: Decision,
  reasonOf: (rule: Rule) => string,
): Answered[] {
  const leftOut = new Map(
    rejected.map(({ path, reason }) => [Number(/^rules\[(\d+)/.exec(path)?.[1]), reason]),
  )
  const asked = new Set(trace.map(({ rule }) => rule))
  const mine = rules
    .map((rule, index) => ({ rule, reason: leftOut.get(index) }))
    .filter(({ rule }) => rule?.on === moment)
  const taken = mine.filter(({ reason }) => reason === undefined)
  const inForce = taken
    .filter(({ rule }) => rule.enabled !== false)
    .sort((a, b) => (b.rule.priority ?? 0) - (a.rule.priority ?? 0))
  const last = inForce.findIndex(({ rule }) => rule.id === decided)
  return [
    ...inForce.map(({ rule }, index): Answered => {
      const { id } = rule
      const own = trace.filter((entry) => entry.rule === id)
      if (id === decided) return { rule: id, state: 'decided', trace: own }
      const isAsked = asked.has(id) || index <= last
      return isAsked
        ? { rule: id, state: 'held', reason: reasonOf(rule), trace: own }
        : { rule: id, state: 'not-asked', trace: [] }
    }),
    ...taken.flatMap(({ rule: { id, enabled } }): Answered[] =>
      enabled === false ? [{ rule: id, state: 'parked', trace: [] }] : [],
    ),
    ...mine.flatMap(({ rule: { id }, reason }): Answered[] =>
      reason === undefined ? [] : [{ rule: id, state: 'left-out', reason, trace: [] }],
    ),
  ]
}

function print(
  moment: string,
  decision: Decision,
  rules: readonly Answered[],
  names: readonly string[],
  { out }: Io,
) {
  const { verdict, reason, rule } = decision
  const variant = decision.verdict === 'hold' ? undefined : decision.variant
  const step = decision.verdict === 'hold' ? undefined : decision.step
  const answer = [rule, step, variant].filter((it) => it !== undefined).join('/')
  out(`${moment} → ${verdict}${answer && ` ${answer}`}${reason === 'shown' ? '' : `: ${reason}`}`)
  const near = rules.length === 0 && !names.includes(moment) ? nearest(moment, names) : undefined
  if (near !== undefined) out(`   did you mean ${JSON.stringify(near)}?`)
  for (const it of rules) {
    out('')
    const won = it.state === 'decided' && verdict !== 'hold'
    const what = {
      decided: won ? `${verdict} ${answer}` : `hold: ${reason}`,
      held: `hold: ${it.reason}`,
      'not-asked': `not asked: ${rule} decided`,
      'left-out': `left out: ${it.reason}`,
      parked: 'parked: "enabled" is false',
    }[it.state]
    out(`${won ? '✓' : it.trace.length > 0 ? '✗' : '·'} ${it.rule}  ${what}`)
    for (const line of branchesOf(treeOf(it.trace))) out(line)
  }
}
