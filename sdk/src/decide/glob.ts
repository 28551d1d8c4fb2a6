/**
 * From an address to a page type. Globs, not patterns: a shop's address list is written by people who
 * know their shop, and a star cannot run away.
 */

/** The parts of an address that count; a `URL` and `location` are such. */
export interface PageUrl {
  readonly pathname: string
  readonly search: string
  readonly hash: string
}

/** What most shops call their pages, asked only where the ruleset names none. The first match counts. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  home: ['/'],
  'order-complete': ['/order-complete*', '/thank-you*'],
  checkout: ['/checkout*'],
  cart: ['/cart*'],
  pricing: ['/pricing*'],
  support: ['/support*', '/contact*'],
  account: ['/account*'],
  quote: ['/quote*'],
  list: ['/products', '/category*', '/search*'],
  product: ['/product*'],
}

/** Each piece between two stars is looked for once, from where the last one ended: linear, no going back. */
function matches(pieces: readonly string[], text: string): boolean {
  const last = pieces.length - 1
  const head = pieces[0]!
  if (!last) return text === head
  const tail = pieces[last]!
  if (!text.startsWith(head)) return false
  let at = head.length
  for (let i = 1; i < last; i++) {
    const found = text.indexOf(pieces[i]!, at)
    if (found < 0) return false
    at = found + pieces[i]!.length
  }
  // The tail may not share characters with what was already used up.
  return text.length - tail.length >= at && text.endsWith(tail)
}

/**
 * Turns `pages` of a ruleset into the question "which type is this address?"; `other` when none matches.
 * A glob with `?`, `#` or `=` looks at path + query + hash, any other at the path alone. (`=` too, since
 * `*route=checkout/*` can only mean a query.)
 */
export function compilePages(pages?: Readonly<Record<string, readonly string[]>>): (url: PageUrl) => string {
  const globs = Object.entries(pages ?? USUAL).flatMap(([type, list]) =>
    list.map((glob) => ({ type, pieces: glob.split('*'), whole: /[?#=]/.test(glob) })),
  )
  return ({ pathname, search, hash }) => {
    const whole = pathname + search + hash
    // A shop without a list of its own may be a hash-routed one: `/#/cart` is its cart.
    const path = !pages && hash.startsWith('#/') ? hash.slice(1) : pathname
    return globs.find((glob) => matches(glob.pieces, glob.whole ? whole : path))?.type ?? 'other'
  }
}

/** The types that the globs can give. */
export const pageTypes = (pages: Readonly<Record<string, readonly string[]>> = USUAL): readonly string[] =>
  Object.keys(pages)
