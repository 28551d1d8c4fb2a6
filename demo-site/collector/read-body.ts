/** Reads a request's body up to a limit; `too-large` beyond it. */

/**
 * Up to this many limits are read and thrown away, so that a client still sending hears the answer instead of
 * a reset connection; beyond that it is cut off.
 */
const patience = 16

export const readBody = async (request: Request, limit: number): Promise<Uint8Array | 'too-large'> => {
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  const reader = request.body.getReader()
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const chunk: Uint8Array = next.value
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
    if (size > limit * patience) {
      await reader.cancel()
      break
    }
  }
  return size > limit ? 'too-large' : Buffer.concat(chunks)
}
