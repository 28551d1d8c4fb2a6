import type { TabMemory } from './platform'

const key = 'splitsecond'
const pageKey = 'splitsecond-page'

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
      if (value === undefined) for (const it of [key, pageKey]) sessionStorage.removeItem(it)
      else sessionStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Full or blocked: the next page starts afresh.
    }
  },
  succeed(page) {
    try {
      // A frame shares its page's memory, a window that was opened has a copy of its opener's: neither comes after it.
      if (top !== self || opener) return undefined
      const before = sessionStorage.getItem(pageKey)
      if (before !== page) sessionStorage.setItem(pageKey, page)
      return before
    } catch {
      return undefined
    }
  },
}
