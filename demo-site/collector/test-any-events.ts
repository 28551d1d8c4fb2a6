/** Events of any kind in any mixture, whose chains touch now and then: for tests that hold two stores together. */
import * as fc from 'fast-check'
import type { BeaconEvent } from '../../sdk/schema/event'
import {
  decisionEvent,
  endEvent,
  ghostEvent,
  missedEvent,
  momentEvent,
  outcomeEvent,
  pageEvent,
  shownEvent,
  testSplits,
  testTime,
} from './test-events'

const few = (prefix: string) => fc.integer({ min: 0, max: 4 }).map((n) => `${prefix}-${n}`)
const tenths = fc.integer({ min: 0, max: 30_000 }).map((n) => n / 10)

const common = fc.record({
  id: fc.uuid(),
  at: fc.integer({ min: -2000, max: 2000 }).map((offset) => testTime + offset),
  seq: fc.nat(5),
  momentId: few('m'),
  decisionId: few('d'),
})

const channel = fc.record({
  surface: fc.constantFrom('toast', 'bar', "o'clock \\", '表面'),
  device: fc.constantFrom('desktop', 'mobile' as const),
  pageType: fc.constantFrom('cart', 'pricing'),
})

const splits = fc
  .record({ wait: tenths, capture: tenths, decide: tenths, mount: tenths, paint: tenths })
  .map((given) => testSplits(given))

const name = fc.constantFrom('hesitation', 'rage-click', '"quoted"', 'ümlaut')
const phase = fc.constantFrom('suspect', 'confirmed', 'ended' as const)
const reason = fc.constantFrom('shown', 'limit', 'holdout', 'busy' as const)

const anyEvent: fc.Arbitrary<BeaconEvent> = fc.oneof(
  common.map(({ id, at, seq }) => pageEvent({ id, at, seq })),
  common.map(({ id, at, seq }) => outcomeEvent({ id, at, seq })),
  fc.tuple(common, name, phase).map(([given, name, phase]) => {
    const { decisionId: _, ...rest } = given
    return momentEvent({ name, phase }, rest)
  }),
  fc.tuple(common, reason).map(([given, reason]) => decisionEvent({ reason }, given)),
  fc
    .tuple(common, channel, splits, fc.constantFrom('in-moment', 'late' as const))
    .map(([given, channel, splits, fit]) => shownEvent({ ...given, channel, splits, fit })),
  fc
    .tuple(common, channel, fc.constantFrom('busy', 'moment-over' as const))
    .map(([given, channel, reason]) => missedEvent({ ...given, channel, reason })),
  fc.tuple(common, channel).map(([given, channel]) => ghostEvent({ ...given, channel })),
  fc
    .tuple(common, fc.constantFrom('clicked', 'dismissed', 'expired' as const))
    .map(([given, phase]) => endEvent({ ...given, phase })),
)

export const anyEvents = fc.array(anyEvent, { maxLength: 60 })
