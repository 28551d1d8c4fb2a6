import { useLayoutEffect, useState } from 'preact/hooks'
import type { Remembered } from './remembered'

/**
 * `undefined` on the server and in the first render, so that hydration finds the markup the server sent;
 * the value itself before the first frame after it.
 */
export function useRemembered<T>(store: Remembered<T>): T | undefined {
  const [value, setValue] = useState<T>()
  useLayoutEffect(() => {
    const read = () => setValue(() => store.get())
    read()
    return store.subscribe(read)
  }, [store])
  return value
}
