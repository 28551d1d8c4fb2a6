/** Rulesets for this room's tests: small ones to vary, and rich ones in which every field is used. */
import type { NudgeSpec } from '../../schema/ruleset'
import { compile } from './compile'
import { decide } from './decide'
import type { DecideInput } from './decision'

export const nudge: NudgeSpec = { surface: 'toast', copy: { en: { title: 'Still thinking?' } } }

export const createRule = (over: object = {}): Record<string, unknown> => ({
  id: 'r1',
  on: 'hesitation',
  variants: [{ id: 'a', nudge }],
  ...over,
})

export const createRuleset = (rules: unknown[], over: object = {}): Record<string, unknown> => ({
  version: 1,
  rules,
  ...over,
})

export const NOW = Date.parse('2026-11-22T12:00:00Z')

/** Compiles and asks in one go; every rule must be good. */
export function ask(rules: unknown[], over: Partial<DecideInput> & { ruleset?: object } = {}) {
  const { ruleset: envelope, ...input } = over
  const { ruleset, rejected } = compile(createRuleset(rules, envelope))
  if (rejected.length) throw new Error(rejected[0]!.reason)
  return decide(ruleset, {
    moment: { name: 'hesitation', evidence: { dwellMs: 2210, dwellMinMs: 2000 } },
    attributes: {},
    visitor: { id: 'u1', shown: [] },
    now: NOW,
    ...input,
  })
}

const richTheme = {
  background: '#fff',
  accent: 'oklch(60% 0.2 260)',
  dark: { background: '#111418', onAccent: 'rgb(0 0 0 / 80%)' },
  scheme: 'auto',
  radius: 8,
  font: 'Inter, "Segoe UI", sans-serif',
  fontSize: 16,
  shadow: 'soft',
}
const richLook = {
  place: { selector: '#cart .total', position: 'after' },
  anchor: '#place-order',
  image: { src: '/art/kettle.svg', width: 64, height: 64, alt: { en: 'A kettle' } },
  recommend: { of: 'cart', most: 2 },
  theme: richTheme,
  insideDialog: true,
}

export const richRule = {
  id: 'checkout-reassure',
  owner: 'checkout team',
  on: 'back-on-checkout',
  priority: 10,
  when: {
    'cart.total': { $gte: 40, $lt: 500 },
    'page.type': { $ne: 'order-complete' },
    $or: [
      { 'visitor.segment': { $inGroup: 'vip' } },
      { 'cart.items': { $elemMatch: { price: { $gt: 9 } } } },
    ],
    locale: { $regex: '^(de|en)' },
    $nor: [{ 'utm.source': 'bot' }],
    tags: { $all: ['a', { $regex: 'b' }], $size: { $gt: 1 } },
  },
  validForMs: 2000,
  cancelOn: ['typing', 'scroll', 'navigate', 'add-to-cart', 'submit'],
  whenBusy: 'downgrade',
  slot: 'corner',
  limits: {
    perSession: 2,
    perDay: 3,
    perVisitor: 1,
    lifetime: 4,
    windows: [{ most: 1, ms: 60_000 }],
    group: 'discount',
    cooldownMs: 86400000,
  },
  holdout: 10,
  startsAt: '2026-11-01T00:00:00Z',
  expiresAt: '2026-11-30T00:00:00+01:00',
  consent: 'granted',
  schedule: { days: ['mon', 'sun'], hours: ['09:00-18:00', '22:00-02:00'] },
  namespace: ['checkout', 0, 0.5],
  cost: 1,
  enabled: true,
  maxAgeMs: 3600000,
  variants: [
    {
      id: 'a',
      weight: 1,
      nudge: {
        surface: 'toast',
        copy: {
          en: { title: 'Still thinking?', body: 'Your {{cart.items.0.name}} is kept.' },
          de: { body: 'Noch da?' },
        },
        actions: [
          { label: { en: 'Back to checkout' }, do: 'link', href: '/checkout' },
          { label: { en: 'No' }, do: 'dismiss' },
        ],
        durationMs: 8000,
      },
    },
    { id: 'b', weight: 3, nudge: { surface: 'modal', copy: { en: { title: 'Free returns' } }, ...richLook } },
  ],
}

export const ladderRule = {
  id: 'cart-doubt',
  on: 'cart-hesitation',
  ladder: {
    steps: [
      { id: 'reassure', variants: richRule.variants },
      { id: 'chat', cost: 1, variants: [{ id: 'a', nudge }] },
    ],
    goal: 'order_complete',
    per: 'visitor',
  },
}

export const richRuleset = {
  $schema: './ruleset.schema.json',
  version: 12,
  issuedAt: '2026-11-21T00:00:00Z',
  expiresAt: '2026-12-31T00:00:00Z',
  enabled: true,
  maxAgeMs: 604800000,
  refreshMs: 60000,
  observe: ['rage-click', 'hesitation'],
  pages: { checkout: ['/checkout*', '*route=checkout/*', '/#/payment*'], pricing: ['/pricing'] },
  moments: { hesitation: { targets: ['#place-order'], dwellMs: 2000, strict: true, mode: 'soft' } },
  groups: { vip: ['u1', 'u2', 3] },
  affinity: { halfLifeDays: 30 },
  products: {
    filters: {
      name: 'Paper filters',
      href: '/product/filters',
      image: { src: '/art/filters.svg', width: 64, height: 64, alt: { en: 'Filters' } },
      price: 6.5,
      currency: 'EUR',
    },
    towel: { name: { en: 'Tea towel', de: 'Geschirrtuch' }, href: '/product/towel' },
  },
  complements: { kettle: ['filters', 'towel'], linen: ['towel'] },
  timeZone: 'Europe/Brussels',
  limits: {
    perSession: 3,
    perDay: 5,
    perVisitor: 50,
    gapMs: 30000,
    groups: { discount: { perDay: 1 } },
    costs: { '0.5': { perDay: 2, windows: [{ most: 1, ms: 1000 }] } },
  },
  theme: richTheme,
  holdout: { percent: 5, seed: '2026-q4' },
  rules: [richRule, ladderRule],
}
