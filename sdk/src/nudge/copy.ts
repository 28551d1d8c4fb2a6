import type { NudgeSpec } from '../../schema/ruleset'

/** A nudge's texts in one language, templates filled. */
export interface Copy {
  readonly lang: string
  readonly title?: string | undefined
  readonly body?: string | undefined
  /** In the order of the spec's actions. */
  readonly labels: readonly string[]
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
  const labels = (spec.actions ?? []).map(
    ({ label }) => fill(label[choose(Object.keys(label), languages)]) ?? '',
  )
  const copy = { lang, title: fill(texts['title']), body: fill(texts['body']), labels }
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
