/**
 * The grammar of a nudge's texts: `{{path}}`, `{{path|fallback}}`, `{{path|filter}}`, `{{path|filter:argument|fallback}}`.
 * One bar, and what follows is a filter where it is called like one, else the fallback; two bars, and what stands between them
 * is a filter (`{{path||number}}` has none, and the fallback `number`). What is read of a ruleset here is checked when it is
 * loaded and filled in at the moment: two rooms, one grammar.
 */

/** A place in a text that a value goes into. */
export interface Gap {
  readonly path: string
  /** As it is written: what cannot be one is a `templateFault`. */
  readonly filter?: string | undefined
  readonly argument: string
  readonly fallback?: string | undefined
}

/** Plain text and gaps, in turn. */
export type Template = readonly (string | Gap)[]

/** A text of a nudge has at most so many characters, as it is written and as it is shown. */
export const MAX_TEXT = 1000

const gaps = /\{\{\s*([\w.-]+)\s*(?:\|([^{}]*))?\}\}/g
export const filterNames: readonly string[] = [
  'currency',
  'date',
  'list',
  'number',
  'percent',
  'plural',
  'time',
]
/** So it begins where a filter was meant, known or not: text would have a space after its colon. */
const meant = /^[a-z]+:\S/
/** What each filter takes behind its colon. */
const takes: Readonly<Record<string, readonly [RegExp, string]>> = {
  currency: [/^([a-z]{3})?$/i, 'currency, or currency:EUR'],
  date: [/^(full|long|medium|short)?$/, 'date, date:full, date:long, date:medium or date:short'],
  list: [/^[\w-]*$/, 'list, or list:name (a key of its items)'],
  plural: [/=/, 'plural:one=# item;other=# items (other is needed)'],
}
const form = /^(zero|one|two|few|many|other|\d+)$/

export function parseTemplate(text: string): Template {
  const parts: (string | Gap)[] = []
  let end = 0
  for (const { 0: all, 1: path = '', 2: rest, index } of text.matchAll(gaps)) {
    parts.push(text.slice(end, index), gapOf(path, rest))
    end = index + all.length
  }
  return [...parts, text.slice(end)]
}

function gapOf(path: string, rest: string | undefined): Gap {
  const [, head = rest ?? '', fallback] = /^([^|]*)\|([^]*)$/.exec(rest ?? '') ?? []
  const call = head.trim()
  const [name, argument = ''] = call.split(/:([^]*)/)
  const isFilter = fallback === undefined ? filterNames.includes(name!) || meant.test(call) : call !== ''
  return isFilter
    ? { path, filter: name, argument, fallback }
    : { path, argument: '', fallback: fallback ?? rest }
}

/** What is wrong with a text: what was wanted, and what was found. */
export function templateFault(text: string): readonly [wanted: string, found: string] | undefined {
  if (text.length > MAX_TEXT) return [`at most ${MAX_TEXT} characters`, text]
  for (const part of parseTemplate(text)) {
    if (typeof part === 'string' || part.filter === undefined) continue
    const { filter, argument } = part
    const found = argument ? `${filter}:${argument}` : filter
    if (!filterNames.includes(filter)) return [`a filter: ${filterNames.join(', ')}`, found]
    const [fits, want] = takes[filter] ?? [/^$/, `${filter} alone`]
    const forms = filter === 'plural' ? Object.keys(formsOf(argument)) : ['other']
    if (!fits.test(argument) || !forms.includes('other') || !forms.every((it) => form.test(it)))
      return [want, found]
  }
  return undefined
}

/** The forms of `one=# item;other=# items`. */
export const formsOf = (argument: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    argument.split(';').map((it) => {
      const [key = '', text = ''] = it.split(/=([^]*)/)
      return [key.trim(), text]
    }),
  )
