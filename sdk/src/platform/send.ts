import type { Send } from './platform'

const graceMs = 1_000

/** `fetch` with an end: it aborts after `timeoutMs` and always drains (or cancels) the answer's body. */
export const send: Send = async (url, { timeoutMs, maxBytes = Infinity, ...request }) => {
  const abort = new AbortController()
  const started = performance.now()
  const giveUp = () => abort.abort()
  let timer = setTimeout(() => {
    // Late means that the page was frozen (back/forward cache): an answer that came meanwhile is about to be told.
    if (performance.now() - started > timeoutMs + graceMs) timer = setTimeout(giveUp, graceMs)
    else giveUp()
  }, timeoutMs)
  try {
    const response = await fetch(url, { ...request, credentials: 'same-origin', signal: abort.signal })
    if (Number(response.headers.get('content-length')) > maxBytes) throw tooLong(maxBytes)
    const text = await response.text()
    if (text.length > maxBytes) throw tooLong(maxBytes)
    return { status: response.status, header: (name) => response.headers.get(name), text }
  } finally {
    clearTimeout(timer)
    // Only has an effect where the body was not read: a hanging answer must not hold the page's quota.
    abort.abort()
  }
}

const tooLong = (bytes: number) => Error(`wanted at most ${bytes} bytes, found more`)
