import { describe, expect, test } from 'vitest'
import { catalogue } from '../src/detect/catalogue'
import { scenarios } from '.'
import { judge, play } from './play'

/** Every scenario, played purely: the deeds as signals, all detectors in the real runner. */
const known = Object.keys(catalogue)
const all = () => known.map((name) => catalogue[name]!())

describe('what a shopper does', () => {
  for (const scenario of scenarios) {
    const { title, device, expected } = scenario
    test(`${title} (${device}): ${expected.join(', ') || 'silence'}`, () => {
      expect(judge(scenario, play(scenario, all), known)).toEqual([])
    })
  }
})

describe('the suite', () => {
  test('has at least 150 scenarios, each of its own name, most of them calm', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(150)
    expect(new Set(scenarios.map(({ title, device }) => title + device)).size).toBe(scenarios.length)
    const calm = scenarios.filter(({ expected }) => expected.length === 0)
    expect(calm.length).toBeGreaterThan(scenarios.length / 2)
  })

  test('plays many of them in a browser, too: those that are short, of each moment', () => {
    const real = scenarios.filter((it) => it.real)
    expect(real.length).toBeGreaterThanOrEqual(90)
    const missing = known.filter((name) => !real.some(({ expected }) => expected.includes(name)))
    // Time away cannot be acted out: a browser under test has no other tab in front.
    expect(missing).toEqual(['tab-return'].filter((name) => known.includes(name)))
  })
})
