/**
 * Everything we may ask of a browser. The other rooms know only this type, so they run in a plain test
 * with a fake platform; `browser.ts` is the real one.
 */
import type { Guard } from '../guard'
import type { Clock, PageTime, Stop } from '../time'

/** `at` is the event's own time, sanitised; `heardAt` is when our first line of code ran. */
export type Heard<E extends Event = Event> = (event: E, at: PageTime, heardAt: PageTime) => void

export interface ListenOptions {
  /** Default true: we hear an event before a page that stops its propagation. */
  readonly capture?: boolean
}

/** One passive, guarded listener; untrusted (scripted) events are dropped. */
export type Listen = (target: EventTarget, type: string, heard: Heard, options?: ListenOptions) => Stop

/** IndexedDB, opened at first use: as long as nobody calls, there is no database, not even an empty one. */
export interface Store {
  /** One transaction over our object store. It is closed once `act` has resolved; resolves when all is written. */
  readonly use: <T>(
    mode: IDBTransactionMode,
    act: (records: IDBObjectStore) => T | PromiseLike<T>,
  ) => Promise<T>
  /** Removes all we ever stored, the database included. */
  purge(): Promise<void>
}

/** What one tab remembers over a navigation (sessionStorage); a value is taken out as it is read. */
export interface TabMemory {
  take(): unknown
  /** `undefined`: nothing stays, of the page's name neither. */
  leave(value: unknown): void
  /**
   * Says that from now on it is the page of that name that the tab shows. Told while it is there, not as it goes: the page
   * that comes may run in another process, and ask too early.
   *
   * @returns the name of the one before
   */
  succeed(page: string): string | null | undefined
}

export interface Answer {
  readonly status: number
  readonly header: (name: string) => string | null
  /** The body, always drained: an unread one holds the keepalive quota that the shop shares. */
  readonly text: string
  /** The same as it came: what a signature is made of. */
  readonly bytes: ArrayBuffer
}

export interface Sending {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Record<string, string>
  readonly body?: string
  /** Outlives the page; counts against 64 KiB that the whole page shares. */
  readonly keepalive?: boolean
  readonly cache?: RequestCache
  readonly timeoutMs: number
  /** Longest answer that is taken, in bytes; default: any. */
  readonly maxBytes?: number
}

export type Send = (url: string, sending: Sending) => Promise<Answer>

export interface Platform {
  readonly clock: Clock
  readonly guard: Guard
  readonly listen: Listen
  readonly store: Store
  readonly tab: TabMemory
  /** Cryptographically random bytes. */
  readonly random: (size: number) => Uint8Array
  /** Runs once, in the first task after the next frame. */
  readonly afterFrame: (run: () => void) => Stop
  /** One clear line on the console. */
  readonly say: (level: 'error' | 'warn', line: string) => void
}
