import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { evidence } from './known-attributes'

test('the evidence of each moment is what docs/moments.md lists', () => {
  const page = readFileSync('docs/moments.md', 'utf8')
  const listed = [...page.matchAll(/^Conditions can read, as `moment\.…`: (.*)\.$/gm)].map(([, names]) =>
    [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name).join(' '),
  )
  const names = [...page.matchAll(/^## ([a-z][\w-]+)$/gm)].map(([, name]) => name!)
  expect(listed.length).toBe(14)
  expect(evidence).toEqual(Object.fromEntries(listed.map((list, index) => [names[index], list])))
})
