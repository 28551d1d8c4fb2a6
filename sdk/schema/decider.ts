/**
 * What a remote decider is asked and what it may answer: the shop's own engine behind the address in `data-decider`.
 * The browser checks an answer by a few lines of its own (`sdk/src/decide/overrule.ts`); a differential test holds
 * the two together. Unknown extra keys are ignored on both sides.
 */
import { z } from 'zod'
import { evidence, reasons } from './event'
import { nudge } from './ruleset'

const name = z.string().min(1).max(200)
const verdict = z.enum(['show', 'hold', 'ghost'])

export const deciderRequest = z.object({
  moment: z.object({ name, evidence }),
  /** As conditions read them; flags that a provider is asked for are not among them. */
  attributes: z.record(z.string(), z.unknown()),
  visitor: z.object({
    /** The device's id, which buckets are dealt by. */
    id: z.string(),
    session: z.string(),
    /** What was shown to it last, at most 20, the newest at the end; `at` in epoch ms. */
    shown: z.array(
      z.object({ rule: z.string(), group: z.string().optional(), at: z.number(), session: z.string() }),
    ),
  }),
  /** By the shopper's clock, epoch ms. */
  now: z.number(),
  ruleset: z.object({ version: z.int() }),
  /** What stands ready in the browser. */
  local: z.object({
    verdict,
    reason: z.enum(reasons),
    rule: z.string().optional(),
    variant: z.string().optional(),
  }),
  /** From the question on, ms: what comes later is not used. */
  deadlineMs: z.number().positive(),
})

export const deciderAnswer = z.discriminatedUnion('verdict', [
  z.object({
    /** `ghost`: do all but show it, for a holdout of the engine's own. */
    verdict: z.enum(['show', 'ghost']),
    /** A rule in force of the ruleset (its limits, dates and holdouts hold), or with a `nudge` any other name. */
    rule: name,
    /** Of that rule; default: the visitor's own. With a `nudge` its name in the events, default "remote". */
    variant: name.optional(),
    /** Shown instead of the rule's. */
    nudge: nudge.optional(),
  }),
  z.object({ verdict: z.literal('hold') }),
])

export type DeciderRequest = z.infer<typeof deciderRequest>
export type DeciderAnswer = z.infer<typeof deciderAnswer>
