/** A shopper who has said "later": the rule whose nudge it was is silent until then. */
import type { Rule } from '../../schema/ruleset'
import type { Gate } from './gates'

/** 0 where a button of it makes it silent for a while; else there is nothing to ask. */
export const snooze = ({ variants = [], ladder }: Rule) =>
  [...variants, ...(ladder?.steps ?? []).flatMap((step) => step.variants)].some(({ nudge }) =>
    nudge.actions?.some((it) => it.do === 'snooze'),
  )
    ? 0
    : undefined
/** How much longer the shopper wants to hear nothing of it, ms. */
export const snoozedFor =
  (id: string): Gate['observe'] =>
  ({ shown, now }) =>
    Math.max(0, ...shown.map((it) => (it.rule === id ? (it.snoozedUntil ?? 0) - now : 0)))
