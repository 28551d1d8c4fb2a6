import type { Rule } from '../schema/ruleset'
import type { Compiled } from '../src/decide'
import { isRecord, type Path } from '../src/decide/demand'
import { pathOf } from './problem'

/** One difference between two rulesets, as they are in force. */
export interface RulesetChange {
  readonly kind: 'added' | 'removed' | 'changed'
  /** The rule that it is in; absent: the envelope. */
  readonly rule?: string
  /** The key within the rule or the envelope; empty: the whole rule. */
  readonly path: string
  /** Absent: it is not there. */
  readonly before?: unknown
  readonly after?: unknown
}

/** What differs, in the order of the second one. Rules are told by their ids; one that is left out is not there. */
export function rulesetChanges(one: Compiled, two: Compiled): RulesetChange[] {
  const [before, after] = [rulesOf(one), rulesOf(two)]
  const { rules: _one, $schema: _schema, ...envelope } = one.ruleset.source
  const { rules: _two, $schema: _other, ...other } = two.ruleset.source
  return [
    ...differences(envelope, other, []),
    ...[...before.keys()].flatMap((rule): RulesetChange[] =>
      after.has(rule) ? [] : [{ kind: 'removed', rule, path: '' }],
    ),
    ...[...after].flatMap(([rule, it]): RulesetChange[] => {
      const was = before.get(rule)
      if (!was) return [{ kind: 'added', rule, path: '' }]
      return differences(was, it, []).map((change) => ({ ...change, rule }))
    }),
    ...orderChanges(one, two),
  ]
}

function rulesOf({ ruleset, rejected }: Compiled): Map<string, Rule> {
  const leftOut = new Set(rejected.map(({ path }) => Number(/^rules\[(\d+)/.exec(path)?.[1])))
  const rules = ruleset.source.rules as readonly Rule[]
  return new Map(rules.flatMap((rule, index) => (leftOut.has(index) ? [] : [[rule.id, rule]])))
}

/** Of rules of equal priority the order in the file counts. */
function orderChanges(one: Compiled, two: Compiled): RulesetChange[] {
  return [...two.ruleset.plans].flatMap(([moment, { rules }]): RulesetChange[] => {
    const old = one.ruleset.plans.get(moment)?.rules ?? []
    const common = (some: typeof rules, others: typeof rules) =>
      some.filter(({ id }) => others.some((it) => it.id === id)).map(({ id }) => id)
    const [before, after] = [common(old, rules), common(rules, old)]
    return before.join('\n') === after.join('\n')
      ? []
      : [{ kind: 'changed', path: `order of the rules for ${moment}`, before, after }]
  })
}

/** Key by key; lists of texts and numbers as a whole, lists of things with ids by those. */
function differences(one: unknown, two: unknown, keys: Path): RulesetChange[] {
  if (JSON.stringify(one) === JSON.stringify(two)) return []
  const [before, after] = [partsOf(one), partsOf(two)]
  if (before && after)
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(before[key], after[key], [...keys, key]),
    )
  const kind = one === undefined ? 'added' : two === undefined ? 'removed' : 'changed'
  const values = {
    ...(one === undefined ? {} : { before: one }),
    ...(two === undefined ? {} : { after: two }),
  }
  return [{ kind, path: pathOf(keys), ...values }]
}

const partsOf = (it: unknown): Readonly<Record<string, unknown>> | undefined =>
  isRecord(it)
    ? it
    : Array.isArray(it) &&
        it.length > 0 &&
        it.every((item) => isRecord(item) && typeof item['id'] === 'string')
      ? Object.fromEntries(it.map((item: { id: string }) => [item.id, item]))
      : undefined
