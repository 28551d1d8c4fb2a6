import { bare } from '../bare'
import type { Send } from './platform'

/**
 * `fetch` with an end: it aborts after `timeoutMs` and always drains (or cancels) the answer's body. The page's address,
 * query and all, does not go along as the referrer: browsers send it whole to the shop's own origin, and a page's
 * policy (`unsafe-url`) to any other.
 */
export const send: Send = async (url, { timeoutMs, maxBytes = Infinity, ...request }) => {
  const abort = new AbortController()
  // In two halves: a page that thaws (back/forward cache) runs its overdue timer before it is told the answer.
  let timer = setTimeout(() => {
    timer = setTimeout(() => abort.abort(), timeoutMs / 2)
  }, timeoutMs / 2)
  let isRead = false
  try {
    const response = await fetch(
      url,
      bare({
        ...request,
        credentials: 'same-origin' as const,
        referrerPolicy: 'strict-origin' as const,
        signal: abort.signal,
      }),
    )
    if (Number(response.headers.get('content-length')) > maxBytes) throw tooLong(maxBytes)
    const bytes = await response.arrayBuffer()
    if (bytes.byteLength > maxBytes) throw tooLong(maxBytes)
    isRead = true
    const text = new TextDecoder().decode(bytes)
    return { status: response.status, header: (name) => response.headers.get(name), text, bytes }
  } finally {
    clearTimeout(timer)
    // A hanging answer must not hold the page's quota. One that is read is left alone: whoever watches the page's requests
    // may still be reading a copy, and would get the error.
    if (!isRead) abort.abort()
  }
}

const tooLong = (bytes: number) => Error(`wanted at most ${bytes} bytes, found more`)
