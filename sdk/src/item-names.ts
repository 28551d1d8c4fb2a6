const MAX_ITEMS = 20
const MAX_NAME = 100

/** A dot would end the path of a condition: it becomes `_`. What is no text has no name. */
const nameOf = (value: unknown) =>
  typeof value === 'string' ? value.trim().slice(0, MAX_NAME).replaceAll('.', '_') : ''

/** The names that a page, or an item of a cart, gives: one or a list, each once, as everything of ours writes them. */
export const namesOf = (value: unknown): readonly string[] =>
  [...new Set((Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value]).map(nameOf))].filter(Boolean)

type Item = { readonly id?: unknown; readonly category?: unknown } | null | undefined

/** What an item of a cart or of an order is called; nothing where it has no id. */
export const idsOf = (item: unknown) => namesOf((item as Item)?.id).slice(0, 1)
export const categoriesOf = (item: unknown) => namesOf((item as Item)?.category)
