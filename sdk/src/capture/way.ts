import type { Signal } from '../terms'
import type { KeptStay } from './stays'

/** The tab's way through the shop, kept over page loads under granted consent: hashes and types, no address. */
export interface Way {
  readonly pages: readonly { readonly key: number; readonly type: string }[]
  /** Where on it the shopper is. */
  readonly here: number
  /** Epoch ms of the last return from another origin to a page of type checkout: a payment, 3-D Secure. */
  readonly paidAt: number
  /** The last pages that were left, oldest first; where a moment asks for them. */
  readonly stays?: readonly KeptStay[] | undefined
}

export type How = (Signal & { kind: 'navigate' })['how']

const longestWay = 50

/** One step along the way, to that page; forth or back where that is known. */
export function walk(way: Way, how: How, entry: Way['pages'][number], back?: boolean): Way {
  const { pages, here } = way
  const keys = pages.map(({ key }) => key)
  const jumps = how === 'traverse' || how === 'restore'
  const before = jumps && back !== false && here > 0 ? keys.lastIndexOf(entry.key, here - 1) : -1
  const found = before < 0 && jumps ? keys.indexOf(entry.key, here + 1) : before
  const next =
    how === 'replace' || keys[here] === entry.key ? Math.max(0, here) : found < 0 ? here + 1 : found
  const kept = pages.slice(0, found < 0 && next > here ? next : undefined)
  kept[next] = entry
  const tooMany = Math.max(0, kept.length - longestWay)
  return { ...way, pages: kept.slice(tooMany), here: next - tooMany }
}

/** The way of the pages before this one, and on from there. */
export function join(before: Way, { pages, here }: Way): Way {
  if (!pages.length) return before
  const earlier = before.pages.slice(0, before.here + 1)
  return { ...before, pages: [...earlier, ...pages], here: earlier.length + here }
}
