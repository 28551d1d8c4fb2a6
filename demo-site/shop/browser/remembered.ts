/** A value that outlives the page, in one tab (`sessionStorage`) or in all of them (`localStorage`). */
export interface Remembered<T> {
  get(): T
  set(value: T): void
  /** Hears of changes in this page, in other tabs, and of what changed while this page was set aside. */
  subscribe(listener: () => void): () => void
}

interface Options<T> {
  readonly key: string
  readonly across: 'tab' | 'browser'
  /** What is stored may be missing, old or edited by hand. */
  readonly read: (stored: unknown) => T
}

export function remembered<T>({ key, across, read }: Options<T>): Remembered<T> {
  const listeners = new Set<() => void>()
  const now: { value?: T } = {}

  const load = () => {
    now.value = read(parse(open(across)?.getItem(key) ?? null))
    return now.value
  }
  const announce = () => listeners.forEach((listener) => listener())
  const reload = () => {
    load()
    announce()
  }
  const onStorage = (event: StorageEvent) => {
    if (event.key === key || event.key === null) reload()
  }
  // A page taken from the back/forward cache still holds the basket of the moment it was left.
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) reload()
  }

  return {
    get: () => now.value ?? load(),
    set(value) {
      now.value = value
      try {
        open(across)?.setItem(key, JSON.stringify(value))
      } catch {
        // Storage is full or forbidden: the page goes on with what it has in memory.
      }
      announce()
    },
    subscribe(listener) {
      if (listeners.size === 0) {
        window.addEventListener('storage', onStorage)
        window.addEventListener('pageshow', onPageShow)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        window.removeEventListener('storage', onStorage)
        window.removeEventListener('pageshow', onPageShow)
      }
    },
  }
}

function open(across: 'tab' | 'browser'): Storage | undefined {
  try {
    return across === 'tab' ? window.sessionStorage : window.localStorage
  } catch {
    return undefined
  }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}
