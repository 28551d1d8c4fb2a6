/** A day in a shop, for tests that look at the dashboard: the same seed gives the same shoppers. */
import type { BeaconEvent } from '../../sdk/schema/event'
import {
  decisionEvent,
  endEvent,
  ghostEvent,
  missedEvent,
  momentEvent,
  pageEvent,
  shownEvent,
  testGhostSplits,
  testSplits,
} from './test-events'

interface TrafficOptions {
  readonly shoppers: number
  /** Epoch ms of the last shopper. */
  readonly until: number
  /** How long ago the first one came, ms. */
  readonly span: number
}

/** Park and Miller's generator: repeatable, which is all that is asked of it here. */
const seeded = (seed: number) => {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

const scenes = [
  { moment: 'hesitation', rule: 'pricing-help', surface: 'toast', page: 'pricing', wait: 2000 },
  { moment: 'back-on-checkout', rule: 'checkout-reassure', surface: 'slide-in', page: 'checkout', wait: 0 },
  { moment: 'repeated-question', rule: 'offer-chat', surface: 'chat', page: 'support', wait: 0 },
  { moment: 'rage-click', rule: 'sorry-bar', surface: 'bar', page: 'product', wait: 420 },
  { moment: 'exit-intent', rule: 'keep-cart', surface: 'modal', page: 'cart', wait: 0 },
] as const

const devices = ['desktop', 'mobile', 'mobile', 'desktop', 'tablet'] as const
const held = ['limit', 'condition', 'cooldown', 'no-rule', 'missing-attribute'] as const

const tenth = (ms: number): number => Math.round(ms * 10) / 10

export const traffic = ({ shoppers, until, span }: TrafficOptions): BeaconEvent[] => {
  const random = seeded(20261121)
  /** Earlier items more often, as in life. */
  const pick = <List extends readonly [unknown, ...unknown[]]>(list: List): List[number] =>
    list[Math.floor(random() ** 1.4 * list.length)]

  const visit = (shopper: number): BeaconEvent[] => {
    const scene = pick(scenes)
    const device = pick(devices)
    const slow = device === 'desktop' ? 1 : 2.4
    const at = Math.round(until - span * (1 - (shopper + 1) / shoppers))
    const common = {
      at,
      session: `s-${shopper}`,
      view: `p-${shopper}`,
      page: { type: scene.page, path: `/${scene.page}` },
      device: { class: device, touch: device !== 'desktop' },
    }
    const momentId = `m-${shopper}`
    const nudge = {
      ...common,
      momentId,
      decisionId: `d-${shopper}`,
      rule: scene.rule,
      seq: 3,
      channel: { surface: scene.surface, device, pageType: scene.page, connection: '4g' },
    }
    const steps = {
      wait: scene.wait && scene.wait + tenth(random() * 30),
      capture: tenth((0.3 + random() ** 4 * 14) * slow),
      detect: tenth(0.1 + random() * 0.1),
      profile: random() > 0.8 ? tenth(random() * 12) : 0,
      decide: tenth(0.1 + random() * 0.2),
      mount: tenth((0.4 + random()) * slow),
      paint: tenth((6 + random() * 11) * (slow > 1 ? 1.3 : 1)),
    }
    const decided = (decision: Parameters<typeof decisionEvent>[0]): BeaconEvent[] => [
      pageEvent({ ...common, seq: 0, at: at - 9000 }),
      momentEvent({ name: scene.moment }, { ...common, momentId, seq: 1 }),
      decisionEvent(
        { rule: scene.rule, ...decision },
        { ...common, momentId, decisionId: nudge.decisionId, seq: 2 },
      ),
    ]

    const luck = random()
    if (luck < 0.3) return decided({ verdict: 'hold', reason: pick(held) })
    if (luck < 0.36) {
      const splits = testGhostSplits(steps)
      return [...decided({ verdict: 'ghost', reason: 'holdout' }), ghostEvent({ ...nudge, splits })]
    }
    if (luck < 0.4) {
      return [...decided({}), missedEvent({ ...nudge, reason: luck < 0.38 ? 'moment-over' : 'cancelled' })]
    }
    const fit = luck < 0.46 ? 'late' : 'in-moment'
    const seen = [...decided({}), shownEvent({ ...nudge, splits: testSplits(steps), fit })]
    if (luck < 0.6) return seen
    const phase = luck < 0.75 ? 'clicked' : luck < 0.9 ? 'dismissed' : 'expired'
    return [...seen, endEvent({ ...nudge, phase, seq: 4, at: at + 4000 })]
  }

  return Array.from({ length: shoppers }, (_, shopper) => visit(shopper)).flat()
}
