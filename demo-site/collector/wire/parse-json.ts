/** Bytes to text to JSON; what fails says so instead of throwing. */
export const decode = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
  } catch {
    return undefined
  }
}

export const parse = (text: string): { readonly value: unknown } | { readonly problem: string } => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'not JSON' }
  }
}

export const parseBody = (
  body: Uint8Array,
  wanted: string,
): { readonly value: unknown } | { readonly problem: string } => {
  const text = decode(body)
  if (text === undefined) return { problem: `body: wanted UTF-8, found other bytes` }
  const json = parse(text)
  return 'value' in json
    ? json
    : { problem: `body: wanted ${wanted}, found text that is not JSON (${json.problem})` }
}

/** A property of its own, of whatever it is. */
export const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
