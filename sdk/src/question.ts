import type { Context } from './context'
import type { Busy, CompiledRuleset, DecideInput, Decision } from './decide'
import { attributes } from './decide/attributes'
import type { Leanings } from './decide/leanings'
import type { Permits } from './decide/permits'
import type { VisitorMemory } from './decide/visitor'
import type { Found } from './detect'
import type { Consent, PageRef } from './terms'
import type { Clock, PageTime } from './time'

/** A ruleset, and what it is asked: as things stand when it is called. Undefined: there is no ruleset any more. */
export type Question = () => readonly [CompiledRuleset, DecideInput] | undefined

/** What a decision rests on. */
export interface Ground {
  readonly clock: Clock
  readonly context: Pick<Context, 'given' | 'device'>
  readonly visitor: Pick<VisitorMemory, 'current'>
  readonly consent: { readonly tier: () => Consent }
  readonly way: { readonly page: () => PageRef }
  readonly acting: {
    readonly nudges?: { readonly busy: () => Busy } | undefined
    readonly permits?: Pick<Permits, 'current'>
    readonly affinity?: Pick<Leanings, 'profile'>
    readonly decider?:
      { readonly decide: (question: Question, at: PageTime) => Decision | Promise<Decision> } | undefined
  }
  readonly armed: { readonly ruleset?: CompiledRuleset | undefined; readonly confirmedAt?: number }
}

/** What conditions and texts read now. */
export const attributesOf = ({
  context,
  way,
  visitor,
  acting,
}: Pick<Ground, 'context' | 'way' | 'visitor' | 'acting'>) =>
  attributes({ ...context, page: way.page(), visitor: visitor.current(), acting })

/** The question that a moment asks of the ruleset in use. */
export const questionOf =
  (ground: Ground, moment: Found, read: typeof attributesOf): Question =>
  () => {
    const { clock, visitor, consent, acting, armed } = ground
    const { nudges } = acting
    const { id, session, shown } = visitor.current()
    const input = {
      moment,
      attributes: read(ground),
      visitor: {
        id,
        session: session.id,
        shown,
        consent: consent.tier(),
        permits: acting.permits?.current(),
      },
      now: clock.toEpoch(clock.now()),
      confirmedAt: armed.confirmedAt,
      busy: !nudges || nudges.busy(),
    }
    return armed.ruleset && [armed.ruleset, input]
  }
