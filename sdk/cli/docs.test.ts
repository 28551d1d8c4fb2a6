import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { run } from './run'

const page = readFileSync('docs/replay.md', 'utf8')
/** `$ splitsecond …`, and under it what the command prints. */
const examples = [...page.matchAll(/```console\n\$ splitsecond (.*)\n([^]*?)```/g)].map(
  ([, command, output]) => [command!, output!] as const,
)

test('there are examples', () => {
  expect(examples.length).toBeGreaterThanOrEqual(5)
})

test.each(examples)('docs/replay.md: splitsecond %s', async (command, output) => {
  const lines: string[] = []
  const write = (text: string) => void lines.push(text)
  await run(command.split(' '), { out: write, err: write })
  expect(`${lines.join('\n')}\n`).toBe(output)
})
