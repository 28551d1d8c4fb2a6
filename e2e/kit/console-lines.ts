import { expect } from '@playwright/test'

/** What the script itself said on the console; the browser's own words about a failed load are not ours. */
export const ownLines = (lines: readonly string[]) => lines.filter((line) => line.startsWith('splitsecond:'))

/** Takes out the lines that were to come, each kind at least once; all others stay, and fail the journey. */
export function takeOut(lines: string[], ...expected: readonly RegExp[]) {
  for (const wanted of expected) {
    const others = lines.filter((line) => !wanted.test(line))
    expect(others.length, `${String(wanted)} on the console: ${lines.join('; ')}`).toBeLessThan(lines.length)
    lines.splice(0, Infinity, ...others)
  }
}
