import { useLayoutEffect, useState } from 'preact/hooks'

/**
 * False until the page can answer. Buttons that need script stay disabled till then: a press that does
 * nothing is worse than one that has to wait, and a card form must never be sent by the browser itself.
 */
export function useReady(): boolean {
  const [ready, setReady] = useState(false)
  useLayoutEffect(() => setReady(true), [])
  return ready
}
