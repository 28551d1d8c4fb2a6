/**
 * Buckets: which visitor belongs where, by arithmetic alone. Equal to GrowthBook's figure for figure, so
 * that a visitor whom a data team has in a bucket elsewhere is in the same bucket here.
 */

/** Where a bucket begins and where it ends (excluded), both within 0–1. */
export type BucketRange = readonly [from: number, to: number]

/** FNV-1a, 32 bit, over UTF-16 code units (not bytes: that is how the others do it). */
function fnv32a(text: string): number {
  let sum = 0x811c9dc5
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193)
  return sum >>> 0
}

/**
 * A number in 0–1 that is always the same for the same seed and value; `null` for an unknown version.
 * Version 1 is biased (its seed comes last) and stays for namespaces and old experiments alone.
 */
export function hash(seed: string, value: string, version: number): number | null {
  if (version === 2) return (fnv32a(String(fnv32a(seed + value))) % 10000) / 10000
  if (version === 1) return (fnv32a(value + seed) % 1000) / 1000
  return null
}

export const equalWeights = (n: number): number[] => (n > 0 ? Array<number>(n).fill(1 / n) : [])

/** `n` ranges side by side, each filled from its start to `coverage` (0–1); bad weights count as equal. */
export function bucketRanges(
  n: number,
  coverage: number | null = 1,
  weights?: readonly number[] | null,
): BucketRange[] {
  const share = Math.min(1, Math.max(0, coverage ?? 1))
  const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? 0
  // GrowthBook's tolerance; whoever gives 0.5 and 0.49 has rounded, whoever gives 7 and 3 has erred.
  const usable = weights && weights.length === n && total >= 0.99 && total <= 1.01
  let start = 0
  return (usable ? weights : equalWeights(n)).map((weight) => {
    const from = start
    start += weight
    return [from, from + share * weight]
  })
}

/** Index of the range that holds `n`, -1 when none does. */
export const pickRange = (n: number, ranges: readonly BucketRange[]): number =>
  ranges.findIndex(([from, to]) => n >= from && n < to)

/** Whether the id lies in its share of a namespace (mutually exclusive experiments). */
export const inNamespace = (id: string, [space, from, to]: readonly [string, number, number]): boolean =>
  pickRange(hash('__' + space, id, 1)!, [[from, to]]) === 0
