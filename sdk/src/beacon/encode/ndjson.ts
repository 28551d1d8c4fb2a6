import type { Wire } from '../encoder'

/**
 * One JSON object a line, as `text/plain` with no header of our own: another origin is reached with no preflight,
 * and the key travels in the query. The collector answers `{accepted, rejected: [{line, reason}]}`.
 */
export const ndjson: Wire = {
  encode(events, { url, key, sentAt, attempt }) {
    const query = new URLSearchParams({ ...(key ? { key } : {}), sentAt: `${sentAt}`, attempt: `${attempt}` })
    return {
      url: `${url}${url.includes('?') ? '&' : '?'}${query}`,
      headers: { 'content-type': 'text/plain' },
      body: events.map((event) => JSON.stringify(event)).join('\n'),
    }
  },

  refused(answer) {
    try {
      const { rejected } = JSON.parse(answer) as { rejected?: { line: number }[] }
      return (rejected ?? []).map(({ line }) => line - 1)
    } catch {
      // Another collector may answer anything: a 2xx is its word that all is well.
      return []
    }
  },
}
