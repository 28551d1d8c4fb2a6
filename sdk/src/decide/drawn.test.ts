import { expect, test } from 'vitest'
import { compile } from '.'
import { drawn } from './drawn'

const nudge = (surface: string, ...acts: string[]) => ({
  surface,
  copy: { en: { title: 'Still thinking?' } },
  actions: acts.map((act) => ({ label: { en: 'Yes' }, do: act, href: '/help' })),
})
const rule = (id: string, more: object) => ({ id, on: 'doubt', ...more })

test('what the nudges of a ruleset are drawn with is loaded: of every variant and every step, once', () => {
  const { ruleset } = compile({
    version: 1,
    rules: [
      rule('plain', {
        variants: [
          { id: 'a', nudge: nudge('toast', 'link') },
          { id: 'b', nudge: nudge('bar', 'dismiss', 'link') },
        ],
      }),
      rule('ladder', {
        ladder: { steps: [{ id: 'first', variants: [{ id: 'a', nudge: nudge('modal') }] }] },
      }),
      rule('parked', { enabled: false, variants: [{ id: 'a', nudge: nudge('modal', 'link') }] }),
    ],
  })
  expect([...drawn(ruleset)].sort()).toEqual(['bar', 'dismiss', 'link', 'modal', 'toast'])
})

test('what recommends products needs how prices are written, and what was bought last', () => {
  const shown = { ...nudge('toast'), recommend: { of: 'cart' } }
  const { ruleset } = compile({
    version: 1,
    rules: [rule('only', { variants: [{ id: 'a', nudge: shown }] })],
  })
  expect([...drawn(ruleset)].sort()).toEqual(['affinity', 'filters', 'recommend', 'toast'])
})

test('a ruleset without rules needs nothing', () => {
  expect(drawn(compile({ version: 1, rules: [] }).ruleset)).toEqual([])
})

test('the filters are loaded where a text that a shopper may read has one', () => {
  const needs = (title: string, label = 'Yes') => {
    const shown = {
      ...nudge('toast'),
      copy: { en: { title } },
      actions: [{ label: { de: label }, do: 'dismiss' }],
    }
    return drawn(
      compile({ version: 1, rules: [rule('only', { variants: [{ id: 'a', nudge: shown }] })] }).ruleset,
    )
  }
  expect(needs('{{cart.total|currency}}')).toContain('filters')
  expect(needs('Hello', '{{cart.count|number}}')).toContain('filters')
  expect(needs('{{visitor.name|there}}')).not.toContain('filters')
})
