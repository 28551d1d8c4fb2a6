import type { TabMemory } from './platform'

const key = 'splitsecond'

/**
 * sessionStorage. The value is removed as it is read, so that a tab which the shopper duplicates (the copy
 * gets a copy of the storage) does not count events under its twin's name. Blocked storage remembers nothing.
 */
export const tabMemory: TabMemory = {
  take() {
    try {
      const text = sessionStorage.getItem(key)
      if (text) sessionStorage.removeItem(key)
      return text ? (JSON.parse(text) as unknown) : undefined
    } catch {
      return undefined
    }
  },
  leave(value) {
    try {
      if (value === undefined) sessionStorage.removeItem(key)
      else sessionStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Full or blocked: the next page starts afresh.
    }
  },
}
