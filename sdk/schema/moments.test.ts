import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { catalogue } from '../src/detect/catalogue'
import { allMoments } from '../src/moments'
import { moments } from './moments'
import { rulesetFile } from './ruleset'

/** Not numbers: read by the sources of the signals, not by the detector. */
const elsewhere = new Set(['targets'])

/** The options of one moment as an editor sees them. */
const properties = (name: string) => {
  const schema = z.toJSONSchema(moments[name as keyof typeof moments]).properties ?? {}
  return Object.entries(schema as Record<string, Record<string, unknown>>).filter(
    ([option]) => !elsewhere.has(option),
  )
}
const parse = (options: object) => rulesetFile.safeParse({ version: 1, rules: [], moments: options })
const wrongAt = (options: object) => parse(options).error?.issues.map(({ path }) => path.join('.'))

test('every moment has its entry, and every entry its moment', () => {
  const all = [...allMoments].sort()
  expect(
    Object.values(catalogue)
      .map((make) => make().name)
      .sort(),
  ).toEqual(all)
  expect(Object.keys(moments).sort()).toEqual(all)
})

describe.each(Object.values(catalogue).map((make) => make()))('$name', ({ name, options }) => {
  test('the defaults are those of the detector, and every option is there', () => {
    const defaults = Object.fromEntries(properties(name).map(([option, it]) => [option, it['default']]))
    expect(defaults).toEqual(options)
  })

  test('each option says what it means, its unit and its range', () => {
    for (const [option, it] of properties(name)) {
      expect(it, option).toMatchObject({
        description: expect.stringMatching(/\w{3}/) as string,
        unit: expect.stringMatching(/^(ms|px|px\/ms|px\/s|share|count)$/) as string,
        minimum: expect.any(Number) as number,
        maximum: expect.any(Number) as number,
      })
      if (/Ms$/.test(option) && !/PerMs$/.test(option)) expect(it['unit'], option).toBe('ms')
      if (/Px$/.test(option)) expect(it['unit'], option).toBe('px')
    }
  })

  test('a ruleset with its defaults is right', () => {
    expect(wrongAt({ [name]: options })).toBeUndefined()
  })
})

test('an editor is told of what nobody would heed', () => {
  expect(wrongAt({ hesitation: { dwelMs: 3000 } })).toEqual(['moments.hesitation'])
  expect(wrongAt({ hesitation: { dwellMs: -1 } })).toEqual(['moments.hesitation.dwellMs'])
  expect(wrongAt({ hesitation: { visits: 2.5 } })).toEqual(['moments.hesitation.visits'])
  expect(wrongAt({ hesitatoin: {} })).toEqual(['moments'])
  expect(wrongAt({ hesitation: { targets: ['#buy'] } })).toBeUndefined()
})
