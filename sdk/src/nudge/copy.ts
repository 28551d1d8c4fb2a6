import type { NudgeSpec } from '../../schema/ruleset'
import { ofNavigator } from '../of-navigator'
import { MAX_TEXT, parseTemplate, type Gap } from '../template'
import { spoken as ofActions, type ActionTexts } from './action'
import { directionOf, hasRightToLeft, type Direction } from './direction'
import type { FormatOf } from './formats'
import type { Offer, Recommend, Recommending } from './recommend'
import { cut, MAX_VALUE, visible } from './visible'

/** A nudge's texts in one language, templates filled. */
export interface Copy {
  readonly lang: string
  readonly dir?: Direction
  readonly title?: string | undefined
  readonly body?: string | undefined
  /** What the nudge's picture shows. */
  readonly alt?: string | undefined
  /** What the close button is called. */
  readonly close?: string | undefined
  /** In the order of the spec's actions. */
  readonly actions: readonly ActionTexts[]
  /** What it recommends. */
  readonly products?: readonly Offer[] | undefined
}

type Attributes = Readonly<Record<string, unknown>>
type Texts = Pick<NudgeSpec, 'copy' | 'actions' | 'image' | 'recommend'>

export interface Composing extends Pick<Recommending, 'catalogue' | 'anything'> {
  /** Where the part that recommends is loaded. Without it there is nothing to recommend. */
  readonly recommend?: Recommend | undefined
  /** The filters, where their part is loaded. Without them what a filter is asked for is missing. */
  readonly formatOf?: FormatOf | undefined
  /** From the first choice on. */
  readonly languages?: readonly string[]
}

const pageLanguages = () => [
  document.documentElement.lang,
  ...[ofNavigator(({ languages }) => languages, [])].flat().map(String),
]

/**
 * Picks the language (the page's, then the browser's, then the first given) and fills the gaps of its texts from the
 * attributes. A missing value without a fallback is answered by its path: a hole is worse than no nudge; so is a list of
 * products with nothing in it.
 */
export function compose(
  { copy = {}, actions = [], image, recommend }: Texts,
  attributes: Attributes,
  { formatOf, languages = pageLanguages(), ...more }: Composing = {},
): { copy: Copy } | { missing: string } {
  const missing: string[] = []
  const currency = read(attributes, 'cart.currency')

  /** What goes into a gap; undefined: the value is missing, or of another kind than the filter takes. */
  const valueOf = ({ path, filter, argument }: Gap, lang: string) => {
    const value = read(attributes, path)
    // What a formatter writes is as it must be: its marks and its spaces that do not break are part of it.
    if (filter !== undefined)
      return cut(formatOf?.({ lang, filter, argument, currency })(value) ?? '', MAX_VALUE) || undefined
    return typeof value === 'string' || Number.isFinite(value) ? visible(String(value)) : undefined
  }
  const fill = (text: string, lang: string) => {
    const mixed = directionOf(lang) === 'rtl' || hasRightToLeft(text)
    const filled = parseTemplate(text).map((part) => {
      if (typeof part === 'string') return part
      const value = valueOf(part, lang)
      if (value === undefined && part.fallback === undefined) missing.push(part.path)
      // Isolated: a value that is read the other way round must not turn the text round with it.
      return value && (mixed || hasRightToLeft(value))
        ? `\u2068${value}\u2069`
        : (value ?? part.fallback ?? '')
    })
    return cut(filled.join(''), MAX_TEXT)
  }

  const byLanguage = (texts: Readonly<Record<string, string>>) => {
    const { name, spoken } = choose(Object.keys(texts), languages)
    return fill(texts[name] ?? '', spoken)
  }
  const { name: lang, spoken } = choose(Object.keys(copy), languages)
  const texts = copy[lang] ?? {}
  const slot = (name: string) => (Object.hasOwn(texts, name) ? fill(texts[name]!, spoken) : undefined)
  const products =
    recommend &&
    more.recommend?.(recommend, attributes, {
      ...more,
      lang: spoken,
      textOf: (it) => (typeof it === 'string' ? fill(it, spoken) : byLanguage(it)),
      formatOf,
    })
  if (recommend && !products?.length) missing.push('recommend')
  const composed = {
    lang,
    dir: directionOf(lang),
    title: slot('title'),
    body: slot('body'),
    close: slot('close'),
    alt: image?.alt && byLanguage(image.alt),
    products,
    actions: actions.map((action) => {
      const written = action as { readonly [Name in keyof ActionTexts]?: Readonly<Record<string, string>> }
      const own = ofActions.flatMap((name): [string, string][] => {
        const texts = written[name]
        return texts ? [[name, byLanguage(texts)]] : []
      })
      return Object.fromEntries(own) as unknown as ActionTexts
    }),
  }
  return missing[0] === undefined ? { copy: composed } : { missing: missing[0] }
}

/** `de-AT` is served by `de-AT`, else by `de`; figures and dates are written as in `de-AT` all the same. */
const choose = (offered: readonly string[], wanted: readonly string[]) => {
  for (const spoken of wanted)
    for (const tag of [spoken, spoken.split('-')[0]]) {
      const name = offered.find((offer) => offer.toLowerCase() === tag?.toLowerCase())
      if (name) return { name, spoken }
    }
  const [name = ''] = offered
  return { name, spoken: name }
}

const read = (attributes: unknown, path: string): unknown => {
  let value = attributes
  for (const key of path.split('.'))
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined
  return value
}
