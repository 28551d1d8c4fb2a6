/**
 * Rules that a higher one always forestalls. It must be certain: the higher rule has nothing that could ever keep it
 * back but a condition that holds whenever the lower one's does. A holdout is nothing of the kind: it ends the
 * decision as well.
 */
import type { Rule } from '../schema/ruleset'
import { clausesOf, textOf, type Asked } from './clauses'

/** Keys that keep no rule back. One that is not known here might. */
const harmless = new Set(['id', 'on', 'owner', 'priority', 'when', 'variants', 'validForMs', 'cancelOn', 'holdout', 'enabled']) // prettier-ignore
/** Keys that only make the lower rule rarer. */
const narrowing = new Set([
  ...harmless,
  'limits',
  'startsAt',
  'expiresAt',
  'consent',
  'schedule',
  'namespace',
  'cost',
  'ladder',
])

const hasOnly = (rule: object, keys: ReadonlySet<string>) => Object.keys(rule).every((key) => keys.has(key))

/** Whether `higher`, which is asked first, answers whenever `lower` could. */
export function shadows(higher: Rule, lower: Rule): boolean {
  if (!hasOnly(lower, narrowing)) return false
  const { limits = {}, consent, ...rest } = higher
  if (!hasOnly(rest, harmless) || Object.keys(limits).length > 0) return false
  if (consent && !lower.consent) return false
  const given = clausesOf(lower.when ?? {}, [])
  return clausesOf(higher.when ?? {}, []).every((wanted) => given.some((it) => implies(it, wanted)))
}

/** Whenever the one holds, the other does. */
function implies(one: Asked, two: Asked): boolean {
  if (textOf(one) === textOf(two)) return true
  if (!one.attribute || one.attribute !== two.attribute) return false
  if (one.operator === '$in' && two.operator === '$in') {
    const allowed = new Set(two.operand as unknown[])
    return (one.operand as unknown[]).every((it) => it !== null && allowed.has(it))
  }
  const [low, high] = [/^\$gte?$/, /^\$lte?$/]
  const [from, to] = [one.operand, two.operand]
  if (typeof from !== 'number' || typeof to !== 'number') return false
  const strictEnough = from !== to || one.operator === two.operator || /t$/.test(one.operator)
  if (low.test(one.operator) && low.test(two.operator)) return from >= to && strictEnough
  return high.test(one.operator) && high.test(two.operator) && from <= to && strictEnough
}
