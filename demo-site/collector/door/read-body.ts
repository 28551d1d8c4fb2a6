/**
 * Reads a request's body, compressed or not, up to a limit that counts for both its forms: a few kilobytes of gzip
 * may hold gigabytes, so inflating ends at the limit too.
 */
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

export interface Unreadable {
  readonly status: 400 | 413 | 415
  readonly problem: string
}

/**
 * Up to this many limits are read and thrown away, so that a client still sending hears the answer instead of
 * a reset connection; beyond that it is cut off.
 */
const patience = 16

const inflate = promisify(gunzip)

const tooLarge = (limit: number): Unreadable => ({
  status: 413,
  problem: `a batch may have ${limit} bytes: send it in smaller ones`,
})

const collect = async (
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array | 'too-large'> => {
  const chunks: Uint8Array[] = []
  const reader = body.getReader()
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

const unzip = async (body: Uint8Array, limit: number): Promise<Uint8Array | Unreadable> => {
  try {
    return await inflate(body, { maxOutputLength: limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limit)
    const found = error instanceof Error ? error.message : 'other bytes'
    return { status: 400, problem: `body: wanted gzip, as Content-Encoding says, found ${found}` }
  }
}

export const readBody = async (request: Request, limit: number): Promise<Uint8Array | Unreadable> => {
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? ''
  if (!/^(|identity|gzip|x-gzip)$/.test(encoding)) {
    return {
      status: 415,
      problem: `Content-Encoding: wanted gzip or nothing, found ${JSON.stringify(encoding)}`,
    }
  }
  if (!request.body) return new Uint8Array()
  try {
    const body = await collect(request.body, limit)
    if (body === 'too-large') return tooLarge(limit)
    return encoding.endsWith('gzip') ? await unzip(body, limit) : body
  } catch {
    return { status: 400, problem: 'the body ended before its end' }
  }
}
