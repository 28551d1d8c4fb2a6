import { neverShows, showsAlways } from './rulesets'

const ruleset = (rules: object) =>
  `<script type="application/json" id="splitsecond-ruleset">${JSON.stringify(rules)}</script>`

const page = (inside: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Shop</title>
<style>
  body { font: 16px/1.5 sans-serif; margin: 24px }
  main { display: grid; grid-template-columns: repeat(6, 1fr); gap: 16px }
  article { padding: 12px; border: 1px solid #ddd }
</style>
${inside}
</html>`

const product = (_: unknown, index: number) => `<article>
  <h2><a href="#p${index}">Product ${index}</a></h2>
  <p>A thing that somebody may want, in its own colour.</p>
  <button type="button">Add to cart</button>
</article>`

const shop = `<nav><a href="#a">New</a> <a href="#b">Lists</a> <a href="#c">Cart</a></nav>
<form><label>Search <input id="search" type="search"></label> <button type="submit" data-cta>Go</button></form>
<main>${Array.from({ length: 18 }, product).join('\n')}</main>`

/** A listener list as a small analytics script has it. */
const listeners = `for (const type of ['pointerdown', 'pointerup', 'pointermove', 'mouseover', 'mouseout', 'click',
  'keydown', 'wheel', 'touchmove', 'scroll', 'focusin', 'input'])
  addEventListener(type, () => {}, { passive: true, capture: true })`

/** How long a nudge stays in the paint section by CPU slowdown, ms: long enough to be painted. */
export const stayMs = { 1: 150, 6: 350 } as const
export type Rate = keyof typeof stayMs
export const rates = Object.keys(stayMs).map(Number) as Rate[]

const nudgePage = (durationMs: number) =>
  page(`${shop}${ruleset(showsAlways(durationMs))}
<script src="paint-probe.js"></script>
<script async src="splitsecond.js"></script>`)

/** The pages and the small scripts that the bench makes itself, by name. */
export const pages = (): readonly (readonly [name: string, text: string])[] => [
  ['shop.html', page(shop + ruleset(neverShows))],
  ['floor.html', page(`${shop}<script src="paint-probe.js"></script>`)],
  ...rates.map((rate) => [`nudge-${rate}.html`, nudgePage(stayMs[rate])] as const),
  ['empty.js', ''],
  ['listeners.js', listeners],
]
