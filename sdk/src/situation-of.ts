import type { TraceContext } from '../schema/trace'
import type { Context } from './context'
import type { VisitorMemory } from './decide/visitor'
import type { Cart, Consent, PageRef } from './terms'

/** What is known of the page and the shopper; of most of it nothing is written down. */
export interface Facts {
  readonly context: Pick<Context, 'given' | 'device'>
  readonly visitor: Pick<VisitorMemory, 'current'>
  readonly consent: { readonly tier: () => Consent }
  readonly way: { readonly page: () => PageRef }
  readonly acting: { readonly nudges?: { readonly inert: () => boolean } | undefined }
}

const figure = (value: unknown) => (Number.isFinite(value) ? (value as number) : 0)

const figuresOf = ({ items, total, currency }: Cart) => ({
  count: items.reduce((sum, { quantity = 1 }) => sum + figure(quantity), 0),
  total: figure(total),
  ...(typeof currency === 'string' ? { currency } : {}),
})

/** Of the situation counts and sums alone: no trait, no name, no id. */
export function situationOf(
  { context, way, visitor, consent, acting }: Facts,
  locale: string,
  now: number,
): Omit<TraceContext, 'kind' | 'at' | 'heardAt'> {
  const { type, path } = way.page()
  const { visits, daysSinceLastVisit, session, shown } = visitor.current()
  return {
    page: { type, path },
    device: context.device,
    locale,
    consent: consent.tier(),
    session: session.moments,
    ...(context.given.cart ? { cart: figuresOf(context.given.cart) } : {}),
    visitor: { visits, daysSinceLastVisit },
    shown: shown.map(({ rule, group, cost, step, helped, at, session: of, snoozedUntil = 0 }) => ({
      rule,
      ...(group === undefined ? {} : { group }),
      ...(cost === undefined ? {} : { cost }),
      ...(step === undefined ? {} : { step }),
      ...(helped === undefined ? {} : { helped: [...helped] }),
      agoMs: Math.max(0, now - at),
      inSession: of === session.id,
      ...(snoozedUntil > now ? { snoozedMs: snoozedUntil - now } : {}),
    })),
    busy: !!acting.nudges?.inert(),
  }
}
