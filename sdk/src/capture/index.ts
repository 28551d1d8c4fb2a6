import type { PageRef, Signal } from '../terms'
import type { PageTime, Stop } from '../time'
import type { Platform } from '../platform/platform'
import { createElements } from './elements'
import { field } from './field'
import { createHand } from './hand'
import { pointer } from './pointer'
import { press } from './press'
import { scroll } from './scroll'
import type { CaptureKit, MakeSource, On, Source } from './source'
import { visibility } from './visibility'

/** What the shopper's hand does; where he goes is `navigation`. */
const always = { press, pointer, field, scroll, visibility }

export interface CaptureOptions {
  readonly platform: Platform
  readonly page: () => PageRef
  /** Options of the moments, as the ruleset gives them. */
  readonly settings: CaptureKit['settings']
  readonly own: CaptureKit['own']
  /** Sources that only some moments need. */
  readonly sources: Readonly<Record<string, MakeSource>>
  readonly hear: (signal: Signal, heardAt: PageTime) => void
}

export interface Capture {
  /** When the shopper last did something by hand, or undefined. */
  lastInput(): PageTime | undefined
  /** The element of that identity, while it is in the page. */
  element(id: number | undefined): Element | undefined
  /** Hands over what is stored but not told yet; `due`: a timer that was set for then does so. A trace listens in. */
  drain: (heardAt: PageTime, due?: PageTime) => void
  stop: Stop
}

/** DOM events → signals. Registers each browser event once, passively, and gives it to all who named it. */
export function capture({ platform, page, settings, own, sources, hear }: CaptureOptions): Capture {
  const { clock, guard, listen } = platform
  const hand = createHand()
  const drain = (heardAt: PageTime) => {
    for (const source of running) source.drain?.(heardAt)
  }
  const kit: CaptureKit = {
    clock,
    guard,
    page,
    settings,
    elements: createElements(),
    lastInput: hand.lastInput,
    own,
    retypeKey: new DataView(platform.random(4).buffer).getUint32(0),
    emit(signal, heardAt) {
      drain(heardAt)
      hear(signal, heardAt)
    },
  }

  const running: Source[] = []
  const handlers = new Map<string, On<never>[]>()
  const add = (name: string, source: Source) => {
    running.push(source)
    for (const [type, on] of Object.entries(source.on ?? {}))
      handlers.set(type, [...(handlers.get(type) ?? []), guard(`capture/${name}`, on as On<never>)])
  }
  add('hand', hand.source)
  for (const [name, source] of Object.entries({ ...always, ...sources })) add(name, source(kit))

  const stops = [...handlers].map(([type, all]) =>
    listen(window, type, (event, at, heardAt) => {
      for (const handle of all) handle(event as never, at, heardAt)
    }),
  )

  return {
    lastInput: hand.lastInput,
    element: kit.elements.element,
    drain,
    stop() {
      for (const stop of stops) stop()
      for (const source of running) source.stop?.()
    },
  }
}

export { navigation } from './navigation'
export type { Way } from './way'
export type { MakeSource } from './source'
