import type { PageTime } from '../time'
import { hash } from './hash'

const keptMs = 10 * 60_000
const longestText = 4000

/**
 * Tells how much of a finished text the shopper has already written on this page.
 *
 * This is the one derivative of text that outlives its step: the words of four letters and more, as 32-bit
 * hashes under a random key of this page, in this closure only, for at most ten minutes. They cannot be read
 * back without the key, are never part of a signal, and are never stored or sent.
 */
export function createRetype(key: number) {
  const commits: { at: PageTime; words: Set<number> }[] = []

  return {
    /** `words`: distinct words; `overlap`: the largest share (0–1) of them that one earlier text held. */
    commit(text: string, at: PageTime): { words: number; overlap: number } {
      const words = new Set<number>()
      for (const word of text
        .slice(0, longestText)
        .toLowerCase()
        .match(/[\p{L}\p{N}]{4,}/gu) ?? [])
        words.add(hash(word, key))
      while (commits[0] && at - commits[0].at > keptMs) commits.shift()
      const shared = commits.map((earlier) => [...words].filter((word) => earlier.words.has(word)).length)
      if (words.size) commits.push({ at, words })
      return { words: words.size, overlap: words.size ? Math.max(0, ...shared) / words.size : 0 }
    },
    forget() {
      commits.length = 0
    },
  }
}
