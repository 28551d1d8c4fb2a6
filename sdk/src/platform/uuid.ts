const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
/** Asking the browser costs more than the bytes: so many ids' at once. */
const ahead = 32

/**
 * Makes UUIDv7s (RFC 9562): they sort by the time they were made, so the oldest events are found first.
 * `crypto.randomUUID` is version 4 and needs a secure context.
 */
export function createUuid(random: (size: number) => Uint8Array) {
  const pool: { words: DataView | undefined; at: number } = { words: undefined, at: 0 }
  const word = () => {
    if (!pool.words || pool.at === pool.words.byteLength) {
      pool.words = new DataView(random(ahead * 12).buffer)
      pool.at = 0
    }
    const { words, at } = pool
    pool.at += 4
    return words.getUint32(at)
  }
  return (epochMs: number): string => {
    const time = hex(epochMs, 12)
    const [first, second] = [word(), word()]
    const start = `${time.slice(0, 8)}-${time.slice(8)}-7${hex(first & 0xfff, 3)}`
    const end = hex(word(), 8) + hex(second & 0xffff, 4)
    return `${start}-${hex(0x8000 | (second >>> 18), 4)}-${end}`
  }
}
