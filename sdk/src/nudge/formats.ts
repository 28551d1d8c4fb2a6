import { formsOf } from '../template'
import { MAX_VALUE, visible } from './visible'

/** What a filter makes of a value; undefined: it is of another kind. */
export type Format = (value: unknown) => string | undefined

/** What a filter is asked for. */
export interface Wanted {
  /** Of the text. */
  readonly lang: string
  readonly filter: string
  readonly argument: string
  /** Of the cart. */
  readonly currency: unknown
}

const figure = (value: unknown): value is number => Number.isFinite(value)

/** A day without a time (`2026-11-26`) is that day wherever the shopper is: noon of his own. */
const instant = (value: unknown, dayToo: boolean) => {
  if (figure(value)) return value
  if (typeof value !== 'string') return NaN
  const day = /^\d{4}-\d\d-\d\d$/.test(value)
  return day && !dayToo ? NaN : Date.parse(day ? `${value}T12:00` : value)
}

/** Makes with the language; a tag that is none gets the browser's own. */
function spoken<Made>(lang: string, make: (lang: string | undefined) => Made): Made {
  try {
    return make(lang)
  } catch {
    return make(undefined)
  }
}

const numbers = (lang: string, options?: Intl.NumberFormatOptions): Format => {
  const format = spoken(lang, (it) => new Intl.NumberFormat(it, options))
  return (value) => (figure(value) ? format.format(value) : undefined)
}

const dates = (lang: string, options: Intl.DateTimeFormatOptions, dayToo: boolean): Format => {
  const format = spoken(lang, (it) => new Intl.DateTimeFormat(it, options))
  return (value) => {
    const at = instant(value, dayToo)
    // A date beyond the year 275760 is none.
    return Math.abs(at) <= 8.64e15 ? format.format(at) : undefined
  }
}

const kinds: Readonly<Record<string, (lang: string, argument: string) => Format>> = {
  currency: (lang, currency) =>
    /^[a-z]{3}$/i.test(currency) ? numbers(lang, { style: 'currency', currency }) : () => undefined,
  number: (lang) => numbers(lang),
  percent: (lang) => numbers(lang, { style: 'percent', maximumFractionDigits: 1 }),
  date: (lang, length) =>
    dates(
      lang,
      { dateStyle: (length || 'long') as NonNullable<Intl.DateTimeFormatOptions['dateStyle']> },
      true,
    ),
  time: (lang) => dates(lang, { timeStyle: 'short' }, false),
  plural(lang, argument) {
    const forms = formsOf(argument)
    const rules = spoken(lang, (it) => new Intl.PluralRules(it))
    const count = numbers(lang)
    return (value) => {
      const text = count(value)
      // A function: a dollar in the text is one.
      return (
        text &&
        (forms[String(value)] ?? forms[rules.select(value as number)] ?? forms['other'])!.replaceAll(
          '#',
          () => text,
        )
      )
    }
  },
  list(lang, key) {
    const format = spoken(lang, (it) => new Intl.ListFormat(it))
    const textOf = (item: unknown) =>
      key ? Object.hasOwn(Object(item) as object, key) && (item as Record<string, unknown>)[key] : item
    return (value) => {
      // The text is cut anyway: of a list without end only its beginning is looked at.
      const texts = (Array.isArray(value) ? value.slice(0, MAX_VALUE).map(textOf) : []).flatMap(
        (it) => (typeof it === 'string' && visible(it)) || [],
      )
      return texts.length ? format.format(texts) : undefined
    }
  },
}

/**
 * Formatters by language and filter, each made once: to make one takes an engine longer than a whole decision, so they are
 * made before the moment.
 */
export function createFormats() {
  const made = new Map<string, Format>()
  return ({ lang, filter, argument, currency }: Wanted): Format => {
    const of = filter === 'currency' ? argument || (typeof currency === 'string' ? currency : '') : argument
    const key = [lang, filter, of].join()
    const format = made.get(key) ?? kinds[filter]!(lang, of)
    made.set(key, format)
    return format
  }
}

export type FormatOf = ReturnType<typeof createFormats>
