/**
 * The trace of a decision: every clause of every rule that was asked, also those after the first that
 * failed. Made when someone reads it, from the facts that were taken down when it was decided.
 */
import type { CompiledRule } from './compile'
import { clauseTruth, type Clause } from './clause'
import type { TraceEntry } from './decision'
import { passes, type Facts, type Gate } from './gates'

export function explain(rules: readonly CompiledRule[], facts: Facts): readonly TraceEntry[] {
  return rules.flatMap(({ id, step, before, clauses, after }, index) => {
    const entry = (seen: Omit<TraceEntry, 'rule' | 'step' | 'distance'>): TraceEntry => {
      const { observed, wanted } = seen
      const numbers = typeof observed === 'number' && typeof wanted === 'number'
      const distance = numbers && { distance: Math.abs(observed - wanted) }
      return { rule: id, ...(step && { step }), ...seen, ...distance }
    }
    const ofGate = (gate: Gate): TraceEntry =>
      entry({
        clause: gate.clause,
        observed: gate.observe(facts),
        wanted: gate.wanted,
        passed: passes(gate, facts),
      })
    const ofClauses = (list: readonly Clause[], group: string): TraceEntry[] =>
      list.flatMap((one) => {
        const { path, operator, wanted, inner } = one.about
        const truth = clauseTruth(one, facts.values)
        const clause = `${group}${path}${path && ' '}${operator || '$eq'}`
        const observed = one.slot < 0 ? truth : facts.values[one.slot]
        return [entry({ clause, observed, wanted, passed: truth === 1 }), ...ofClauses(inner, `${clause} `)]
      })
    // The steps of a ladder share what is asked before and in the condition.
    const asked = rules[index - 1]?.clauses === clauses
    const told = after.filter(({ permit }) => !permit || facts.permits)
    return [...(asked ? [] : [...before.map(ofGate), ...ofClauses(clauses, '')]), ...told.map(ofGate)]
  })
}
