import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { run } from './run'

/** `$ splitsecond …`, and under it what the command prints. */
const examplesOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/```console\n\$ splitsecond (.*)\n([^]*?)```/g)].map(
    ([, command, output]) => [command!, output!] as const,
  )

describe.each([
  ['docs/replay.md', 5],
  ['docs/command-line.md', 4],
])('%s', (page, least) => {
  const examples = examplesOf(page)

  test('there are examples', () => {
    expect(examples.length).toBeGreaterThanOrEqual(least)
  })

  test.each(examples)('splitsecond %s', async (command, output) => {
    const lines: string[] = []
    const write = (text: string) => void lines.push(text)
    await run(command.split(' '), { out: write, err: write })
    expect(`${lines.join('\n')}\n`).toBe(output)
  })
})

test('docs/command-line.md names every command, and every code of a problem', () => {
  const page = readFileSync('docs/command-line.md', 'utf8')
  const source = ['errors-of', 'warnings-of', 'examine', 'validate']
    .map((name) => readFileSync(`sdk/cli/${name}.ts`, 'utf8'))
    .join('\n')
  const codes = [
    ...source.matchAll(/(?:warn\(\s*|code: (?:missing \? )?)'([\w-]+)'(?: : '([\w-]+)')?/g),
  ].flatMap(([, code, other]) => [code!, ...(other ? [other] : [])])
  expect(new Set(codes).size).toBeGreaterThan(15)
  const commands = readFileSync('sdk/cli/run.ts', 'utf8')
    .match(/commands: [^{]*\{([^}]*)\}/)![1]!
    .match(/\w+/g)!
  expect(commands.length).toBeGreaterThan(6)
  for (const name of [...codes, ...commands]) expect(page).toContain(`\`${name}\``)
})
