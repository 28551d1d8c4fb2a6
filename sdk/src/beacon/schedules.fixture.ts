import * as fc from 'fast-check'
import type { Reply, Sent } from '../../test/fake-send'

/** One schedule of faults: how the network answers, request by request, and what the shopper and his browser do. */
export interface Schedule {
  readonly seed: number
  readonly tabs: number
  readonly replies: readonly Reply[]
  /** Of how many uses of the database (of 1) one fails while it is spoilt. */
  readonly storage: number
  readonly steps: readonly Step[]
}
export type Step = readonly [act: Act, tab: number, amount: number]
export type Act =
  | 'add'
  | 'large'
  | 'poison'
  | 'wait'
  | 'hide'
  | 'flush'
  | 'offline'
  | 'online'
  | 'navigate'
  | 'close'
  | 'crash'
  | 'freeze'
  | 'thaw'
  | 'evict'
  | 'withdraw'
  | 'spoil'
  | 'mend'

const always = fc.constant
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary })

/** What a collector does with a request, and the network with its answer. */
const reply = fc.oneof(
  weighted<Reply>(6, always({})),
  weighted<Reply>(2, fc.record({ afterMs: fc.integer({ min: 1, max: 4_999 }) })),
  // Slower than a request may take: it has arrived, and nobody hears.
  weighted<Reply>(1, always({ afterMs: 7_000 })),
  weighted<Reply>(1, fc.record({ hang: always(true), arrives: fc.boolean() })),
  // Reset before or after it was taken; an answer cut off in its middle is the latter to a page.
  weighted<Reply>(2, fc.record({ status: always(0), arrives: fc.boolean() })),
  // No address is found for the collector's name: at once, and nothing arrives.
  weighted<Reply>(1, always({ status: 0, arrives: false })),
  weighted<Reply>(2, fc.record({ status: fc.constantFrom(408, 425, 429, 500, 502, 503) })),
  weighted<Reply>(
    1,
    fc.record({
      status: fc.constantFrom(429, 503),
      headers: fc.record({ 'retry-after': fc.constantFrom('1', '30', '600', 'soon') }),
    }),
  ),
  weighted<Reply>(1, fc.record({ status: fc.constantFrom(400, 413) })),
  weighted<Reply>(1, fc.record({ text: fc.constantFrom('{"rejected":[{"line":1}]}', '{"rejected":[{"li') })),
)

const tab = fc.nat({ max: 3 })
const act = (name: Act, amount: fc.Arbitrary<number> = always(0)): fc.Arbitrary<Step> =>
  fc.tuple(always(name), tab, amount)
const step = fc.oneof(
  weighted(8, act('add', fc.integer({ min: 1, max: 30 }))),
  weighted(2, act('large', fc.integer({ min: 1, max: 8 }))),
  weighted(1, act('poison')),
  weighted(9, act('wait', fc.constantFrom(1, 40, 260, 3_000, 9_000, 30_000))),
  ...(['hide', 'flush', 'navigate', 'close'] as const).map((name) => weighted(2, act(name))),
  ...(['offline', 'online', 'crash', 'freeze', 'thaw', 'evict'] as const).map((name) =>
    weighted(1, act(name)),
  ),
  ...(['withdraw', 'spoil', 'mend'] as const).map((name) => weighted(1, act(name))),
)

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  tabs: fc.integer({ min: 1, max: 4 }),
  replies: fc.array(reply, { maxLength: 25 }),
  storage: fc.constantFrom(0, 0, 0.1, 0.5, 1),
  steps: fc.array(step, { maxLength: 25 }),
})

export const isPoison = ({ events }: Sent) =>
  events.some((event) => 'poison' in event && event.poison === true)
