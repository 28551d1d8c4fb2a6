import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { condense } from './condense'

const entry = (rule: string, index: number, over: object = {}) => ({
  rule,
  at: index,
  session: `s${index}`,
  decision: `d${index}`,
  ...over,
})
const times = (shown: readonly { rule: string; times?: number | undefined }[], rule: string) =>
  shown.filter((it) => it.rule === rule).reduce((sum, it) => sum + (it.times ?? 1), 0)

test('nobody who was shown little is touched', () => {
  const shown = Array.from({ length: 200 }, (_, index) => entry('a', index))
  expect(condense(shown)).toBe(shown)
})

test('the oldest goes into the next of its kind, and counts on', () => {
  const shown = [
    entry('once', 0),
    entry('a', 1),
    entry('a', 2, { group: 'g' }),
    ...Array.from({ length: 199 }, (_, index) => entry('b', index + 3)),
    entry('a', 300),
  ]
  const kept = condense(shown)
  expect(kept).toHaveLength(200)
  expect(kept.slice(0, 3)).toEqual([shown[0], shown[2], { ...shown[5], times: 3 }])
  expect(kept.at(-1)).toEqual({ ...shown.at(-1), times: 2 })
})

test('where all are of different kinds, the oldest is forgotten', () => {
  const shown = Array.from({ length: 201 }, (_, index) => entry(`r${index}`, index))
  expect(condense(shown)).toEqual(shown.slice(1))
})

test('no rule is ever counted too little, whatever was shown and when it is condensed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 12 }), { minLength: 150, maxLength: 600, size: 'max' }),
      fc.integer({ min: 1, max: 50 }),
      (rules, every) => {
        let shown: ReturnType<typeof condense> = []
        rules.forEach((rule, index) => {
          shown = [...shown, entry(`r${rule}`, index)]
          if (index % every === 0) shown = condense(shown)
        })
        shown = condense(shown)
        expect(shown.length).toBeLessThanOrEqual(200)
        for (const rule of new Set(rules))
          expect(times(shown, `r${rule}`)).toBe(rules.filter((it) => it === rule).length)
        // In the order of time, the newest last; within any span of time none is counted too little.
        expect(shown.map(({ at }) => at)).toEqual(shown.map(({ at }) => at).sort((a, b) => a - b))
        const since = rules.length >> 1
        const late = shown.filter(({ at }) => at >= since)
        for (const rule of new Set(rules))
          expect(times(late, `r${rule}`)).toBeGreaterThanOrEqual(
            rules.filter((it, index) => it === rule && index >= since).length,
          )
      },
    ),
  )
})
