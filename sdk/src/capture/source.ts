import type { Expects, PageRef, Signal, TargetRef } from '../terms'
import type { Guard } from '../guard'
import type { Clock, PageTime, Stop } from '../time'
import type { Elements } from './elements'

/** What a source may use, and where its signals go. */
export interface CaptureKit {
  readonly clock: Clock
  readonly guard: Guard
  readonly elements: Elements
  readonly emit: (signal: Signal, heardAt: PageTime) => void
  /** The page the shopper is on now. */
  readonly page: () => PageRef
  /** Options of the moments, as the ruleset gives them. */
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Which decision element a press fell on; given by the source that knows them, when it is there. */
  decision?: (element: EventTarget | null) => TargetRef | null
  /** The control that a press fell on; given by the source that can tell, else what the event names. */
  control?: (press: MouseEvent) => Element | null
  /** What a press should do; given by the source that can tell, else `change` is taken for granted. */
  expects?: (press: MouseEvent) => Expects
  /** Addresses that we ask ourselves, as they were given: the collector, the ruleset; in a set, and exactly so, those that join later. */
  readonly own: readonly unknown[]
  /** Keys the hashes of words that are compared for being typed again. */
  readonly retypeKey: number
  /** When the shopper last did something by hand, or undefined: kept by the `hand` source. */
  readonly lastInput: () => PageTime | undefined
}

/** A handler of one browser event; `at` is the event's own time, `heardAt` our first line. */
export type On<E extends Event = Event> = (event: E, at: PageTime, heardAt: PageTime) => void

/**
 * A source turns browser events into signals. It names what it wants to hear; the room registers each
 * browser event once and calls every source that named it, in list order.
 */
export interface Source {
  readonly on?: { readonly [Type in keyof CaptureEvents]?: On<CaptureEvents[Type]> }
  /**
   * Hands over what is stored but not told yet; called before any other signal is, and before its own: it must have let
   * go of what it tells.
   */
  readonly drain?: (heardAt: PageTime) => void
  readonly stop?: Stop
}

export type MakeSource = (kit: CaptureKit) => Source

/** The browser events we hear, all on `window` in the capture phase. */
export interface CaptureEvents {
  pointerdown: PointerEvent
  pointerup: PointerEvent
  pointercancel: PointerEvent
  pointermove: PointerEvent
  mouseover: MouseEvent
  mouseout: MouseEvent
  click: MouseEvent
  keydown: KeyboardEvent
  wheel: WheelEvent
  touchmove: TouchEvent
  scroll: Event
  focusin: FocusEvent
  focusout: FocusEvent
  beforeinput: Event
  input: InputEvent
  change: Event
  toggle: Event
  play: Event
  selectionchange: Event
  /** Of a field, or of the window itself. */
  blur: FocusEvent
  compositionstart: Event
  compositionend: Event
  submit: SubmitEvent
  invalid: Event
  visibilitychange: Event
  resize: Event
  popstate: Event
  hashchange: Event
  pageshow: PageTransitionEvent
  pagehide: PageTransitionEvent
  /** Of a script, or of an element that could not be loaded. */
  error: Event
  unhandledrejection: PromiseRejectionEvent
}
