/** A value in a text has at most so many characters. */
export const MAX_VALUE = 100

/** A first cut, so that what follows never looks at much; hidden characters may be among those shown. */
const looked = 10 * MAX_VALUE
/** All that is not drawn, turns text round or breaks lines; the joiners of emoji and of Persian stay. */
const hidden = /(?![\u200C\u200D])\p{Cf}/gu
const blanks = /[\s\p{Cc}]+/gu
/** Letters of a real language carry few marks; a flood of them would draw over what stands above. */
const floods = /([\p{M}\u200C\u200D]{4})[\p{M}\u200C\u200D]+/gu
const drawn = /[\p{L}\p{N}\p{P}\p{S}]/u

/** No more than so many characters, none of them cut in half. */
export const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text

/** What of a value can be seen; undefined: nothing. */
export function visible(value: string): string | undefined {
  const text = value.slice(0, looked).replace(hidden, '').replace(blanks, ' ').replace(floods, '$1')
  return drawn.test(text) ? cut(text, MAX_VALUE) : undefined
}
