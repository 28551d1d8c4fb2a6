import type { Theme, Variant } from '../../schema/ruleset'
import { bucketRanges } from './bucket'
import type { Dealt } from './instant'

/** A nudge with its ruleset's theme under its own. */
function dressed(variant: Variant, theme: Theme | undefined): Variant {
  const { nudge } = variant
  if (!theme) return variant
  const dark = { ...theme.dark, ...nudge.theme?.dark }
  return { ...variant, nudge: { ...nudge, theme: { ...theme, ...nudge.theme, dark } } }
}

/** The variants of a rule or a step, and where the buckets of each lie. */
export function deal(
  seed: string,
  given: readonly Variant[],
  cost: number | undefined,
  theme?: Theme,
): Dealt {
  const variants = given.map((variant) => dressed(variant, theme))
  const weights = variants.map(({ weight = 1 }) => weight)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const ranges = bucketRanges(
    weights.length,
    1,
    weights.map((weight) => weight / total),
  )
  return { cost, seed, variants, ranges }
}
