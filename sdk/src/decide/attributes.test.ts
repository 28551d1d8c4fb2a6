import { beforeEach, expect, test, vi } from 'vitest'
import type { Given } from '../terms'
import { attributes } from './attributes'
import { ask, createRule } from './rules.fixture'

beforeEach(() => {
  vi.stubGlobal('location', { search: '?utm_source=mail&q=kettle' })
  vi.stubGlobal('document', { documentElement: { lang: 'nl' } })
})

const read = (given: Partial<Given> = {}) =>
  attributes({
    given: { page: {}, traits: {}, account: {}, more: {}, ...given },
    device: { class: 'desktop', touch: false },
    page: { type: 'cart', path: '/cart' },
    visitor: { visits: 3, daysSinceLastVisit: 2, session: { moments: { hesitation: 1 } } },
  })

test('a cart that nobody has told of is missing: no rule is in favour of what is not known', () => {
  const rule = createRule({ when: { 'cart.total': { $lt: 40 } } })
  expect(ask([rule], { attributes: read() }).reason).toBe('missing-attribute')
  const told = read({ cart: { items: [{ quantity: 2 }, {}], total: 30 } })
  expect(told['cart']).toMatchObject({ count: 3, total: 30 })
  expect(ask([rule], { attributes: told }).reason).toBe('shown')
  expect(ask([rule], { attributes: read({ cart: { items: [], total: 0 } }) }).reason).toBe('shown')
})

test('what we know lies over what the page says, and what the page says is there', () => {
  const given = {
    page: { type: 'wrong', stock: 4 },
    traits: { visits: 99, name: 'Roos' },
    account: { plan: 'pro' },
    more: { locale: 'xx', score: { churn: 0.4 }, device: 'toaster' },
  }
  expect(read(given)).toEqual({
    locale: 'xx',
    device: 'toaster',
    utm: { source: 'mail' },
    score: { churn: 0.4 },
    page: { type: 'cart', path: '/cart', stock: 4 },
    cart: undefined,
    visitor: { name: 'Roos', visits: 3, daysSinceLastVisit: 2 },
    account: { plan: 'pro' },
    session: { hesitation: 1 },
  })
})
