import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { compile } from '../src/decide'
import { operators } from '../src/decide/operators'
import { deciderAnswer, deciderRequest } from './decider'
import { reasons } from './event'
import { nudge, rule, rulesetFile } from './ruleset'

/** The documentation names all there is to write, and its examples are right. */
const read = (name: string) => readFileSync(name, 'utf8')
const ruleset = read('docs/ruleset.md')
const page = read('docs/page.md')
const blocks = (text: string) => [...text.matchAll(/```json\n([^]*?)```/g)].map(([, json]) => json!)

/** Every key that a ruleset may have, down to its last leaf; what stands under `moments` is written elsewhere. */
function keysOf(schema: unknown): string[] {
  if (schema === null || typeof schema !== 'object') return []
  if (Array.isArray(schema)) return schema.flatMap(keysOf)
  const { properties = {}, ...rest } = schema as { properties?: Record<string, unknown> }
  const here = Object.entries(properties).flatMap(([key, inner]) =>
    key === 'moments' ? [key] : [key, ...keysOf(inner)],
  )
  return [...here, ...keysOf(Object.values(rest))]
}

describe('docs/ruleset.md', () => {
  test('has a whole ruleset, and it is right', () => {
    const whole = JSON.parse(blocks(ruleset)[0]!) as object
    expect(rulesetFile.safeParse(whole).error).toBeUndefined()
    expect(compile(whole).rejected).toEqual([])
  })

  test.each([
    ['docs/ruleset.md', blocks(ruleset).slice(1)],
    ['docs/nudges.md', blocks(read('docs/nudges.md'))],
  ])('%s has examples for each feature, all of them right', (_file, examples) => {
    expect(examples.length).toBeGreaterThanOrEqual(4)
    for (const text of examples) {
      const example = JSON.parse(text.startsWith('"') ? `{${text}}` : text) as object
      const rules = [example].flat().filter((it) => 'on' in it)
      const envelope = rules.length ? {} : example
      for (const one of rules) expect(rule.safeParse(one).error, text).toBeUndefined()
      const whole = { version: 1, rules, ...envelope }
      expect(rulesetFile.safeParse(whole).error, text).toBeUndefined()
      expect(compile(whole).rejected).toEqual([])
    }
  })

  test('names every key, and its example shows it', () => {
    const keys = [...new Set(keysOf(z.toJSONSchema(rulesetFile)))]
    expect(keys.length).toBeGreaterThan(35)
    for (const key of keys) {
      expect(ruleset).toContain(`\`${key}\``)
      expect(blocks(ruleset)[0]).toContain(`"${key}"`)
    }
  })

  test('names every operator and every reason', () => {
    const nesting = read('sdk/src/decide/condition.ts').match(/^ {2}\$\w+(?=:)/gm)!
    const named = [...Object.keys(operators), ...nesting.map((name) => name.trim()), '$and', '$or', '$nor']
    for (const name of [...named, ...reasons.filter((it) => it !== 'shown')])
      expect(ruleset).toContain(`\`${name}\``)
  })

  test('names the page types that are known without a list', () => {
    const usual = read('sdk/src/decide/glob.ts').match(/USUAL[^]*?\n}/)![0]
    for (const [, text] of usual.matchAll(/'([^']+)'/g)) expect(ruleset).toContain(`\`${text}\``)
  })
})

describe('docs/page.md', () => {
  test('names every option and every call', () => {
    const names = (file: string, pattern: RegExp) =>
      [...read(file).matchAll(pattern)].map(([, name]) => name!)
    const options = names('sdk/src/options.ts', /^ {2}readonly (\w+)\?:/gm)
    const calls = names('sdk/src/handle.ts', /^ {2}(\w+)\(/gm)
    expect(options.length).toBeGreaterThanOrEqual(7)
    expect(calls.length).toBeGreaterThanOrEqual(12)
    for (const option of options) {
      expect(page).toContain(`\`${option}\``)
      expect(page).toContain(`data-${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
    }
    for (const call of calls) expect(page).toContain(`| \`${call}(`)
  })
})

test('docs/nudges.md names every surface and every token of a theme', () => {
  const nudges = read('docs/nudges.md')
  const { surface, theme } = nudge.shape
  for (const name of [...surface.options, ...Object.keys(theme.unwrap().shape)])
    expect(nudges).toMatch(new RegExp(`\`${name}(\\.\\w+)?\``))
})

test('docs/deciders.md: its questions, answers and rules are right', () => {
  const all = blocks(read('docs/deciders.md')).map((json) => JSON.parse(json) as object)
  const [question, ...rest] = all
  expect(deciderRequest.strict().safeParse(question).error).toBeUndefined()
  const answers = rest.filter((it) => 'verdict' in it)
  expect(answers).toHaveLength(3)
  for (const answer of answers) expect(deciderAnswer.safeParse(answer).error).toBeUndefined()
  const rulesets = rest.filter((it) => 'rules' in it)
  expect(rulesets).toHaveLength(1)
  for (const whole of rulesets) {
    expect(rulesetFile.safeParse(whole).error).toBeUndefined()
    expect(compile(whole).rejected).toEqual([])
  }
})

test('README.md: its first ruleset is right', () => {
  const [first] = blocks(read('README.md'))
  expect(rulesetFile.safeParse(JSON.parse(first!)).error).toBeUndefined()
})
