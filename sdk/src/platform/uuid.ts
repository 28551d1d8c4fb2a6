/**
 * Makes UUIDv7s (RFC 9562): they sort by the time they were made, so the oldest events are found first.
 * `crypto.randomUUID` is version 4 and needs a secure context.
 */
export function createUuid(random: (size: number) => Uint8Array) {
  return (epochMs: number): string => {
    const bytes = random(16)
    for (let i = 0; i < 6; i++) bytes[i] = Math.floor(epochMs / 2 ** (8 * (5 - i))) % 256
    bytes[6] = 0x70 | (bytes[6]! & 0x0f)
    bytes[8] = 0x80 | (bytes[8]! & 0x3f)
    // Not `Array.from`: shops with Prototype.js have one that maps nothing.
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
}
