/**
 * Scopes: in what a limit counts. The caps and the cooldown of one rule count in that rule, those of a group in the
 * group, the ruleset's in all. Tabs spend side by side from one scope, so each needs a permit for it (`permits.ts`).
 */
import type { CompiledRule, CompiledRuleset } from './compile'
import type { Shown } from './decision'
import { passes, type Facts, type Gate } from './gates'

interface Scope {
  /** One of the rules that count in it. */
  readonly rule: CompiledRule
  /** What must hold before one more may be shown. */
  readonly gates: readonly Gate[]
}

/** By key: `ruleset.limits`, `ruleset.limits.groups.discount`; a rule's own: `checkout-reassure limits`. */
export type Scopes = ReadonlyMap<string, Scope>

/**
 * The gates of a rule, with one more for each scope that they count in: its permit. It stands before the holdout: who
 * is held out spends permits, too. Where nobody tells of permits (one page alone, Node) none is needed.
 */
export function withPermits(rule: string, gates: readonly Gate[]): readonly Gate[] {
  const limits = gates.filter(({ reason }) => reason === 'limit' || reason === 'cooldown')
  if (!limits.length) return gates
  const places = new Map<string, Gate[]>()
  for (const gate of limits) {
    // `limits.perDay` and `limits.cooldownMs` stand in the same place.
    const place = /^.+(?=\.)/.exec(gate.clause)?.[0]
    if (place) places.set(place, [...(places.get(place) ?? []), gate])
  }
  const permits = [...places].map(([place, guarded]): Gate => {
    const key = place.startsWith('ruleset.') ? place : `${rule} ${place}`
    return {
      reason: guarded[0]!.reason,
      clause: `${place} permit`,
      wanted: true,
      observe: (facts) => facts.permits?.has(key),
      compare: Object.is,
      permit: { key, guarded },
    }
  })
  const isHoldout = ({ reason }: Gate) => reason === 'holdout'
  return [...gates.filter((gate) => !isHoldout(gate)), ...permits, ...gates.filter(isHoldout)]
}

/** All scopes that the rules of a ruleset count in. All rules of a scope ask the same of it. */
export function scopesOf({ plans }: CompiledRuleset): Scopes {
  const scopes = new Map<string, Scope>()
  for (const { rules } of plans.values())
    for (const rule of rules)
      for (const { permit } of rule.after)
        if (permit && !scopes.has(permit.key)) scopes.set(permit.key, { rule, gates: permit.guarded })
  return scopes
}

/** Whether one more may be shown in a scope, were as many others shown now as there are permits for it elsewhere. */
export function hasRoom(
  { rule, gates }: Scope,
  others: number,
  {
    shown,
    session,
    now,
  }: { readonly shown: readonly Shown[]; readonly session: string; readonly now: number },
): boolean {
  // What is written down when it is shown stands in the rule under the same names.
  const next: Shown = { ...rule, rule: rule.id, at: now, session }
  const facts: Facts = {
    values: [],
    shown: [...shown, ...[...Array<undefined>(others)].map(() => next)],
    id: undefined,
    session,
    consent: 'granted',
    now,
    confirmedAt: undefined,
    busy: false,
    unrest: [],
    standing: [],
    permits: undefined,
  }
  return gates.every((gate) => passes(gate, facts))
}
