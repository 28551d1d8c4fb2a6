/** Of the candidates the one that was probably meant, or `undefined`: near enough, and nearer than any other is. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase()
  const rated = [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: edits(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, edits: found }) => found <= Math.max(word.length, candidate.length) * 0.4)
    .sort((a, b) => a.edits - b.edits)
  return rated[0]?.candidate === word ? undefined : rated[0]?.candidate
}

/** Letters to put in, take out, change, or swap with their neighbour (Damerau-Levenshtein, optimal string alignment). */
function edits(one: string, two: string): number {
  const rows = [Array.from({ length: two.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= two.length; j++) {
      const same = one[i - 1] === two[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + same,
        swapped ? rows[i - 2]![j - 2]! + 1 : Infinity,
      )
    }
    rows.push(row)
  }
  return rows[one.length]![two.length]!
}
