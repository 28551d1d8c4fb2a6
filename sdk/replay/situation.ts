import type { TraceContext, TraceHeader } from '../schema/trace'
import type { ActDecision, Shown } from '../src/decide'
import type { PageRef } from '../src/terms'
import type { EpochTime } from '../src/time'

type Known = Readonly<Record<string, unknown>>

/** What a trace does not hold, because nobody's data belongs into it. */
export interface Beside {
  /** Attributes for conditions: traits, scores, flags. Laid over those that the trace knows. */
  readonly context?: Known
  /** The device's id, by which buckets are taken. Without it nobody is held out, and variants are those of no id. */
  readonly visitor?: { readonly id?: string; readonly shown?: readonly Shown[] }
}

const session = 'replayed'

/**
 * Who the shopper is and where, as far as the trace tells. What decisions add (moments that were counted, nudges that
 * were shown) is counted by the replay itself: with another ruleset it is not what the page counted.
 */
export function createSituation(header: TraceHeader, { context: more = {}, visitor = {} }: Beside) {
  const { page, device, locale } = header
  const state = {
    context: undefined as TraceContext | undefined,
    page: page as PageRef,
    moments: {} as Record<string, number>,
    shown: [...(visitor.shown ?? [])] as (Shown & { readonly decision?: string })[],
  }

  return {
    /** A context line: where the trace begins also what had been before. */
    told(context: TraceContext, at: EpochTime) {
      if (!state.context) {
        Object.assign(state.moments, context.session)
        for (const { agoMs, inSession, snoozedMs = 0, ...shown } of context.shown)
          state.shown.push({
            ...shown,
            at: at - agoMs,
            session: inSession ? session : 'before',
            snoozedUntil: at + snoozedMs,
          })
      }
      state.context = context
      state.page = context.page
    },
    went(to: PageRef) {
      state.page = to
    },
    count(moment: string) {
      state.moments[moment] = (state.moments[moment] ?? 0) + 1
    },
    spend: ({ rule, group, cost, step }: ActDecision, decision: string, at: EpochTime) =>
      void state.shown.push({ rule, group, cost, step, decision, at, session }),
    helped(decision: string) {
      state.shown = state.shown.map((it) => (it.decision === decision ? { ...it, helped: ['clicked'] } : it))
    },
    snoozed(decision: string, until: number) {
      state.shown = state.shown.map((it) => (it.decision === decision ? { ...it, snoozedUntil: until } : it))
    },
    pageType: () => state.page.type,
    /** The page has a dialog of its own open. */
    busy: () => state.context?.busy ?? false,

    attributes: (): Known =>
      lay(
        {
          locale: state.context?.locale ?? locale,
          device: state.context?.device ?? device,
          utm: {},
          page: state.page,
          cart: state.context?.cart,
          visitor: state.context?.visitor ?? { visits: 1, daysSinceLastVisit: 0 },
          account: {},
          session: { ...state.moments },
        },
        more,
      ),
    visitor: () => ({
      id: visitor.id,
      shown: state.shown,
      session,
      consent: state.context?.consent ?? ('granted' as const),
    }),
  }
}

const isObject = (it: unknown): it is Known => typeof it === 'object' && it !== null && !Array.isArray(it)

/** One object over another, level by level. */
const lay = (under: Known, over: Known): Known => ({
  ...under,
  ...Object.fromEntries(
    Object.entries(over).map(([key, value]) => {
      const before = under[key]
      return [key, isObject(before) && isObject(value) ? lay(before, value) : value]
    }),
  ),
})
