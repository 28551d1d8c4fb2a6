import type { Handle } from './handle'
import type { Options } from './options'
import type { Part } from './parts/kit'
import { start as compose } from './start'

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  affinity: () => import('./parts/affinity'),
  'back-on-checkout': () => import('./parts/back-on-checkout'),
  beacon: () => import('./parts/beacon'),
  callback: () => import('./parts/callback'),
  clickhouse: () => import('./parts/clickhouse'),
  cloudevents: () => import('./parts/cloudevents'),
  datalayer: () => import('./parts/datalayer'),
  formats: () => import('./parts/formats'),
  otlp: () => import('./parts/otlp'),
  'otlp-traces': () => import('./parts/otlp-traces'),
  posthog: () => import('./parts/posthog'),
  segment: () => import('./parts/segment'),
  snowplow: () => import('./parts/snowplow'),
  chat: () => import('./parts/chat'),
  copy: () => import('./parts/copy'),
  coupon: () => import('./parts/coupon'),
  event: () => import('./parts/event'),
  'cart-hesitation': () => import('./parts/cart-hesitation'),
  'checkout-step-back': () => import('./parts/checkout-step-back'),
  'data-layer': () => import('./parts/data-layer'),
  'dead-click': () => import('./parts/dead-click'),
  decide: () => import('./parts/decide'),
  decider: () => import('./parts/decider'),
  'error-click': () => import('./parts/error-click'),
  expects: () => import('./parts/expects'),
  'exit-intent': () => import('./parts/exit-intent'),
  filters: () => import('./parts/filters'),
  'form-abandonment': () => import('./parts/form-abandonment'),
  hesitation: () => import('./parts/hesitation'),
  inline: () => import('./parts/inline'),
  'multi-click': () => import('./parts/multi-click'),
  nudge: () => import('./parts/nudge'),
  'quick-back': () => import('./parts/quick-back'),
  record: () => import('./parts/record'),
  'rage-typing': () => import('./parts/rage-typing'),
  recommend: () => import('./parts/recommend'),
  reorder: () => import('./parts/reorder'),
  response: () => import('./parts/response'),
  'slide-in': () => import('./parts/slide-in'),
  'tab-return': () => import('./parts/tab-return'),
  'rage-click': () => import('./parts/rage-click'),
  'thrashed-cursor': () => import('./parts/thrashed-cursor'),
  preview: () => import('./parts/preview'),
  tip: () => import('./parts/tip'),
  verify: () => import('./parts/verify'),
  vitals: () => import('./parts/vitals'),
}

/**
 * Arms the page and returns the handle. Call `stop()` before starting anew. A wrong option is named on the console
 * and left out; nothing here throws.
 */
export function start(options: Options): Handle {
  return compose(options, { load: (part) => parts[part]?.() ?? Promise.reject(Error(`no part ${part}`)) })
}
