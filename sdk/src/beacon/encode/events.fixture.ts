import { event, type BeaconEvent } from '../../../schema/event'
import type { Encoder } from '../encoder'

const uuid = (last: number) => `019a0000-0000-7000-8000-${last.toString(16).padStart(12, '0')}`
const at = 1_790_000_000_123
const made = { seq: 0 }

/** One event as a page makes it; checked, so that a test stands on what there can be. */
export const eventOf = (fields: Readonly<Record<string, unknown>>): BeaconEvent => {
  const seq = ++made.seq
  return event.parse({
    id: uuid(seq),
    seq,
    at,
    ageMs: 250,
    session: uuid(0xa00001),
    view: uuid(0xb00001),
    visitor: uuid(0xc00001),
    page: { type: 'cart', path: '/cart' },
    device: { class: 'desktop', touch: false },
    sdk: '0.1.0',
    ruleset: { version: 12 },
    ...fields,
  })
}

const chain = { momentId: uuid(0xd00001), decisionId: uuid(0xe00001) }
const channel = { surface: 'toast', device: 'desktop', pageType: 'cart' }
const nudge = { type: 'nudge', ...chain, rule: 'pricing-help', variant: 'a', channel }
/** As in the contract's example: they add up. */
export const splits = {
  wait: 2000,
  capture: 1.2,
  detect: 0.1,
  profile: 0,
  decide: 0.1,
  mount: 0.6,
  paint: 9.8,
  signalToDecision: 1.4,
  decisionToAction: 0.6,
  actionToCustomer: 9.8,
  total: 11.8,
  clockMs: 0.1,
}
const afterIt = { mount: null, paint: null, decisionToAction: null, actionToCustomer: null, total: null }

export const shown = eventOf({ ...nudge, phase: 'shown', splits, fit: 'in-moment', cost: 0.9 })
export const ghost = eventOf({ ...nudge, phase: 'ghost', splits: { ...splits, ...afterIt } })
export const clicked = eventOf({ ...nudge, phase: 'clicked', action: 0, shownMs: 3210.4 })
export const missed = eventOf({ ...nudge, phase: 'missed', fit: 'missed', reason: 'busy' })

/** Each kind that there is. */
export const everyKind: readonly BeaconEvent[] = [
  eventOf({ type: 'page' }),
  eventOf({
    type: 'moment',
    momentId: chain.momentId,
    moment: { name: 'hesitation', phase: 'confirmed', evidence: { dwellMs: 2210, far: false } },
  }),
  eventOf({
    type: 'decision',
    ...chain,
    decision: { verdict: 'show', rule: 'pricing-help', variant: 'a', reason: 'shown' },
  }),
  shown,
  ghost,
  clicked,
  missed,
  eventOf({
    type: 'outcome',
    name: 'order_complete',
    data: { value: 129, currency: 'EUR', items: [{ id: 'a"b', name: 'Tür' }] },
    afterDecisions: [chain.decisionId],
  }),
  eventOf({ type: 'vitals', name: 'INP', value: 56 }),
  eventOf({ type: 'loss', counts: { overflow: 3 } }),
  eventOf({ type: 'error', part: 'detect/hesitation', reason: 'TypeError' }),
]

export const context = { url: 'https://c.example/in', key: 'k', sentAt: at + 250, attempt: 1 }

/** What an encoder makes of all of them, as its receiver reads it. */
export const bodyOf = (encoder: Encoder, events: readonly BeaconEvent[] = everyKind): unknown =>
  JSON.parse(encoder.encode(events, context).body)
