import type { NudgeSpec } from '../../schema/ruleset'
import { spoken, type ActionTexts } from './action'

/** A nudge's texts in one language, templates filled. */
export interface Copy {
  readonly lang: string
  readonly title?: string | undefined
  readonly body?: string | undefined
  /** What the nudge's picture shows. */
  readonly alt?: string | undefined
  /** In the order of the spec's actions. */
  readonly actions: readonly ActionTexts[]
}

const template = /\{\{\s*([\w.-]+)\s*(?:\|([^{}]*))?\}\}/g

/**
 * Picks the language (the page's, then the browser's, then the first given) and fills `{{path|fallback}}` from
 * the attributes. A missing value without a fallback is answered by its path: a hole is worse than no nudge.
 */
export function compose(
  spec: NudgeSpec,
  attributes: Readonly<Record<string, unknown>>,
  languages: readonly string[] = [document.documentElement.lang, ...navigator.languages],
): { copy: Copy } | { missing: string } {
  const gaps: string[] = []
  const fill = (text: string | undefined) =>
    text?.replace(template, (_all, path: string, fallback?: string) => {
      const value = read(attributes, path)
      if (value === undefined && fallback === undefined) gaps.push(path)
      return value ?? fallback ?? ''
    })
  const lang = choose(Object.keys(spec.copy), languages)
  const texts = spec.copy[lang] ?? {}
  const actions = (spec.actions ?? []).map((action) => {
    const written = action as { readonly [Name in keyof ActionTexts]?: Readonly<Record<string, string>> }
    const own: [string, string | undefined][] = spoken.map((name) => {
      const byLanguage = written[name] ?? {}
      return [name, fill(byLanguage[choose(Object.keys(byLanguage), languages)])]
    })
    return Object.fromEntries(own.filter(([, text]) => text !== undefined)) as unknown as ActionTexts
  })
  const alt = spec.image?.alt ?? {}
  const copy = {
    alt: fill(alt[choose(Object.keys(alt), languages)]),
    lang,
    title: fill(texts['title']),
    body: fill(texts['body']),
    actions,
  }
  return gaps[0] === undefined ? { copy } : { missing: gaps[0] }
}

/** `de-AT` is served by `de-AT`, else by `de`. */
const choose = (offered: readonly string[], wanted: readonly string[]) => {
  for (const tag of wanted)
    for (const name of [tag, tag.split('-')[0]]) {
      const found = offered.find((offer) => offer.toLowerCase() === name?.toLowerCase())
      if (found) return found
    }
  return offered[0] ?? ''
}

const read = (attributes: unknown, path: string): string | undefined => {
  let value = attributes
  for (const key of path.split('.'))
    value =
      value !== null && typeof value === 'object' && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
