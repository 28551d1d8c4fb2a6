import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { vi } from 'vitest'
import { createGuard } from '../src/guard'
import type { Heard, Platform, Store } from '../src/platform/platform'
import { createStore } from '../src/platform/store'
import { seeded } from './seeded'
import { createSettlingClock, type SettlingClock } from './settling-clock'

interface Listener {
  readonly target: EventTarget
  readonly type: string
  readonly heard: Heard
}

export interface FakePlatform extends Platform {
  readonly clock: SettlingClock
  readonly store: Store
  /** Lines on the console. */
  readonly said: string[]
  /** Parts that threw and were switched off. */
  readonly faults: string[]
  /** Listeners by type that were added and not removed. */
  readonly listening: () => string[]
  /** The browser fires an event: the page's state is set first, as it is in a browser. */
  fire(type: string, fields?: Readonly<Record<string, unknown>>): void
  hide(): void
  /** The shopper goes on in another window; this one can be seen still. */
  blur(): void
  show(): void
  /** The process is killed: nothing of this page runs or is heard any more. */
  kill(): void
  /** The browser freezes the page (its cache, a background tab): what would run waits for the thaw. */
  freeze(): () => void
}

/** A browser with its storage and its clock; pages (tabs) open in it. */
export interface FakeBrowser {
  readonly clock: SettlingClock
  readonly online: { now: boolean }
  /** @param before the page whose tab it takes over */
  page(before?: FakePlatform): FakePlatform
  /**
   * Every use of the database fails from now on (or works again): as it is opened, as a transaction begins, or as it
   * ends, with all of it undone. `share`: at random, so many of 1.
   */
  failStorage(error: Error | undefined, share?: number): void
  /** Opening is not answered any more. @returns answers what has waited, and all from then on */
  hangStorage(): () => void
  databases(): Promise<string[]>
}

/**
 * A fake browser for plain tests: a clock that is told to move, IndexedDB in memory behind the real `createStore`,
 * tab memory, seeded random bytes. Pages share storage and time as tabs do. Sets the globals that the SDK asks for.
 */
export function createFakeBrowser({ seed = 1 } = {}): FakeBrowser {
  const work = { open: 0 }
  const clock = createSettlingClock({ busy: () => work.open > 0 })
  const random = seeded(seed)
  const factory = new IDBFactory()
  const online = { now: true }
  const fault: { error?: Error | undefined; share: number; hanging?: (() => void)[] | undefined } = {
    share: 1,
  }
  const luck = seeded(seed + 1)
  const memory: { value?: string | undefined } = {}
  const view = { state: 'visible', focused: true }
  const fails = () => fault.error !== undefined && luck() < fault.share
  const fail = () => {
    if (fails()) throw fault.error
  }
  vi.stubGlobal('indexedDB', {
    databases: () => factory.databases(),
    deleteDatabase: (name: string) => factory.deleteDatabase(name),
    open(name: string) {
      fail()
      if (fault.hanging) {
        const asked: Partial<Pick<IDBOpenDBRequest, 'onsuccess' | 'onupgradeneeded'>> & {
          result?: IDBDatabase
        } = {}
        fault.hanging.push(() => {
          const request = factory.open(name)
          for (const type of ['onupgradeneeded', 'onsuccess'] as const)
            request[type] = (event) => {
              asked.result = request.result
              asked[type]?.call(request, event as IDBVersionChangeEvent)
            }
        })
        return asked
      }
      const request = factory.open(name)
      request.addEventListener('success', () => {
        const db = request.result
        const transaction = db.transaction.bind(db)
        db.transaction = (...given) => {
          fail()
          const begun = transaction(...given)
          const commit = begun.commit.bind(begun)
          begun.commit = () => (fails() ? begun.abort() : commit())
          return begun
        }
      })
      return request
    },
  })
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('window', new EventTarget())
  const shown = Object.defineProperty(new EventTarget(), 'visibilityState', { get: () => view.state })
  vi.stubGlobal(
    'document',
    Object.assign(shown, { baseURI: 'https://shop.example/cart', hasFocus: () => view.focused }),
  )
  vi.stubGlobal('location', new URL('https://shop.example/cart'))
  vi.stubGlobal('navigator', Object.defineProperty({}, 'onLine', { get: () => online.now }))

  const lineages = new WeakMap<Platform, { page?: string }>()
  const open = (before?: FakePlatform): FakePlatform => {
    const lineage = (before && lineages.get(before)) ?? {}
    const life = { dead: false, frozen: undefined as (() => void)[] | undefined }
    const enter = (run: () => void) => {
      if (life.dead) return
      if (life.frozen) life.frozen.push(run)
      else run()
    }
    const listeners = new Set<Listener>()
    const said: string[] = []
    const faults: string[] = []
    const own = clock.page(enter)
    const say = (line: string) => void (life.dead || said.push(line))
    const real = createStore(own, (error) => say(`IndexedDB fails (${String(error)})`))
    const watched = async <T>(act: () => Promise<T>): Promise<T> => {
      if (life.dead) return new Promise(() => {})
      work.open++
      try {
        return await act()
      } finally {
        work.open--
        if (life.dead || life.frozen) await new Promise<void>((resolve) => enter(resolve))
      }
    }
    const page: FakePlatform = {
      clock: own,
      guard: createGuard((part, error) => faults.push(`${part}: ${String(error)}`)),
      listen(target, type, heard) {
        const listener = { target, type, heard }
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      store: {
        use: (mode, act) => watched(() => Promise.resolve(real.use(mode, act))),
        purge: () => watched(() => real.purge()),
      },
      tab: {
        take() {
          const { value } = memory
          memory.value = undefined
          return value === undefined ? undefined : (JSON.parse(value) as unknown)
        },
        succeed(name) {
          const last = lineage.page
          lineage.page = name
          return last
        },
        leave: (value) => void (memory.value = value === undefined ? undefined : JSON.stringify(value)),
      },
      random: (size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)),
      afterFrame: (run) => own.after(16, run),
      say: (_level, line) => say(line),
      said,
      faults,
      listening: () => [...listeners].map(({ type }) => type),
      fire(type, fields = {}) {
        if (life.dead) return
        const event = Object.assign(new Event(type), fields)
        for (const listener of listeners)
          if (listener.type === type) listener.heard(event, own.now(), own.now())
      },
      hide() {
        view.state = 'hidden'
        this.fire('visibilitychange')
      },
      blur() {
        view.focused = false
        this.fire('blur')
        view.focused = true
      },
      show() {
        view.state = 'visible'
        this.fire('visibilitychange')
      },
      kill: () => void (life.dead = true),
      freeze() {
        life.frozen ??= []
        return () => {
          const waiting = life.frozen ?? []
          life.frozen = undefined
          for (const run of waiting) run()
        }
      },
    }
    lineages.set(page, lineage)
    return page
  }
  return {
    clock,
    online,
    page: open,
    hangStorage() {
      const waiting: (() => void)[] = (fault.hanging = [])
      return () => {
        fault.hanging = undefined
        for (const answer of waiting.splice(0)) answer()
      }
    },
    failStorage: (error, share = 1) => void Object.assign(fault, { error, share }),
    databases: async () => (await factory.databases()).map(({ name }) => name ?? ''),
  }
}
