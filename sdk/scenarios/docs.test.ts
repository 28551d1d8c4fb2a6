import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../src/detect/catalogue'
import { scenarios } from '.'
import { optionsOf, withFacts } from './moment-facts'
import { pictures } from './pictures'

const names = Object.keys(catalogue)
const page = readFileSync('docs/moments.md', 'utf8')
const folder = 'docs/pictures/moments'

/** What stands under a moment's heading. */
const sectionOf = (name: string) => page.split(`\n## ${name}\n`)[1]?.split('\n## ')[0] ?? ''

test('docs/moments.md says what the code says (if not: npm run docs)', () => {
  expect(withFacts(page)).toBe(page)
})

test('the pictures show what the detectors do (if not: npm run docs, and look at them)', () => {
  const drawn = pictures()
  expect(Object.keys(drawn).sort()).toEqual([...names].sort())
  expect(readdirSync(folder).sort()).toEqual(names.map((name) => `${name}.svg`).sort())
  for (const [name, picture] of Object.entries(drawn))
    expect(readFileSync(`${folder}/${name}.svg`, 'utf8'), name).toBe(picture)
})

describe.each(names)('docs/moments.md, %s', (name) => {
  const section = sectionOf(name)

  test('has its facts, its end, its silences and how to tune it', () => {
    expect(section).toContain(`<!-- facts: ${name} -->`)
    for (const part of ['**Ends**', '**Silent**', '**Tune**']) expect(section).toContain(part)
  })

  test('names situations in which it is silent, as scenarios have them', () => {
    const silent = section.split('**Silent**')[1]!.split('**Tune**')[0]!
    const titles = [...silent.matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)].map(([, title]) =>
      title!.replace(/\s+/g, ' '),
    )
    expect(titles.length).toBeGreaterThanOrEqual(3)
    for (const title of titles) {
      const told = scenarios.filter((it) => it.title === title)
      expect(told.length, title).toBeGreaterThan(0)
      for (const { expected } of told) expect(expected, title).not.toContain(name)
    }
  })

  test('names only options that there are', () => {
    const options = optionsOf(name).map(([option]) => option)
    const set = [...section.matchAll(/--set moments\.([\w-]+)\.(\w+)=/g)]
    expect(set.length).toBeGreaterThan(0)
    for (const [, moment, option] of set) {
      expect(moment).toBe(name)
      expect(options).toContain(option)
    }
  })
})
