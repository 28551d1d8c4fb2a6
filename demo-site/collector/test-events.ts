/** Valid events for tests: each builder fills in all that a test does not care about. */
import { randomUUID } from 'node:crypto'
import type { BeaconEvent, GhostSplits, Splits } from '../../sdk/schema/event'

type Of<Type extends BeaconEvent['type']> = Extract<BeaconEvent, { type: Type }>
type Shown = Extract<Of<'nudge'>, { phase: 'shown' }>
type Missed = Extract<Of<'nudge'>, { phase: 'missed' }>
type Ghost = Extract<Of<'nudge'>, { phase: 'ghost' }>
type Ended = Extract<Of<'nudge'>, { phase: 'clicked' | 'dismissed' | 'expired' }>

export const testTime = Date.UTC(2026, 10, 21, 12)

const common = () => ({
  id: randomUUID() as string,
  seq: 0,
  at: testTime,
  ageMs: 120,
  session: 's-1',
  view: 'p-1',
  visitor: 'v-1',
  page: { type: 'pricing', path: '/pricing' },
  device: { class: 'desktop', touch: false } as const,
  sdk: '0.1.0',
  ruleset: { version: 12 },
})

const chain = () => ({
  momentId: randomUUID() as string,
  decisionId: randomUUID() as string,
  rule: 'pricing-help',
  variant: 'a',
  channel: { surface: 'toast', device: 'desktop', pageType: 'pricing', connection: '4g' } as const,
})

const tenth = (ms: number): number => Math.round(ms * 10) / 10

/** Splits whose sums are right. */
export const testSplits = (given: Partial<Splits> = {}): Splits => {
  const steps = {
    wait: 2000,
    capture: 1,
    detect: 0.1,
    profile: 0,
    decide: 0.1,
    mount: 0.6,
    paint: 9,
    ...given,
  }
  const signalToDecision = tenth(steps.capture + steps.detect + steps.profile + steps.decide)
  return {
    ...steps,
    signalToDecision,
    decisionToAction: steps.mount,
    actionToCustomer: steps.paint,
    total: tenth(signalToDecision + steps.mount + steps.paint),
    clockMs: 0.1,
    ...given,
  }
}

/** A held-out visitor's: nothing was mounted, so nothing after the decision has a time. */
export const testGhostSplits = (given: Partial<Splits> = {}): GhostSplits => ({
  ...testSplits(given),
  mount: null,
  paint: null,
  decisionToAction: null,
  actionToCustomer: null,
  total: null,
})

export const pageEvent = (given: Partial<Of<'page'>> = {}): Of<'page'> => ({
  ...common(),
  type: 'page',
  ...given,
})

export const momentEvent = (
  moment: Partial<Of<'moment'>['moment']> = {},
  given: Partial<Of<'moment'>> = {},
): Of<'moment'> => ({
  ...common(),
  type: 'moment',
  momentId: randomUUID(),
  moment: {
    name: 'hesitation',
    phase: 'confirmed',
    evidence: { dwellMs: 2210, dwellMinMs: 2000 },
    ...moment,
  },
  ...given,
})

export const decisionEvent = (
  decision: Partial<Of<'decision'>['decision']> = {},
  given: Partial<Of<'decision'>> = {},
): Of<'decision'> => ({
  ...common(),
  type: 'decision',
  momentId: randomUUID(),
  decisionId: randomUUID(),
  decision: {
    verdict: 'show',
    rule: 'pricing-help',
    variant: 'a',
    reason: 'shown',
    owner: 'pricing team',
    ...decision,
  },
  ...given,
})

export const shownEvent = (given: Partial<Shown> = {}): Shown => ({
  ...common(),
  ...chain(),
  type: 'nudge',
  phase: 'shown',
  splits: testSplits(),
  fit: 'in-moment',
  cost: 0.9,
  ...given,
})

export const missedEvent = (given: Partial<Missed> = {}): Missed => ({
  ...common(),
  ...chain(),
  type: 'nudge',
  phase: 'missed',
  fit: 'missed',
  reason: 'moment-over',
  ...given,
})

export const ghostEvent = (given: Partial<Ghost> = {}): Ghost => ({
  ...common(),
  ...chain(),
  type: 'nudge',
  phase: 'ghost',
  splits: testGhostSplits(),
  ...given,
})

export const endEvent = (given: Partial<Ended> = {}): Ended => ({
  ...common(),
  ...chain(),
  type: 'nudge',
  phase: 'clicked',
  shownMs: 4000,
  ...given,
})

export const outcomeEvent = (given: Partial<Of<'outcome'>> = {}): Of<'outcome'> => ({
  ...common(),
  type: 'outcome',
  name: 'order_complete',
  data: { value: 129, currency: 'EUR' },
  afterDecisions: [],
  ...given,
})
