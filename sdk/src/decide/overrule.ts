import type { DeciderAnswer } from '../../schema/decider'
import type { Rule, Variant } from '../../schema/ruleset'
import type { compile, CompiledRuleset } from './compile'
import type { decide } from './decide'
import type { DecideInput, Decision } from './decision'
import { demand, isRecord } from './demand'

/** The core as another part has brought it, so that it need not be loaded twice. */
export interface Core {
  readonly compile: typeof compile
  readonly decide: typeof decide
}

type Acting = Extract<DeciderAnswer, { rule: string }>
/** As far as it is known before it has been checked. */
type Answer = Pick<DeciderAnswer, 'verdict'> & Partial<Omit<Acting, 'verdict'>>

/**
 * The decision that another decider's answer comes to. It is taken for a ruleset of one rule without a condition,
 * under the envelope of the real one: what a rule may not say, an answer may not say either, and the gates (dates,
 * consent, limits, cooldowns, the stage, holdouts) are asked as for every rule.
 *
 * @throws `Fault` where it is no answer: not of the form, a rule that is not in force, an unknown one without a nudge
 */
export function overrule(
  core: Core,
  ruleset: CompiledRuleset,
  input: DecideInput,
  answer: unknown,
): Decision {
  demand(isRecord(answer), 'a decision', answer, [])
  const { verdict, rule: id, variant, nudge } = answer as Answer
  demand(['show', 'hold', 'ghost'].includes(verdict), 'show, hold or ghost', verdict, ['verdict'])
  if (verdict === 'hold') return held(core.decide(ruleset, input))

  const { source, plans } = ruleset
  const found = (source.rules as (Partial<Rule> | null)[]).find((rule) => rule?.id === id) as Rule | undefined
  const inForce = found && plans.get(found.on)?.rules.some((rule) => rule.id === id)
  // One that was switched off or left out stays off, whatever nudge comes with it.
  demand(found ? inForce : nudge !== undefined, 'a rule in force, or another one with its nudge', id, [
    'rule',
  ])

  const { ladder, variants: own = [], ...rest }: Partial<Rule> = found ?? {}
  const mine = [{ id: variant === undefined ? 'remote' : variant, nudge: nudge! }]
  const named = (all: readonly Variant[]) => all.filter((it) => it.id === variant)
  const chosen = (all: readonly Variant[]) =>
    nudge !== undefined ? mine : variant === undefined ? all : named(all).map((it) => ({ ...it, weight: 1 }))
  const known = [...own, ...(ladder?.steps ?? []).flatMap(({ variants }) => variants)]
  demand(nudge !== undefined || chosen(known).length, 'a variant of that rule', variant, ['variant'])
  // Which step of a ladder it is the ladder says; one without a variant of that name has its own.
  const steps = ladder?.steps.map((step) => ({
    ...step,
    variants: chosen(step.variants).length ? chosen(step.variants) : step.variants,
  }))
  const { ruleset: one, rejected } = core.compile({
    ...source,
    groups: undefined,
    pages: undefined,
    moments: undefined,
    rules: [
      {
        ...rest,
        ...(ladder ? { ladder: { ...ladder, steps } } : { variants: chosen(own) }),
        id,
        on: input.moment.name,
        when: {},
        holdout: verdict === 'ghost' ? 100 : rest.holdout,
      },
    ],
  })
  if (rejected[0]) throw Error(rejected[0].reason.replace(/^rules\[0\]\.(variants\[0\]\.)?/, ''))
  return core.decide(one, input)
}

/** A no is heard always, and nothing waits after it; where there was one already it keeps its reason. */
const held = (local: Decision): Decision =>
  local.verdict === 'hold'
    ? {
        verdict: 'hold',
        reason: local.reason,
        ...(local.rule !== undefined && { rule: local.rule }),
        owner: local.owner,
        get trace() {
          return local.trace
        },
      }
    : {
        verdict: 'hold',
        reason: 'condition',
        rule: local.rule,
        owner: local.owner,
        trace: [{ rule: local.rule, clause: 'decider', observed: 'hold', wanted: 'show', passed: false }],
      }
