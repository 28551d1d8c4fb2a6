import type { BeaconEvent } from '../schema/event'
import type { createConsent } from './consent'
import type { Context } from './context'
import type { Leanings } from './decide/leanings'
import type { VisitorMemory } from './decide/visitor'
import type { Found, Missed } from './detect'
import { createGuard, type Guard } from './guard'
import type { Explained, Handle } from './handle'
import type { Cart, PageRef, Say, Signal } from './terms'
import type { Clock, PageTime, Stop } from './time'

export interface CallsOptions {
  readonly clock: Clock
  readonly guard: Guard
  /** A call failed. */
  readonly fault: (part: string, error: unknown) => void
  readonly context: Context
  readonly visitor: VisitorMemory
  readonly consent: ReturnType<typeof createConsent>
  readonly say: Say
  readonly hear: (signal: Signal, heardAt: PageTime) => void
  readonly listeners: Map<string, Set<(event: BeaconEvent) => void>>
  /** The last decisions, the newest first. */
  readonly explained: () => readonly Explained[]
  readonly name: (pageType: string) => void
  readonly page: () => PageRef
  /** The shop's own functions. */
  readonly provided: Map<string, (...given: unknown[]) => unknown>
  /** Tells what the shopper leans to, now or as soon as somebody wants to know. */
  readonly learn: (tell: (leanings: Leanings) => void) => void
  /** The page made that call itself; of `track` it is the outcome. */
  readonly called: (call: string) => void
  /** Runs once the page is armed: before, there is nobody to hear it. */
  readonly whenArmed: (run: () => void) => void
  /** The cart is another: what texts say of it is made ready before a moment asks. */
  readonly prepare: Stop
  readonly raise: (found: Found) => unknown
  readonly near: () => readonly Missed[]
  readonly record: () => string
  readonly refresh: () => Promise<void>
  readonly preview: Handle['preview']
  readonly flush: () => Promise<void> | undefined
  readonly stop: Stop
}

const pieces = ({ items }: Cart) => items.reduce((sum, { quantity = 1 }) => sum + quantity, 0)

/** What the page may ask of us. Each call is guarded: a mistake in it is named on the console, never thrown. */
export function createCalls(options: CallsOptions): { handle: Handle; calls: Handle } {
  const { clock, guard, context, visitor, consent, say, hear, listeners, explained, whenArmed, learn } =
    options
  const { given } = context
  /** What the cart held when it was last told; what it holds already when it is first told was not added now. */
  const told = { pieces: NaN }

  const handle: Handle = {
    page({ type, ...more }) {
      given.page = more
      if (type) options.name(type)
      if (options.page().type === 'product') learn((it) => it.viewed(more['category']))
    },
    identify({ account, ...traits }) {
      Object.assign(given.traits, traits)
      if (account) given.account = account
    },
    set: (attributes) => void Object.assign(given.more, attributes),
    cart(cart) {
      const held = pieces(cart)
      const grown = held - told.pieces
      told.pieces = held
      given.cart = cart
      options.prepare()
      learn((it) => it.carried(cart.items))
      const at = clock.now()
      if (grown) hear({ kind: 'cart', at, added: Math.max(0, grown), removed: Math.max(0, -grown) }, at)
    },
    track(name, data = {}) {
      const { shown, session } = visitor.current()
      visitor.help(name)
      if (name === 'order_complete') learn((it) => it.bought(boughtOf(data, given.cart), data['value']))
      const afterDecisions = shown.filter((it) => it.session === session.id).map((it) => it.decision)
      say({ type: 'outcome', name, data, afterDecisions }, clock.now())
    },
    moment: (name, evidence = {}) =>
      whenArmed(() => {
        const at = clock.now()
        void options.raise({ name, phase: 'confirmed', at, onset: at, heardAt: at, evidence })
        hear({ kind: 'moment', at, name, evidence }, at)
      }),
    consent: consent.set,
    provide(name, run) {
      if (typeof run !== 'function') throw TypeError(`wanted a function, found ${typeof run}`)
      options.provided.set(name, run)
      return () => {
        if (options.provided.get(name) === run) options.provided.delete(name)
      }
    },
    on(type, listener) {
      const all = listeners.get(type) ?? new Set()
      const guarded = guard(`on/${type}`, listener, true)
      listeners.set(type, all.add(guarded))
      return () => void all.delete(guarded)
    },
    explain: (rule) =>
      Object.assign(
        explained().filter(({ decision }) => rule === undefined || decision.rule === rule),
        { moments: options.near() },
      ),
    record: options.record,
    refresh: options.refresh,
    preview: options.preview,
    async flush() {
      await visitor.loading()
      await options.flush()
    },
    stop: options.stop,
  }
  const calls = { ...handle }
  // A guard of its own each time: the next call may be a right one.
  for (const name of Object.keys(handle) as (keyof Handle)[]) {
    const call = handle[name] as (...args: unknown[]) => unknown
    handle[name] = ((...args: unknown[]) => {
      options.called(name === 'track' ? String(args[0]) : name)
      return createGuard(options.fault)(`call/${name}`, call)(...args)
    }) as never
  }
  return { handle, calls }
}

/** What was ordered: as it is told, else what lay in the cart. */
const boughtOf = ({ items }: Readonly<Record<string, unknown>>, cart: Cart | undefined) =>
  Array.isArray(items) ? items : (cart?.items ?? [])

/** Makes a call out of the page's queue (`['page', { type: 'cart' }]`); one that is none is named. */
export function replay(handle: Handle, entry: unknown, complain: (line: string) => void) {
  const [name, ...args] = Array.from((entry ?? []) as ArrayLike<unknown>)
  const call = handle[name as keyof Handle] as ((...all: unknown[]) => unknown) | undefined
  if (call) call(...args)
  else complain(`splitsecond.q: wanted the name of a call, found ${name ? JSON.stringify(name) : 'nothing'}`)
}
