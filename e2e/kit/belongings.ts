import type { Page } from '@playwright/test'

/** What our script (and no other) holds on to in a page: listeners, timers, observers. */
export interface Belongings {
  /** `window:click`, for each that is there now. */
  readonly listeners: readonly string[]
  /** Every type that was ever listened to. */
  readonly types: readonly string[]
  /** Those that could hold a scroll or a press up. */
  readonly active: readonly string[]
  readonly timers: number
  readonly observers: readonly string[]
}

/** Counts, from before the first script on, what is taken and what is given back. */
export const watchBelongings = (page: Page) =>
  page.addInitScript(() => {
    type Entry = { target: EventTarget; type: string; listener: unknown; capture: boolean; passive: boolean }
    const listeners: Entry[] = []
    /** By who calls: the test's own tools listen on the page too. */
    const ours = () => /\/splitsecond[\w.-]*\.js/.test(new Error().stack ?? '')
    const types = new Set<string>()
    const timers = new Set<number>()
    const observers = new Map<object, string>()
    const captureOf = (options: unknown) =>
      typeof options === 'object' && options ? !!(options as AddEventListenerOptions).capture : !!options
    const drop = (target: EventTarget, type: string, listener: unknown, capture: boolean) => {
      const index = listeners.findIndex(
        (it) =>
          it.target === target && it.type === type && it.listener === listener && it.capture === capture,
      )
      if (index >= 0) listeners.splice(index, 1)
    }
    const { addEventListener, removeEventListener } = EventTarget.prototype
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const more = typeof options === 'object' ? options : {}
      const capture = captureOf(options)
      const target = (this as EventTarget | undefined) ?? window
      if (!ours()) return addEventListener.call(target, type, listener, options)
      types.add(type)
      drop(target, type, listener, capture)
      listeners.push({ target, type, listener, capture, passive: !!more.passive })
      const gone = () => drop(target, type, listener, capture)
      if (more.once) addEventListener.call(target, type, gone, { capture, once: true })
      if (more.signal) addEventListener.call(more.signal, 'abort', gone)
      return addEventListener.call(target, type, listener, options)
    }
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = (this as EventTarget | undefined) ?? window
      drop(target, type, listener, captureOf(options))
      return removeEventListener.call(target, type, listener, options)
    }

    const later = (set: string, clear: string) => {
      const natives = window as unknown as Record<string, (...args: unknown[]) => number>
      const [start, stop] = [natives[set]!, natives[clear]!]
      natives[set] = (run, ...rest) => {
        const once = (...args: unknown[]) => {
          timers.delete(id)
          ;(run as (...all: unknown[]) => void)(...args)
        }
        const id = start.call(window, once, ...rest)
        if (ours()) timers.add(id)
        return id
      }
      natives[clear] = (id) => {
        timers.delete(id as number)
        return stop.call(window, id)
      }
    }
    later('setTimeout', 'clearTimeout')
    later('requestAnimationFrame', 'cancelAnimationFrame')
    later('requestIdleCallback', 'cancelIdleCallback')

    for (const name of [
      'PerformanceObserver',
      'IntersectionObserver',
      'MutationObserver',
      'ResizeObserver',
    ] as const) {
      const { observe, disconnect } = window[name].prototype as unknown as {
        observe: (...args: unknown[]) => void
        disconnect: () => void
      }
      Object.assign(window[name].prototype, {
        observe(this: object, ...args: unknown[]) {
          if (ours()) observers.set(this, name)
          return observe.apply(this, args)
        },
        disconnect(this: object) {
          observers.delete(this)
          return disconnect.call(this)
        },
      })
    }

    const named = new Map<unknown, string>([
      [window, 'window'],
      [document, 'document'],
      [(window as { navigation?: unknown }).navigation, 'navigation'],
    ])
    const nameOf = (target: EventTarget) =>
      named.get(target) ?? (target instanceof Element && target.isConnected ? target.localName : undefined)
    const text = ({ target, type }: Entry) => `${nameOf(target)}:${type}`
    Object.defineProperty(document, 'belongings', {
      get: () => ({
        listeners: listeners.filter(({ target }) => nameOf(target)).map(text),
        types: [...types],
        active: listeners.filter(({ target, passive }) => nameOf(target) && !passive).map(text),
        timers: timers.size,
        observers: [...observers.values()],
      }),
    })
  })

export const belongings = (page: Page) =>
  page.evaluate(() => (document as Document & { belongings?: Belongings }).belongings!)
