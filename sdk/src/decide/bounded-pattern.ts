/**
 * A `$regex` that can be run while a shopper waits, or `undefined`. Native patterns backtrack: `(a+)+$`
 * blocks a page for a minute on thirty characters. So before a pattern is ever run, the worst number of
 * its steps is estimated, generously: each loop may stop at any character, each choice doubles the ways and what one of them costs.
 * Refused are too many of them (`a.*b.*c.*d`), loops over groups, and what cannot be estimated
 * (lookaround, backreferences). An author can nearly always write it otherwise, or as two `$regex`.
 */

/** No more of a text than this is looked at. Paths and user agents are shorter. */
export const SUBJECT_CHARS = 256
/** Three loops, or two and the free start; fewer with choices. Some 10 ms at the very worst, on texts made for it. */
const MAX_STEPS = SUBJECT_CHARS ** 3
/** A pattern of more is no question but an attack: it would have to be looked through and translated. */
const MAX_CHARS = 1000

/** What the patterns of a ruleset may still take together: seven thousand of the dearest fit into a megabyte. */
export interface Budget {
  steps: number
}
export const patternBudget = (): Budget => ({ steps: 16 * MAX_STEPS })

export function boundedPattern(source: unknown, flags: string, budget: Budget): RegExp | undefined {
  if (typeof source !== 'string' || source.length > MAX_CHARS) return undefined
  // Escapes and character classes stand for one character; \1 and \k stay, to be found below.
  const plain = source.replace(/\\[^\dk]|\[(\\.|[^\]\\])*(]|$)/g, 'x').replace(/\(\?:/g, '(')
  if (/\\|\(\?|\)[*+{]/.test(plain)) return undefined
  const loops = plain.split(/[*+]|\{\d*,/).length - 1
  const choices = plain.split(/[?|]/).length - 1
  // Without ^ the engine tries anew at every character.
  const starts = /^\^[^|]*$/.test(plain) ? 0 : 1
  const steps = SUBJECT_CHARS ** (loops + starts) * 4 ** choices
  if (steps > Math.min(MAX_STEPS, budget.steps)) return undefined
  budget.steps -= steps
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}
